"""Every statement on the tables of hand-offs."""
