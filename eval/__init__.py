"""Question sets to figures: how well the assistant finds, cites and declines."""
