"""One file for each command: fetch, decide, hand to a view."""
