"""Which decisions somebody wants in a list, read from what they typed behind `list`."""

from dataclasses import asdict, dataclass, replace
from json import dumps, loads
from typing import Final

from bot.core.patterns import regex
from bot.features.decisions.rules.registry import MAX_TAGS, Status, tags_in

MINE: Final = frozenset({"mine", "me", "my"})
WITHDRAWN: Final = "withdrawn"
"""What people call a proposal that was taken back; its status is rejected."""
_NAMING: Final = frozenset(
    {"tag", "tags", "status", "owner", "channel", "from", "by", "in", "of", "with", "and"}
)
_PERSON: Final = regex(r"<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>")
_CHANNEL: Final = regex(r"<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to hold: all of it must be so; `before` is the number it goes on below."""

    channel_id: str = ""
    owner_id: str = ""
    status: str = ""
    tags: tuple[str, ...] = ()
    before: int | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the newest decisions is wanted."""
        return replace(self, before=None) != Wanted()


def read(text: str, reader_id: str) -> tuple[Wanted, str | None]:
    """Reads `#infra accepted @mei database`; also the first word that means nothing, if any.

    A word that is no channel, person or status is taken for a tag, whatever `#` is before it.
    """
    wanted, is_tag = Wanted(), False
    for word in text.split():
        person, channel = _PERSON.fullmatch(word), _CHANNEL.fullmatch(word)
        bare = word.lower().strip(",")
        if person or bare in MINE:
            wanted = replace(wanted, owner_id=person[1] if person else reader_id)
        elif channel:
            wanted = replace(wanted, channel_id=channel[1])
        elif bare in {*Status, WITHDRAWN} and not is_tag:
            status = Status.REJECTED if bare == WITHDRAWN else bare
            wanted = replace(wanted, status=str(status))
        elif bare not in _NAMING or is_tag:
            tag = tags_in(bare)
            if not tag or word.startswith("@"):
                return wanted, word
            wanted = replace(wanted, tags=_with(wanted.tags, tag[0]))
        is_tag = bare == "tag"
    return wanted, None


def _with(tags: tuple[str, ...], tag: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*tags, tag]))[:MAX_TAGS]


def written(wanted: Wanted) -> str:
    """A list as the reference of a button."""
    given = {name: value for name, value in asdict(wanted).items() if value}
    return dumps(given, separators=(",", ":"))


def unwritten(reference: str) -> Wanted:
    """The list that a button stands for."""
    given = loads(reference)
    return Wanted(**given | {"tags": tuple(given.get("tags", ()))})
