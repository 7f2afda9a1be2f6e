"""Every word of the coach."""
