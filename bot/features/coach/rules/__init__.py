"""What the coach decides, by rules alone: data in, data out."""
