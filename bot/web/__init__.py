"""Asks other systems over HTTP; what it means for each of them is said where it is asked."""
