"""The adapter to the package that draws charts, which need not be installed."""
