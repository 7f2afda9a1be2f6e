"""What two or more features share; knows no vendor."""
