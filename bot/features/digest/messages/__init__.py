"""Every word and layout of the digest."""
