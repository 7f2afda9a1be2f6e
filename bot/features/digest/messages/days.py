"""How pull requests stand in what somebody hands over at the end of a day; plain text."""

from bot.features.digest.rules.reviews import label_of


def to_review(url: str) -> str:
    """A pull request that waits for somebody's review."""
    return f"Review {label_of(url)}"


def reviewed(url: str) -> str:
    """A pull request that somebody reviewed."""
    return f"Reviewed {label_of(url)}"


def told(url: str, title: str) -> str:
    """A pull request that an app told of, with its title if that is known."""
    return f"{label_of(url)} {title}" if title else label_of(url)
