"""Every statement on the tables of the red phone."""
