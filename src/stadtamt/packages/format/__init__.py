"""What a service package is, and how its files are read. Pure: no rows, no Django, nothing of a file is run."""
