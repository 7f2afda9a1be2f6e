"""What words weigh: most name nothing, some name a thing of which there are many, few tell more."""

from collections.abc import Mapping
from enum import IntFlag, auto
from typing import Final

from bot.features.coach.rules.languages import FUNCTION_WORDS


class Cue(IntFlag):
    """What a word, or a text, gives away of what its author wants."""

    NONE = 0
    SELF = auto()
    SOMEBODY = auto()
    CAN = auto()
    NEED = auto()
    HELP = auto()
    DEFECT = auto()  # an error, broken
    HAVE = auto()  # has, gets, gives
    NOT = auto()
    WORKS = auto()  # what somebody cannot do with something that is broken
    RUNS = auto()  # what something that is broken does not do
    BROKEN = auto()  # does not run
    CALL = auto()
    OPINION = auto()  # thoughts, news
    LOOK = auto()  # at something
    DO = auto()  # something to something
    SHOULD = auto()
    KNOWS = auto()
    POINTING = auto()
    NUDGE = auto()
    PLEASE = auto()
    WHY = auto()
    HOW = auto()
    # Of no single word:
    MARK = auto()  # there is a question mark
    FAILS = auto()  # there is a defect, or something does not work
    WANTS = auto()  # something is asked of somebody


THING: Final = 1
"""What a word weighs that names some thing, as there are many of: app, ticket, numbers."""
SPECIFIC: Final = 2
"""What a word weighs that is not known to be common."""
TELLING: Final = 8
"""What a word weighs that a circumstance or somebody's words follow, or that says it is over."""

CUES: Final[Mapping[Cue, str]] = {
    Cue.SELF: """
i me my mine myself we us our ours ich mir mein meine meinen uns je j'ai moi mon ma mes nous yo mi
mis nos eu meu minha m'aider ayudarme
""",
    Cue.SOMEBODY: "anyone someone everyone jemand quelqu'un qqn qq alguien alguém",
    Cue.CAN: """
can could would will anyone someone who kann könnte kannst könntest könnt peut pourrait peux
pourrais pouvez pourriez puede podría puedes podrías pueden pode poderia podem podes consegue
jemand quelqu'un qqn qq alguien alguém
""",
    Cue.NEED: """
need needed needing looking quick got have urgent urgently small simple brauche brauch petite kurze
pequeña bräuchte habe hätte besoin j'ai j'aurais tengo tenemos necesito necesitamos tenho temos
preciso precisamos
""",
    Cue.HELP: """
help helping assist assistance guide guidance advice advise question questions doubt doubts
suggestion suggestions tips pointers hand favor favour suggest brain direction hilfe helfen
weiterhelfen frage fragen aide d'aide aider m'aider ayuda ayudar ayudarme pregunta preguntar duda
dudas consulta ajuda ajudar pergunta perguntar dúvida dúvidas
""",
    Cue.DEFECT: """
problem problems issue issues error errors trouble bug bugs broken fails fail failing failed wrong
weird odd strange slow crash crashes crashing crashed stuck missing buggy flaky difficulty
difficulties breaks lost confused acting messed struggling bad empty blank locked gone unavailable
offline complaints fehler kaputt defekt problème souci erreur panne problema falla erro
""",
    Cue.NOT: """
not isn't aren't doesn't don't won't can't didn't couldn't nothing unable nicht pas no não
""",
    Cue.WORKS: """
work works working load loads loading open start starting respond responding get see use access
giving showing log sent sending receive received receiving match matching
""",
    Cue.RUNS: """
work works working load loads loading start starting open respond responding connect compile build
run running login geht funktioniert läuft marche fonctionne funciona
""",
    Cue.HAVE: """
have having has got get getting gives giving facing seeing encountering experiencing
""",
    Cue.BROKEN: "fails crashes hangs freezes",
    Cue.PLEASE: "svp stp bitte porfa",
    Cue.NUDGE: "ping ptal wdyt",
    Cue.SHOULD: "should needs must ought",
    Cue.CALL: "call chat talk huddle sync zoom speak contact phone",
    Cue.OPINION: """
idea ideas thought thoughts clue suggestion suggestions tips advice pointers luck news update
feedback input opinion opinions eta status progress word solution solutions
""",
    Cue.DO: """
resolve handle confirm explain send share reply respond answer finish sort ping care improve advise
change revert undo translate needful
""",
    Cue.KNOWS: "good familiar experienced experience knowledge knowledgeable knows know worked",
    Cue.LOOK: """
check look fix review approve merge verify proofread correct test investigate eyes schauen
anschauen ansehen prüfen helfen regarder voir vérifier mirar mirarlo revisar ver olhar
""",
    Cue.POINTING: "it this that these those them thing things something stuff",
    Cue.WHY: "what why when where",
    Cue.HOW: "how",
}
EMPTY: Final = """
onto per within without regarding concerning re around like since weren't doing hadn't shall yeah
never ever always already even everything one ones another else same such few little lot lots much
many bit really quite pretty super totally completely kind somehow somewhere sometimes maybe
perhaps ok okay well sorry appreciated appreciate welcome advance sir madam mam guys folks team
people friends dev devs developer developers expert experts mod mods admin admins support staff
user users guru gurus person engineer engineers gets give go goes going come comes make makes
making take takes taking seen looks checking fixing try tries trying tried using used wants wanted
knowing think happen happens happening happened keep keeps put let say asking wonder wondering seem
seems figure solve understand find able deal reach meet point direct offer provide require touch
jump voice tell show sound sounds follow followed feel feels act matter matters situation case
topic task request comments clues hint hints info information details way ways reason cause failure
failures mistake fault mess break broke funny asap important critical quickly short fast stupid
dumb silly basic noob newbie beginner new general random technical serious big huge major annoying
impossible hard difficult complicated desperate blocked ready available free busy online alive
active great nice fine right normal down dead wrongly properly correctly suddenly constantly
anymore expected different high low face faced encounter encountered asked discuss understanding
chance expect sitting waiting left next supposed started learning learn driving crazy talked spoke
discussed mentioned agreed promised complaining complains angry upset unhappy today tomorrow
yesterday tonight morning afternoon evening day days week hour hours minute minutes sec moment
moments time times soon later long ago once real kindly back mr mrs buenos buenas días tardes
noches guten tag morgen bom dia boa tarde bonsoir maintainer maintainers while petit kurz dispo stp
"""
"""Courtesies, and words that fit everything; cues and function words weigh nothing, either."""
THINGS: Final = """
app application code site website page server build doc documentation pr ticket customer client
number version file account salary dashboard script system tool project program ci cli ui vpn wifi
ide software machine computer laptop screen link list report data setup config configuration api
function feature service deploy deployment release job tests pipeline branch merge codebase repo
package library module plugin command database db sql query queries password permission email mail
message document draft sheet spreadsheet slides deck design mockup form contract invoice order
payment device browser internet network connection environment env staging production prod
integration installation assignment homework model result output value changes commit patch spec
proposal plan post article thread bot button image video screenshot attachment export import upload
download printer setting profile platform portal programming money instructions steps tutorial says
said
"""
"""Nouns that everybody has many of; each has a plural, too."""
TELLS: Final = """
because if although though whenever unless instead returned returns throws except fixed solved
resolved answered figured sorted found compared vs versus nvm nevermind lol haha whether until
"""
"""Words after which a circumstance or an outcome follows."""


def _known() -> dict[str, tuple[int, Cue]]:
    found = dict.fromkeys(FUNCTION_WORDS, (0, Cue.NONE))
    for weight, given in ((TELLING, TELLS), (THING, THINGS), (0, EMPTY)):
        found |= dict.fromkeys(given.split(), (weight, Cue.NONE))
        if weight == THING:
            found |= {f"{word}s": (weight, Cue.NONE) for word in given.split()}
    for cue, given in CUES.items():
        for word in given.split():
            weight, cues = found.get(word, (0, Cue.NONE))
            found[word] = (weight, cues | cue)
    return found


KNOWN: Final[Mapping[str, tuple[int, int]]] = {
    word: (weight, int(cues)) for word, (weight, cues) in _known().items()
}
"""What a word weighs, and what it gives away."""
