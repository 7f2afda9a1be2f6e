"""The verbs of hand-offs."""
