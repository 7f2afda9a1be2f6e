"""What is decided about hand-offs."""
