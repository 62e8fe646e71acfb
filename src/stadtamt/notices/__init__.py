"""How it is said: the letter, rendered, sealed, never changed again."""
