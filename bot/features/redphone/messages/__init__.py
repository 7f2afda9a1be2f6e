"""What the red phone says."""
