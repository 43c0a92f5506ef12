"""The archive: articles, their passages and vectors, and what filters choose by."""
