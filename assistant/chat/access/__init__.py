"""Who is let in, and who asks."""
