"""Articles to ranked passages; knows nothing of questions' answers."""
