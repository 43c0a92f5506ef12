"""Evidence: which sentences of articles say what a question asks, and what in them answers it."""
