"""What hand-offs say."""
