"""What an archive holds: listed, counted, taken in, followed by its indexes."""
