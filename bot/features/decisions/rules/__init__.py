"""What a decision is, how it is found in a conversation, and how the registry keeps it."""
