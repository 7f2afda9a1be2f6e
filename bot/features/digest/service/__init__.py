"""The verbs of the digest."""
