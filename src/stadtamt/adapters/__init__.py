"""The outside world: one folder per partner."""
