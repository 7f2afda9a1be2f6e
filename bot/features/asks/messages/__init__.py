"""What asks say: cards, notices, hints, lists and short answers."""
