"""Who said what: reported speech in the two languages, found, stored and searched."""
