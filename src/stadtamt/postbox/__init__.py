"""How it arrives: the citizen's box and the messages both ways."""
