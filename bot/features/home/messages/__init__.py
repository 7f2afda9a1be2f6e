"""What App Home and help say."""
