"""Words of the two languages: lists, forms, meanings, names, numbers, and how they match."""
