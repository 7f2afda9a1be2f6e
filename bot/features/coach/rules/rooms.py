"""What a conversation is for, as far as its name tells."""

import re
from typing import Final

from bot.core.events import ChannelKind
from bot.features.coach.rules.situation import Room

_SEPARATORS: Final = re.compile(r"[-_.\s]+")
_GENERAL: Final = re.compile(
    r"(?:the-)?(?:general|allgemein|geral|g[eé]n[eé]ral|everyone|everybody|company|all|"
    r"all-(?:company|hands|staff|team|of-us)|(?:whole-|entire-)?company(?:-wide|-all)?|"
    r"whole-company|all-general|company-general)"
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SOCIAL: Final = _words("""
    random social watercooler offtopic banter chatter chitchat smalltalk memes meme jokes fun funny
    humor humour pets cats dogs lounge lunch hobbies birthdays celebrations shitposting
    plauderecke kantine mittagessen
    """)
"""One of these words in a name is enough."""
_PASTIMES: Final = _words("""
    books movies films tv series music songs food foodies cooking recipes baking coffee kaffee cafe
    tea beer wine games game gaming boardgames chess sports football soccer running cycling biking
    climbing hiking fitness travel photos photography gardening plants parents parenting kids
    family crafts knitting art writing reading life party parties holidays remote radio garden
    cute animals nature weather outdoors
    """)
_FILLERS: Final = _words("""
    the of and for at from our my a club corner lovers talk chat room night nights hour group gang
    people team office share sharing tips pics appreciation addicts fans enthusiasts friday fridays
    """)
_HELP: Final = _words("""
    help helpdesk support ask questions question beginners newbies newcomers newcomer ajuda aide
    hilfe ayuda soporte kundendienst troubleshooting qa-and-a
    """)


def room_of(name: str, kind: ChannelKind = ChannelKind.PUBLIC) -> Room:
    """The room of a channel with this name; a team's own channel is none of the special ones.

    A name may begin with `#`. `eng-general` belongs to a team, `game-night` to pastimes.
    """
    plain = name.lower().lstrip("#")
    words = [word for word in _SEPARATORS.split(plain) if word]
    return Room(
        kind,
        is_social=_is_social(words),
        is_general=_GENERAL.fullmatch(plain) is not None,
        is_for_help=not _HELP.isdisjoint(words),
    )


def _is_social(words: list[str]) -> bool:
    if not _SOCIAL.isdisjoint(words):
        return words[:2] != ["social", "media"]
    named = "-".join(words)
    if "off-topic" in named or "water-cooler" in named or "small-talk" in named:
        return True
    rest = [word for word in words if word not in _FILLERS]
    return bool(rest) and all(word in _PASTIMES for word in rest)
