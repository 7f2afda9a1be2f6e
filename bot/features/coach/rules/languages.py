"""The languages that the rules know, told by function words; what is not clear stays unknown."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

LOOKED_AT: Final = 80
"""Words of a message that are counted."""
_ENOUGH: Final = 0.12
"""The least share of a longer message that function words have: in running text it is a third."""
_SHORT: Final = 8
_LAST_LATIN: Final = "\u024f"


class Language(StrEnum):
    """A language, or that nobody knows which."""

    ENGLISH = "en"
    GERMAN = "de"
    FRENCH = "fr"
    SPANISH = "es"
    PORTUGUESE = "pt"
    UNKNOWN = ""


_OTHER: Final = "other"
_FUNCTION_WORDS: Final[Mapping[str, str]] = {
    Language.ENGLISH: """
the a an and or but of to in on at for from with by about into over after before between as is are
was were be been being am do does did done have has had having will would can could should may
might must i you he she it we they me him her us them my your his its our their mine yours this
that these those there here what which who whom whose when where why how not no yes if then than
so too very just only also some any every each all both more most other anyone anybody someone
somebody everyone everybody nobody nothing something anything i'm i've i'd i'll you're you've
we're we've they're it's that's what's who's there's isn't aren't wasn't don't doesn't didn't
can't couldn't won't wouldn't shouldn't haven't hasn't dont doesnt didnt cant wont isnt im ive
please pls help question questions ask quick got get getting need want know thanks thank hello hi
hey out up off again still yet now thoughts update ping wdyt ptal
""",
    Language.GERMAN: """
der die das den dem des ein eine einen einem einer und oder aber ist sind war waren sein bin bist
habe hast hat haben wird werden kann können könnte muss müssen soll ich du er sie es wir ihr mich
dich mir dir uns euch mein meine dein nicht kein keine auch nur noch schon mit von zu zum zur bei
für auf aus nach vor über unter wenn dass weil wie was wer wo warum wann hier dort jemand bitte
danke hallo hilfe frage im am ins beim geht gibt mal doch denn sonst
""",
    Language.FRENCH: """
le la les un une des du de et ou mais est sont était être ai as avons avez ont je tu il elle nous
vous ils elles me te se mon ma mes ton ta son sa ses notre votre leur ce cette ces ne pas plus que
qui quoi où quand comment pourquoi dans sur avec pour par sans chez au aux c'est j'ai quelqu'un
merci bonjour svp aussi très y en ça peut on salut question
""",
    Language.SPANISH: """
el la los las un una unos unas de del y o pero es son era ser estar está están he has ha hemos han
yo tú él ella nosotros ellos me te se mi mis tu su sus nuestro no sí que qué quien quién cómo
cuándo dónde por para con sin en al lo le les muy más también ya hay alguien gracias hola favor
pregunta esto esta este ese esa
""",
    Language.PORTUGUESE: """
o a os as um uma uns umas de do da dos das e ou mas é são era ser estar está estão tenho tem têm
eu você ele ela nós eles me te se meu minha seu sua nosso não sim que quem como quando onde por
para com sem em no na nos nas ao à lhe muito mais também já há alguém obrigado obrigada olá favor
pergunta isso isto esta este esse essa pra pelo pela
""",
    # Languages that no rule knows: what they share with those above must not decide.
    _OTHER: """
het een en ik je niet dat voor op met zijn naar maar ook kan iemand wij ze heb moet hebben dit
deze waar wordt bij nog wel geen als hoe di che il della non sono ho hai abbiamo gli nel alla
questo questa qualcuno può anche dove perché ciao grazie sto c'è na nie się jest że jak czy mam
ktoś może tak dla od po och att det som är jag inte har på för till av om du vi någon hur ska og
ikke jeg til der noen hvordan bir ve bu için ile mi var yok ben sen biz ne yang ini itu
dengan untuk tidak ada saya apa bisa
""",
}


def _tongues() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for tongue, words in _FUNCTION_WORDS.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), tongue)
    return found


FUNCTION_WORDS: Final = frozenset(
    word for tongue, words in _FUNCTION_WORDS.items() if tongue != _OTHER for word in words.split()
)
"""Those of all languages that are known."""
_TONGUES: Final[Mapping[str, tuple[str, ...]]] = _tongues()


def language_of(words: Sequence[str]) -> Language:
    """The language that most function words are of; unknown if two have as many, or none enough.

    Unknown, too, if half of the words are in another script: the others are borrowed.
    """
    counts: dict[str, int] = {}
    looked_at = words[:LOOKED_AT]
    if _is_of_another_script(looked_at):
        return Language.UNKNOWN
    for word in looked_at:
        for tongue in _TONGUES.get(word, ()):
            counts[tongue] = counts.get(tongue, 0) + 1
    if not counts:
        return Language.UNKNOWN
    best = max(counts, key=lambda tongue: counts[tongue])
    most = counts.pop(best)
    is_clear = all(count < most for count in counts.values())
    is_enough = len(looked_at) <= _SHORT or most >= _ENOUGH * len(looked_at)
    return Language(best) if is_clear and is_enough and best != _OTHER else Language.UNKNOWN


def _is_of_another_script(words: Sequence[str]) -> bool:
    if "".join(words).isascii():
        return False
    spelled = [word for word in words if word != "?"]
    return sum(word > _LAST_LATIN for word in spelled) * 2 >= len(spelled)
