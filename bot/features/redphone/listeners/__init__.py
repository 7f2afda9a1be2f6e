"""The entry points of the red phone."""
