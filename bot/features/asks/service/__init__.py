"""What happens to asks, a file for each side of it."""
