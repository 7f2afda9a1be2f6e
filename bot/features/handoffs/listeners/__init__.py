"""The entry points of hand-offs."""
