"""What a conversation leaves to its next question."""
