"""What was decided, on which legal basis."""
