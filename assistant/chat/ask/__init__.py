"""The page for asking."""
