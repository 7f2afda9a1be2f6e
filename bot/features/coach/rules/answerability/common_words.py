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
    NOT = auto()
    WORKS = auto()  # what something that is broken does not
    CALL = auto()
    OPINION = auto()  # thoughts, news
    LOOK = auto()  # at something
    DO = auto()
    KNOWS = auto()
    POINTING = auto()
    WHY = auto()  # what, why, when, where
    HOW = auto()
    MARK = auto()  # a question mark
    PLEASE = auto()
    RUNS = auto()
    HAVE = auto()
    NUDGE = auto()
    SHOULD = auto()
    FAILS = auto()  # DEFECT, or NOT and WORKS
    BROKEN = auto()  # NOT and RUNS
    WANTS = auto()  # something is asked of somebody


THING: Final = 1
"""What a word weighs that names some thing, as there are many of: app, ticket, numbers."""
SPECIFIC: Final = 2
"""What a word weighs that is not known to be common."""
TELLING: Final = 6
"""What a word weighs that a circumstance or somebody's words follow, or that says it is over."""

CUES: Final[Mapping[Cue, str]] = {
    Cue.SELF: """
i me my mine myself we us our ours ich mir mein meine meinen uns je j'ai moi mon ma mes nous yo mi
mis nos eu meu minha
""",
    Cue.SOMEBODY: "anyone someone everyone jemand quelqu'un qqn qq alguien alguém",
    Cue.CAN: """
can could would will anyone someone who kann könnte kannst könntest könnt peut pourrait peux
pourrais pouvez pourriez puede podría puedes podrías pueden pode poderia podem podes consegue
jemand quelqu'un qqn qq alguien alguém
""",
    Cue.NEED: """
need needed needing looking quick got have urgent urgently small simple brauche brauch petite kurze pequeña
bräuchte habe hätte besoin j'ai j'aurais tengo tenemos necesito necesitamos tenho temos preciso
precisamos
""",
    Cue.HELP: """
help helping assist assistance guide guidance advice advise question questions doubt doubts query
queries suggestion suggestions tips pointers hand favor favour suggest brain direction hilfe helfen
weiterhelfen frage fragen aide d'aide aider m'aider ayuda ayudar ayudarme pregunta preguntar duda
dudas consulta ajuda ajudar pergunta perguntar dúvida dúvidas
""",
    Cue.DEFECT: """
problem problems issue issues error errors trouble bug bugs broken fails fail failing failed wrong
weird odd strange slow crash crashes crashing crashed stuck missing buggy flaky difficulty
difficulties breaks lost confused acting messed struggling bad fehler kaputt defekt problème souci erreur panne
problema falla erro
""",
    Cue.NOT: "not isn't aren't doesn't don't won't can't didn't couldn't nothing unable nicht pas no não",
    Cue.WORKS: """
work works working load loads loading open start starting respond responding get see use access
giving showing
""",
    Cue.RUNS: """
work works working load loads loading start starting open respond responding connect compile build
run running login geht funktioniert läuft marche fonctionne funciona
""",
    Cue.HAVE: """
have having has got get getting gives giving facing seeing encountering experiencing
""",
    Cue.NUDGE: "ping ptal wdyt",
    Cue.SHOULD: "should needs must ought",
    Cue.CALL: "call chat talk huddle sync zoom speak contact phone",
    Cue.OPINION: """
idea ideas thought thoughts clue suggestion suggestions tips advice pointers luck news update
feedback input opinion opinions eta status progress word solution solutions
""",
    Cue.DO: """
resolve handle confirm explain send share reply respond answer finish sort ping improve advise change revert undo
translate needful
""",
    Cue.KNOWS: "good familiar experienced experience knowledge knowledgeable knows know worked",
    Cue.LOOK: """
check look see read fix review approve merge verify proofread correct test investigate eyes schauen anschauen ansehen prüfen helfen regarder voir vérifier
mirar mirarlo revisar ver olhar
""",
    Cue.POINTING: "it this that these those them thing things something stuff",
    Cue.WHY: "what why when where",
    Cue.HOW: "how",
}
EMPTY: Final = """
a an the and or but so then also too as at by for from in into of off on onto out over per to up
with within without about regarding concerning re around like than since after before you your
yours he him his she her its they their here there
am is are was were be been being wasn't weren't do does did done doing hadn't didn't has had having
haven't hasn't may might must shall should couldn't wouldn't shouldn't no yes yeah never ever
always still just only again already yet even any some all both each every everything anything
nobody one ones other another else same such few little lot lots much many more most bit very really
quite pretty super totally completely kind somehow somewhere sometimes maybe perhaps please ok okay
well hi hello hey sorry thanks thank appreciated appreciate welcome advance sir madam mam guys folks
team people friends dev devs developer developers expert experts mod mods admin admins support staff
user users guru gurus person engineer engineers where which
gets getting give gives giving go goes going come comes make makes making take takes taking seeing
seen looks checking fixing try tries trying tried using used wants wanted want know knows knowing
think happen happens happening happened keep keeps put let say asking wonder wondering seem seems
figure solve understand find able deal reach meet point direct offer provide require touch jump
voice tell show sound sounds follow followed feel feels wants act
matter matters situation case topic task request opinion comment comments clues hint hints
info information details way ways reason cause failure failures mistake fault mess break broke
bad funny asap important critical quickly short fast stupid dumb silly basic noob newbie beginner
new general random technical serious big huge major annoying impossible hard difficult complicated
desperate blocked ready available free busy online alive active familiar experienced knowledge
knowledgeable experience good great nice fine right normal down dead wrongly properly
correctly suddenly constantly anymore expected different high low facing face faced encounter encountering encountered experiencing
ask asked discuss understanding chance expect sitting waiting left talked spoke discussed mentioned agreed promised complaining complains angry upset unhappy
today tomorrow yesterday tonight morning afternoon evening day days week hour hours minute minutes
sec moment moments time times soon later long ago once real anybody kindly back mr mrs
buenos buenas días tardes noches guten tag morgen bom dia boa tarde bonsoir salut maintainer
maintainers chance while petit petite kurz kurze mal eine einen dispo pequeña hola bonjour gracias favor merci stp svp
"""
"""Function words, courtesies, and words that fit everything."""
THINGS: Final = """
app apps application code site website page pages server servers build builds doc docs
documentation pr ticket tickets customer customers client clients number numbers version file files
account accounts salary dashboard script scripts system systems tool tools project projects program
ci cli ui vpn wifi ide software machine computer laptop screen link links list report reports data setup config
configuration api function feature service services deploy deployment deployments release job jobs
tests pipeline branch merge codebase repo package library module plugin command database db sql
password permission permissions email mail message messages document draft sheet spreadsheet slides
deck design mockup form contract invoice invoices order orders payment payments device browser
internet network connection environment env staging production prod integration installation
assignment homework model result results output value values changes commit patch spec
proposal plan post article thread bot button image video screenshot attachment export import upload
download printer settings setting profile platform portal programming money instructions steps
tutorial says said
"""
"""Nouns that everybody has many of."""
TELLS: Final = """
because if although though whenever unless instead returned returns throws except fixed
solved resolved answered figured sorted found compared vs versus nvm nevermind lol haha whether until
"""
"""Words after which a circumstance or an outcome follows."""


def _known() -> dict[str, tuple[int, Cue]]:
    found = dict.fromkeys(FUNCTION_WORDS, (0, Cue.NONE))
    for weight, given in ((TELLING, TELLS), (THING, THINGS), (0, EMPTY)):
        found |= dict.fromkeys(given.split(), (weight, Cue.NONE))
    for cue, given in CUES.items():
        for word in given.split():
            weight, cues = found.get(word, (0, Cue.NONE))
            found[word] = (weight, cues | cue)
    return found


KNOWN: Final[Mapping[str, tuple[int, int]]] = {
    word: (weight, int(cues)) for word, (weight, cues) in _known().items()
}
"""What a word weighs, and what it gives away."""
