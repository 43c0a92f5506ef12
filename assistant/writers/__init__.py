"""Writers of answers: each turns ranked passages into cited sentences."""
