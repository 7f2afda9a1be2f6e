"""What the red phone does."""
