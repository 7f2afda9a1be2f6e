"""What App Home and help decide."""
