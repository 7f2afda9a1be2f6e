"""The entry points of asks: what people write, what they press, what they compose."""
