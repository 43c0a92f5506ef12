"""Public test sets: how good the embedding model and the retrieval are, each with a command that prints it."""
