"""What a conversation is for, as far as its name tells."""

from typing import Final

from bot.core.events import ChannelKind
from bot.core.patterns import regex
from bot.core.rooms import is_social, words_of
from bot.features.coach.rules.situation import Room

_GENERAL: Final = regex(
    r"(?:the-)?(?:general|allgemein|geral|g[eé]n[eé]ral|everyone|everybody|company|all|"
    r"all-(?:company|hands|staff|team|of-us)|(?:whole-|entire-)?company(?:-wide|-all)?|"
    r"whole-company|all-general|company-general)"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HELP: Final = _words("""
    help helpdesk support ask questions question beginners newbies newcomers newcomer ajuda aide
    hilfe ayuda soporte kundendienst troubleshooting qa-and-a
    """)


def room_of(name: str, kind: ChannelKind = ChannelKind.PUBLIC) -> Room:
    """The room of a channel with this name; a team's own channel is none of the special ones.

    A name may begin with `#`. `eng-general` belongs to a team, `game-night` to pastimes.
    """
    plain = name.lower().lstrip("#")
    return Room(
        kind,
        is_social=is_social(name),
        is_general=_GENERAL.fullmatch(plain) is not None,
        is_for_help=not _HELP.isdisjoint(words_of(name)),
    )
