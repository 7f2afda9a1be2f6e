"""What the red phone decides."""
