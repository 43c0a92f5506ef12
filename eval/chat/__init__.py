"""The page of the chat that asks question sets: it stands above the chat, which loads it by its entry point."""
