"""Naked hellos: somebody greets, or asks whether anybody is there, and says nothing else."""

import re
from typing import Final

from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability.clauses import plainly
from bot.features.coach.rules.reading import Reading, words_of

MOST_WORDS: Final = 10

GREETINGS: Final = frozenset(
    [
        "hi",
        "hello",
        "hey",
        "hiya",
        "heya",
        "hallo",
        "hola",
        "yo",
        "oi",
        "howdy",
        "greetings",
        "bonjour",
        "salut",
        "coucou",
        "ola",
        "olá",
        "moin",
        "servus",
        "hii",
        "hiii",
        "hiiii",
        "helo",
        "hellow",
        "heyo",
        "heyy",
        "heyyy",
        "hellooo",
        "helloo",
        "hellos",
        "hoi",
        "halo",
    ]
)
_GREET: Final = "(?:" + "|".join(sorted(GREETINGS)) + ")"
_ADDRESSED: Final = (
    r"(?:there|all|everyone|guys|folks|team|people|friends|channel|again|gang|world wide|"
    r"both|ladies|gentlemen|fellows|devs|developers|experts|gurus|community|admins?|mods?|"
    r"zusammen|leute|alle|allerseits|tous|toutes|todos|todas|pessoal|galera|gente|amigos|equipo|"
    r"to all|to everyone|(?:the )?[\w'-]+ (?:team|support|staff|people|community|folks|devs|guys))"
)
_COURTESIES: Final = (
    r"(?:how are (?:you|things|we)(?: all)?(?: doing)?(?: today)?|how is it going|"
    r"how do you do|what is up|hope (?:you are|all is|everyone is) (?:doing )?(?:well|good|fine))"
)
_PRESENT: Final = (
    r"(?:is |are )?(?:there )?(?:anyone(?: at all)?|any \w+(?: \w+)?)"
    r"(?: (?:here|there|around|home|at home|online|awake|alive|in here|out there|on here|"
    r"in this channel|on this channel|active))+(?: today| at the moment| right)?|"
    r"is (?:there )?(?:anyone|someone)|is this (?:thing on|channel (?:alive|active|dead))|knock knock|"
    r"ist (?:hier )?jemand(?: da| hier)?|(?:il )?y a quelqu'un|hay alguien(?: aqu\u00ed| por aqu\u00ed| ah\u00ed)?|"
    r"(?:tem|h\u00e1) algu\u00e9m(?: aqui| a\u00ed)?|algu\u00e9m (?:aqui|a\u00ed)"
)
_HELLO: Final = re.compile(
    rf"(?:{_GREET}(?: {_GREET})*(?: {_ADDRESSED})*(?: (?P<name>[\w'-]+))?(?: {_COURTESIES})?"
    rf"(?: {_PRESENT})?|{_PRESENT})"
)
_FIRST_WORDS: Final = GREETINGS | {"knock", "is", "il", "y", "hay", "tem", "h\u00e1"}
_GREETS_TODAY: Final = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|morning|gm|welcome|happy \w+)\b"
)
_NAME: Final = re.compile(r"[^\W\d_a-z]")
_NO_NAMES: Final = frozenset(["world", "siri", "google", "alexa", "cortana", "kitty"])
_ADDRESSED_IN_FRONT: Final = re.compile(r"\s*@?[^\W\d_][\w.|-]{1,24}\s?:(?=\s)")


def greets_only(reading: Reading) -> bool:
    """Whether somebody says hello, or asks who is there, and nothing else."""
    if not reading.words or reading.length > MOST_WORDS or _shows(reading):
        return False
    if reading.words[0] not in _FIRST_WORDS and not reading.flags & vocabulary.SOMEBODY:
        return False
    found = _HELLO.fullmatch(plainly(_kept(reading.words)))
    return found is not None and (found["name"] is None or _is_name(found["name"], reading.own))


def names_one(reading: Reading) -> bool:
    """Whether a greeting calls one person by name, without mentioning them."""
    found = _HELLO.fullmatch(plainly(_kept(reading.words)))
    return found is not None and found["name"] is not None


def greets(reading: Reading) -> bool:
    """Whether a message begins with a greeting, of whatever kind."""
    return bool(reading.words) and (
        reading.words[0] in GREETINGS or _GREETS_TODAY.match(reading.line) is not None
    )


def is_to_somebody_in_front(reading: Reading) -> bool:
    """Whether the text begins with `Name:`, as replies do where many talk at once."""
    return _ADDRESSED_IN_FRONT.match(reading.own) is not None


def _kept(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word != "?")


def _shows(reading: Reading) -> bool:
    return reading.has_link or reading.has_code or reading.has_quote or '"' in reading.own


def _is_name(word: str, own: str) -> bool:
    if word in _NO_NAMES:
        return False
    return any(
        words_of(piece)[:1] == (word,) and _NAME.match(piece) is not None for piece in own.split()
    )
