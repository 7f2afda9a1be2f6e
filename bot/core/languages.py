"""Which language people read, and which one a text is in."""

import re
from typing import Final

from bot.core.patterns import regex

_LOCALE: Final = regex(r"([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?", re.IGNORECASE)
_TRADITIONAL: Final = frozenset({"TW", "HK", "MO"})
_WORD: Final = regex(r"(?<!\w)[^\W\d_]+(?!\w)")
_HANGUL: Final = regex(r"[\uac00-\ud7af]")
_KANA: Final = regex(r"[\u3040-\u30ff]")
MIN_WORDS: Final = 2
"""So many words that only one language has must stand in a text for it to be in that one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMON: Final = {
    "en": _words("""
        the and is are was of to in for with that this will has have not from on by it be but or at
        as they we he she cannot no until since before after
    """),
    "de": _words("""
        der die das und ist nicht ein eine einen mit für auf den dem von wird sind auch zu dass seit
        im sie er wir noch nach bei aus am es hat haben kann kein keine bis vor wieder
    """),
    "pt": _words("""
        não uma um com para os das dos ao pela pelo está são foi que mais em do da ainda e às até na
        no nas nos se por desde antes pode tem mas
    """),
    "es": _words("""
        el los las una un con para del está por fue que más en al hay y son pero se hasta desde no
        lo su sin antes puede tiene ya
    """),
    "fr": _words("""
        le les des une un est pas pour dans avec sur du que qui au et sont nous ne il elle depuis
        été ce plus par jusqu avant peut
    """),
    "it": _words("""
        il gli della di che per una un con non sono è nel alla del più anche dal e ha fino lo dei
        prima può da si
    """),
    "nl": _words("""
        het een van en niet met voor op zijn aan dat wordt ook naar er bij is sinds tot heeft kan
        geen moet nog
    """),
}
"""Words that hardly any longer text in a language does without."""
_TELLING: Final = {
    name: common - frozenset().union(*(other for each, other in _COMMON.items() if each != name))
    for name, common in _COMMON.items()
}
"""Those that no other of these languages has."""


def language_of(locale: str) -> str:
    """The language of a locale, e.g. `pt` of pt-BR; Chinese with its script; "": nobody knows."""
    found = _LOCALE.fullmatch(locale)
    if found is None:
        return ""
    language = found[1].casefold()
    if language != "zh":
        return language
    is_traditional = (found[2] or "").casefold() == "hant" or (found[3] or "") in _TRADITIONAL
    return "zh-Hant" if is_traditional else "zh-Hans"


def language_in(text: str) -> str:
    """The language that a text is clearly in, or "": it may be in any."""
    if _HANGUL.search(text):
        return "ko"
    if _KANA.search(text):
        return "ja"
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = {name: sum(word in common for word in words) for name, common in _TELLING.items()}
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < MIN_WORDS or best <= 2 * second:
        return ""
    return next(name for name, count in counts.items() if count == best)
