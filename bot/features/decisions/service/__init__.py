"""What the decision registry does."""
