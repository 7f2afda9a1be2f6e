"""The entry points of the digest."""
