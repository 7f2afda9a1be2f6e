"""The forms of the red phone."""
