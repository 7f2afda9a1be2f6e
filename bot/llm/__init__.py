"""The model: the only code that knows its vendor, its prompts, its prices and its limits."""
