"""Words that say what a message may be about: rules look at a text only if it has such a word."""

from collections.abc import Iterable, Mapping
from typing import Final

ASKING: Final = 1 << 0
"""A question word, or a question mark."""
REQUEST: Final = 1 << 1
HELP: Final = 1 << 2
TROUBLE: Final = 1 << 3
SOMEBODY: Final = 1 << 4
CALL: Final = 1 << 5
MOMENT: Final = 1 << 6
"""A little of somebody's time, or being there."""
COURTESY: Final = 1 << 7
"""Thanks, apologies, and other words around the matter."""
FOREIGN: Final = 1 << 8
"""Asks in another language than English."""

_WORDS: Final[Mapping[int, str]] = {
    ASKING: """
? who what when where why how which whose any can could would may might do does did is are anyone
anybody someone somebody wer was wann wo warum wie kann könnte qui quand comment pourquoi quién
qué cuándo cómo quem como
""",
    REQUEST: """
please pls plz plss can could would need want see check review look help fix send tell read
approve merge update answer call let bitte svp favor must should share give ask will may do
confirm correct explain solve debug clarify verify reply respond advise suggest take have get work
investigate sign proofread resolve who needful change ptal wdyt ping
""",
    HELP: """
help helps doubt doubts q question questions ask asking assist assistance advice support hilfe
helfen frage fragen aide aider ayuda ayudar pregunta preguntar duda ajuda ajudar pergunta
perguntar dúvida discuss enquire inquire consult bother borrow lend give favor favour request hand
stuck trouble guidance pointers tips guide
""",
    TROUBLE: """
problem problems issue issues error errors broken break breaks fail fails failed failing failure
failures wrong bug bugs crash crashes crashed crashing works work working doesn't doesnt dont
don't isn't isnt not can't cant cannot won't wont down dead stuck weird strange bad trouble slow
missing fehler kaputt geht problème erreur problema funciona erro exception exceptions difficulty
difficulties troubles hang hangs hanging freeze freezes freezing acting messed buggy loading
responding starting stopped login connect tried trying checked googled searched struggling nothing
idea know understand aint broke
""",
    SOMEBODY: """
anyone anybody someone somebody everyone everybody nobody any jemand quelqu'un alguien alguém
folks guys dev devs who people
""",
    CALL: """
call calls huddle zoom meet meeting meetings talk chat sync hop jump phone ring catch discuss
speak dm pm ping message messages text contact inbox dms pms word
""",
    MOMENT: """
sec secs second seconds min mins minute minutes moment time free available around there here
online awake busy bit chance anyone from alive
""",
    COURTESY: """
thanks thank thx thnx tnx ty sorry excuse pardon hope how up going appreciate appreciated grateful
thankful new noob newbie beginner sure rush hurry stress pressure sir madam mam team yes hey
urgent asap nice meet por bitte svp danke merci gracias obrigado obrigada vielen liebe regards
best s'il welcome input advice support assistance ideas pointers help things
""",
    FOREIGN: """
kann könnte kannst könntest könnt frage fragen hilfe brauche brauch habe hätte hast habt darf peut
pourrait peux pourrais pouvez pourriez j'ai j'aurais a besoin question puede podría puedes podrías
pueden tengo tenemos necesito necesitamos puedo pode poderia podem podes consegue estou tenho
temos preciso precisamos posso
""",
}


def _flags() -> dict[str, int]:
    found: dict[str, int] = {}
    for flag, words in _WORDS.items():
        for word in words.split():
            found[word] = found.get(word, 0) | flag
    return found


FLAGS: Final[Mapping[str, int]] = _flags()


def flags_of(words: Iterable[str]) -> int:
    """The flags that any of the words has."""
    found = 0
    for word in words:
        found |= FLAGS.get(word, 0)
    return found
