"""What a channel is for, as far as its name tells."""

from typing import Final

from bot.core.patterns import regex

_SEPARATORS: Final = regex(r"[-_.\s]+")


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


def words_of(name: str) -> list[str]:
    """The words of a channel's name, in lower case; it may begin with `#`."""
    return [word for word in _SEPARATORS.split(name.lower().lstrip("#")) if word]


def is_social(name: str) -> bool:
    """Whether a channel is for company, not for work: `game-night`, but not `social-media`."""
    words = words_of(name)
    if not _SOCIAL.isdisjoint(words):
        return words[:2] != ["social", "media"]
    named = "-".join(words)
    if "off-topic" in named or "water-cooler" in named or "small-talk" in named:
        return True
    rest = [word for word in words if word not in _FILLERS]
    return bool(rest) and all(word in _PASTIMES for word in rest)
