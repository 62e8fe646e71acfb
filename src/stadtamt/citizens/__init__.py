"""Who asks: the person or organisation."""
