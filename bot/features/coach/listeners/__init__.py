"""The entry points of the coach."""
