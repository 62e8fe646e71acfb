"""What strangers could send: archives, folders and contents, each with the words of its refusal."""
