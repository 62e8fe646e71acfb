"""The faces: portal (citizen), desk (clerk)."""
