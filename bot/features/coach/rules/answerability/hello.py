"""Naked hellos: somebody greets, or asks whether anybody is there, and says nothing else."""

from typing import Final

from bot.core.patterns import regex
from bot.features.coach.rules import vocabulary
from bot.features.coach.rules.answerability.clauses import plainly
from bot.features.coach.rules.answerability.wording import SOME_PEOPLE, any_of, words
from bot.features.coach.rules.reading import Reading, words_of

MOST_WORDS: Final = 10

GREETINGS: Final = words(
    """
hi hello hey hiya heya hallo hola yo oi howdy greetings bonjour salut coucou ola olá moin servus
hii hiii hiiii helo hellow heyo heyy heyyy hellooo helloo hellos hoi halo
"""
)
_GREET: Final = any_of(" ".join(GREETINGS))
_GROUPS: Final = any_of("team support staff people community folks devs guys")
_ADDRESSED: Final = any_of(
    """
there all everyone team people friends channel again gang both ladies gentlemen fellows devs
developers experts gurus community admin admins mod mods to_all to_everyone zusammen leute alle
allerseits tous toutes todos todas pessoal galera gente amigos equipo
"""
)
_COURTESIES: Final = (
    r"(?:how are (?:you|things|we)(?: all)?(?: doing)?(?: today)?|how is it going|how do you do|"
    r"what is up|hope (?:you are|all is|everyone is) (?:doing(?: good| fine)?|good|fine|well))"
)
_HERE: Final = any_of(
    "here there around home at_home online awake alive in_here out_there on_here active"
)
_PRESENT: Final = (
    rf"(?:(?:is |are )?(?:there )?(?:anyone(?: at all)?|{SOME_PEOPLE})"
    rf"(?: {_HERE})+(?: today| at the moment| right)?|is (?:there )?(?:anyone|someone)|"
    r"is this (?:thing on|channel (?:alive|active|dead))|knock knock|"
    r"ist (?:hier )?jemand(?: da| hier)?|(?:il )?y a quelqu'un|"
    r"hay alguien(?: (?:aquí|ahí))?|(?:tem |há )alguém(?: aqui| aí)?|alguém (?:aqui|aí))"
)
_HELLO: Final = regex(
    rf"{_GREET}(?: {_GREET})*(?: {_ADDRESSED}| (?:the )?[\w'-]+ {_GROUPS})*(?: (?P<name>[\w'-]+))??"
    rf"(?: {_COURTESIES})?(?: {_PRESENT})?|{_PRESENT}"
)
_SOMEBODY_THERE: Final = regex(rf"(?:{_GREET} )?(?:(?:is )?someone(?: {_HERE})+|anyone)")
_FIRST_WORDS: Final = GREETINGS | words("knock is il y hay tem há ist")
_GREETS_TODAY: Final = regex(
    r"(?:good (?:morning|afternoon|evening|day)|morning|gm|welcome|happy \w+)\b"
)
_NAME: Final = regex(r"[^\W\d_a-z]")
_NO_NAMES: Final = words("world siri google alexa cortana kitty")
_ADDRESSED_IN_FRONT: Final = regex(r"\s*@?[^\W\d_][\w.|-]{1,24}\s?:(?=\s)")


def greets_only(reading: Reading) -> bool:
    """Whether somebody says hello, or asks who is there, and nothing else."""
    if not reading.words or reading.length > MOST_WORDS or _shows(reading):
        return False
    if reading.words[0] not in _FIRST_WORDS and not reading.flags & vocabulary.SOMEBODY:
        return False
    line = plainly(_kept(reading.words))
    if reading.questions and _SOMEBODY_THERE.fullmatch(line):
        return True
    found = _HELLO.fullmatch(line)
    return found is not None and (found["name"] is None or _is_name(found["name"], reading.own))


def names_one(reading: Reading) -> bool:
    """Whether a greeting calls one person by name, without mentioning them."""
    found = _HELLO.fullmatch(plainly(_kept(reading.words)))
    return found is not None and found["name"] is not None and _is_name(found["name"], reading.own)


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
    return (
        reading.has_link
        or reading.has_code
        or reading.has_quote
        or '"' in reading.own
        or "<#" in reading.text
    )


def _is_name(word: str, own: str) -> bool:
    if word in _NO_NAMES:
        return False
    return any(
        words_of(piece)[:1] == (word,) and _NAME.match(piece) is not None for piece in own.split()
    )
