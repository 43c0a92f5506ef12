"""Keys, limits, measures and the end of a server: what stands before everything that is served to programs."""
