"""What turns texts into vectors: the bundled model, and any other of sentence-transformers."""
