"""The forms of the decision registry."""
