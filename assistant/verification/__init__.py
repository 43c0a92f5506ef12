"""The two verdicts on a citation, and what is checked by them."""
