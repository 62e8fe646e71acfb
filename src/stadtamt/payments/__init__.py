"""What it costs: claims."""
