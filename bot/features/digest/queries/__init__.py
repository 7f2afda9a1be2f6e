"""Every statement on the tables of the digest."""
