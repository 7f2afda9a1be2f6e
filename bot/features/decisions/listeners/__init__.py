"""The entry points of the decision registry."""
