"""A person's own library: seen, later and ratings, what was offered lately, and how to undo."""
