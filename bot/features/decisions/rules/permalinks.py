"""Reads the address of a message, as Slack's "Copy link" gives it."""

import re
from dataclasses import dataclass
from typing import Final

_MESSAGE: Final = re.compile(
    r"(?P<site>https?://[\w.:-]+/)archives/(?P<channel>[CDG][A-Z0-9]{2,30})/"
    r"p(?P<seconds>\d{10})(?P<rest>\d{6})(?:\?(?P<query>\S*))?"
)
_ROOT: Final = re.compile(r"(?:^|[?&])thread_ts=(\d{10}\.\d{6})(?:&|$)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message stands; `root_ts` is its own unless the address names its thread."""

    site: str
    channel_id: str
    ts: str
    root_ts: str


def is_link(text: str) -> bool:
    """Whether somebody typed an address, and not words."""
    return bool(re.match(r"<?https?://", text.strip()))


def read(text: str) -> Address | None:
    """The message that an address leads to; None: it leads to none."""
    bare = text.strip().strip("<>").partition("|")[0]
    found = _MESSAGE.fullmatch(bare.replace("&amp;", "&"))
    if found is None:
        return None
    ts = f"{found['seconds']}.{found['rest']}"
    root = _ROOT.search(found["query"] or "")
    return Address(found["site"], found["channel"], ts, root[1] if root else ts)
