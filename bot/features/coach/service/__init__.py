"""What the coach does."""
