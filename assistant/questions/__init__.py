"""Questions: their language, kind, speaker, topic and days, and what an archive can be asked."""
