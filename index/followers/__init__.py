"""The indexes that follow an archive: each can be deleted, and is made anew from it."""
