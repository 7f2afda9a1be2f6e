"""What is an ask, when it is due, what closes it, and what its figures say."""
