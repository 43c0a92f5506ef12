"""The article beside every page."""
