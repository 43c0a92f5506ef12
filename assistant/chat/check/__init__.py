"""The page for checking a text or a quotation."""
