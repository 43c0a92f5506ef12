"""Questions to answers in which every sentence is cited."""
