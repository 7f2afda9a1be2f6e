"""A page that is open, as somebody reads of it."""

from dataclasses import dataclass

from bot.features.redphone.rules.acknowledging import Standing


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page for one reader: `paged_at` and `since` (when somebody had it) are in their time.

    `address` is where it stands; `is_callers`: the reader called it.
    """

    page_id: str
    kind: str
    what: str
    address: str
    paged_at: str
    since: str
    standing: Standing
    is_drill: bool
    is_callers: bool
