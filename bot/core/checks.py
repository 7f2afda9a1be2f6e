"""What a part of the house tells whoever looks Baton over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, what was found, and what to do; nothing to do: it is fine."""

    about: str
    found: str
    to_do: str = ""
