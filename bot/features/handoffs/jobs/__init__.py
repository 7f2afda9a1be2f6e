"""What the clock starts for hand-offs."""
