"""From when on a digest tells, in words."""

from bot.features.digest.rules.mornings import Beginning


def since(at: str, beginning: Beginning) -> str:
    """What follows on "since": the instant as its reader writes it, and what was then."""
    match beginning:
        case Beginning.STOPPED:
            return f"{at}, when you stopped working"
        case Beginning.TOLD:
            return f"your last digest ({at})"
        case Beginning.UNNAMED:
            return at
