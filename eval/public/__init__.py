"""Public test sets as they were published: articles, and questions whose gold is among them."""
