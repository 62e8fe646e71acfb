"""Mail by SMTP (or into a folder, for the demonstration), through Django's mail backends."""
