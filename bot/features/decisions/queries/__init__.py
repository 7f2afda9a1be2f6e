"""Every statement on the tables of the decision registry."""
