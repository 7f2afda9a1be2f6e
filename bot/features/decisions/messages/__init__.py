"""Every word that the decision registry says."""
