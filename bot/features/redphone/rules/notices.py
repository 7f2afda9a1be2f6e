"""What whoever is paged is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """A page as somebody who is paged reads it; `is_open`: nobody is on it yet."""

    page_id: str
    caller_id: str
    what: str
    is_open: bool
