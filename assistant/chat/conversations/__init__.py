"""Conversations, kept with their citations."""
