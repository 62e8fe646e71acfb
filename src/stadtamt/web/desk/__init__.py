"""The face for clerks: signing in, the work list, the case."""
