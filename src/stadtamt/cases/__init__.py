"""Where it is handled: the case, its state, people, documents, deadlines."""
