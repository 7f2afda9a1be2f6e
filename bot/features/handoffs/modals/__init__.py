"""The forms of hand-offs."""
