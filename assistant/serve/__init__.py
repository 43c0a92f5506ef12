"""One process for programs and people."""
