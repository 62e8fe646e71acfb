"""The pages of the digital officer: packages adopted, set, deviated from, updated; running cases moved."""
