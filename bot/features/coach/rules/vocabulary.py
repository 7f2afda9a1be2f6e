"""Words that say what a message may be about: rules look at a text only if it has such a word."""

from collections.abc import Mapping
from typing import Final

GREETING: Final = 1 << 0
ASKING: Final = 1 << 1
"""A question word, or a question mark."""
REQUEST: Final = 1 << 2
HELP: Final = 1 << 3
TROUBLE: Final = 1 << 4
SOMEBODY: Final = 1 << 5
POINTING: Final = 1 << 6
"""Something else is meant: this, that, it, the doc."""
MATTER: Final = 1 << 7
"""Something that can be linked to: a document, a change, a ticket."""
CALL: Final = 1 << 8
WAITING: Final = 1 << 9
"""Something is blocked, or due."""
MOMENT: Final = 1 << 10
"""A little of somebody's time."""

_WORDS: Final[Mapping[int, str]] = {
    GREETING: """
hi hello hey hiya heya hallo hola yo oi howdy greetings bonjour salut coucou ola olá moin servus
hii hiii hellos helo heyy heyyy hellooo hellow heyo oy morning afternoon evening gm
""",
    ASKING: """
? who what when where why how which whose any can could would may might do does did is are anyone
anybody someone somebody wer was wann wo warum wie kann könnte qui quand comment pourquoi quién
qué cuándo cómo quem como
""",
    REQUEST: """
please pls plz plss can could would need want see check review look help fix send tell read
approve merge update answer call let bitte svp favor must should share give ask
""",
    HELP: """
help helps question questions ask asking assist assistance advice support hilfe helfen frage
fragen aide aider ayuda ayudar pregunta preguntar duda ajuda ajudar pergunta perguntar dúvida
discuss stuck trouble guidance pointers tips guide
""",
    TROUBLE: """
problem problems issue issues error errors broken break breaks fail fails failed failing failure
failures wrong bug bugs crash crashes crashed crashing works work working doesn't doesnt dont
don't isn't isnt not can't cant cannot won't wont down dead stuck weird strange bad trouble slow
missing fehler kaputt geht problème erreur problema funciona erro
""",
    SOMEBODY: """
anyone anybody someone somebody everyone everybody nobody any jemand quelqu'un alguien alguém
folks guys dev devs who people
""",
    POINTING: """
this that it these those above below thing things stuff there such
""",
    MATTER: """
doc docs document documents draft pr prs mr mrs patch ticket tickets issue issues proposal spec
specs deck slides sheet spreadsheet contract mail email comment comments design designs mockup
mockups branch commit diff changes change report file files page link post message rfc notes
update thread
""",
    CALL: """
call calls huddle zoom meet meeting meetings talk chat sync hop jump phone ring catch discuss
""",
    WAITING: """
blocked blocks blocking blocker waiting wait until without asap urgent stuck can't cannot
""",
    MOMENT: """
sec secs second seconds min mins minute minutes moment time free available around there here
online awake
""",
}


def _flags() -> dict[str, int]:
    found: dict[str, int] = {}
    for flag, words in _WORDS.items():
        for word in words.split():
            found[word] = found.get(word, 0) | flag
    return found


FLAGS: Final[Mapping[str, int]] = _flags()
