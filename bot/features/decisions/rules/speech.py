"""What somebody says in a message: its sentences, which of them ask, and what it is about."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.cues import own_words, sentences
from bot.core.patterns import regex
from bot.features.decisions.rules.deciding import MARKED
from bot.features.decisions.rules.signs import Words

_YES: Final = (
    "+1 thumbsup white_check_mark heavy_check_mark ok_hand 100 raised_hand \U0001f44d \u2705"
)
_THANKS: Final = """
heart hearts green_heart tada clap raised_hands pray rocket muscle partying_face hugs bow
\U0001f44f \U0001f64f \u2764 \U0001f389
"""
_LAUGHS: Final = "joy rofl laughing sweat_smile stuck_out_tongue upside_down_face \U0001f602"
_SPOKEN_EMOJI: Final = {
    **dict.fromkeys(_YES.split(), "+1"),
    **dict.fromkeys(_THANKS.split(), "yay"),
    **dict.fromkeys(_LAUGHS.split(), "lol"),
    **dict.fromkeys(("-1", "thumbsdown"), "-1"),
    **dict.fromkeys(("beer", "beers"), "beer"),
    "birthday": "birthday",
}
"""Pictures that say something, as words."""
_WORK_EMOJI: Final = """
smile slightly_smiling_face simple_smile blush grin smiley wink wave eyes fire point_up point_down
point_right point_left bulb memo calendar warning rotating_light x no_entry thinking_face thinking
shrug cry disappointed sob confused worried hourglass bell scroll book mag hammer wrench lock
large_green_circle red_circle zap star sparkles checkered_flag dancer hugging_face see_no_evil
neutral_face sunglasses heart_eyes
"""
_AT_WORK: Final = frozenset(_WORK_EMOJI.split())
"""Pictures that people use at work, too; others are of things that are fun."""
_EMOJI: Final = regex(
    r":([+-]1|100|[a-z_]+):|([\U0001f44d\U0001f44f\U0001f64f\U0001f389\U0001f602\u2705\u2764])"
)
_UNMARKED: Final = regex(
    r"\b(?:(?:do|ca|wo|did|does|is|are|was|would|should|could|have|has)nt|im|ive|id|thats|whats|"
    r"lets|youre|theyre|weve|theyll|itll)\b"
)
"""What people write without an apostrophe, where it means nothing else."""
_LAST: Final = regex(r"(?:nt|m|ve|d|s|re|ll)$")
_ASKS: Final = regex(r"[?]+[\s)!.:;\"'*_-]*(?:[:;]-?[)dp(]+)?$")
_CHOICE: Final = regex(r"(?:[\w\"]+ ){1,3}or(?: [\w\"]+){1,4}$")
_ASKS_ELSE: Final = regex(
    r"(?:@?\w+ )?(?:can|could|will|would|may|are|do|does|who|what|how|any|is)\b"
    r"(?! (?:we|it|that)\b)"
)
_WONDERS: Final = regex(
    r"(?:so |and |hm+,? |ok,? )*(?:what|which|who|how|when|where|should|shall|can|could|do we|why)"
    r"\b"
)
_SMILEYS: Final = regex(r"\s*(?::-?[)(]|;-?[)(]|<3|\^\^)\s*$")
_NAME: Final = regex(r"(@?[^\W\d_][\w.-]{0,24})\s?([:,]|(?=\s-\s))\s*")
_STEM: Final = 5
_WORD: Final = regex(r"[^\W_]+(?:['.,:/-][^\W_]+)*")
_FUNCTION_WORDS: Final = """
a an the and or but so then ok okay yes yep yeah yup no not is are was be it its it's this that
these those to of in on at for with from by as we i you he she they our us me my your do does did
have has had will would can could should shall what which who how when where why if there here
just also only now well right too vs again more ja nein der die das und oder si oui non le la les
please thanks hm oh ah all one any some about let's lets get go going
"""
_SAY_NOTHING: Final = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True)
class Speech:
    """A message in its author's own words: without quotes, mentions, links, code and names.

    `told` are the sentences that ask nothing, and what stands before a question in one; `whole`
    are all of them, a line each.
    """

    text: str
    said: tuple[Words, ...]
    asked: tuple[bool, ...]
    told: tuple[Words, ...]
    whole: Words

    @classmethod
    def of(cls, text: str, people: frozenset[str]) -> "Speech":
        """Reads Slack's text; `people` are those who talk, in lower case."""
        words = _without_name(_UNMARKED.sub(_marked, own_words(_spoken(text))), people)
        bare = [_SMILEYS.sub("", each) for each in sentences(words)]
        said = tuple([Words.of(each) for each in bare if each])
        asked = tuple([bool(_ASKS.search(each) or _CHOICE.match(each)) for each, _ in said])
        pairs = zip(said, asked, strict=True)
        told = [_told(each) if asks else each for each, asks in pairs]
        return cls(text, said, asked, tuple([each for each in told if each.said]), _joined(said))

    @property
    def beginning(self) -> tuple[Words, ...]:
        """The first two sentences, as far as they ask nothing."""
        pairs = zip(self.said[:2], self.asked, strict=False)
        return tuple([each for each, asks in pairs if not asks])

    @property
    def length(self) -> int:
        """How many words there are."""
        return sum([each.said.count(" ") + 1 for each in self.said])

    @property
    def asks(self) -> bool:
        """Whether the last sentence is a question."""
        return bool(self.asked) and self.asked[-1]

    @property
    def wonders(self) -> bool:
        """Whether there is any question, with its mark or without."""
        return any(self.asked) or _WONDERS.match(self.whole.said) is not None

    @property
    def is_choice(self) -> bool:
        """Whether it is nothing but two things to choose from."""
        return _CHOICE.match(self.whole.said) is not None

    @property
    def matter(self) -> frozenset[str]:
        """The words that say what it is about, without their endings."""
        return frozenset(
            [word[:_STEM] for word in _WORD.findall(self.whole.said) if word not in _SAY_NOTHING]
        )

    @property
    def is_decorated(self) -> bool:
        """Whether there are pictures of things that have nothing to do with work."""
        if ":" not in self.text:
            return False
        shown = {found[1] or found[2] for found in _EMOJI.finditer(self.text)}
        return bool(shown - _AT_WORK - _SPOKEN_EMOJI.keys())


def _joined(said: tuple[Words, ...]) -> Words:
    if len(said) == 1:
        return said[0]
    stems = frozenset[str]().union(*[each.stems for each in said])
    return Words("\n".join([each.said for each in said]), stems)


def _spoken(text: str) -> str:
    return _EMOJI.sub(lambda found: f" {_SPOKEN_EMOJI.get(found[1] or found[2], found[0])} ", text)


def _marked(found: re.Match[str]) -> str:
    """The word with its apostrophe."""
    word = found[0]
    return _LAST.sub("n't" if word.endswith("nt") else r"'\g<0>", word)


def _without_name(words: str, people: frozenset[str]) -> str:
    """The words without a name in front: one of these people's, or any before a colon."""
    found = _NAME.match(words)
    if found is None or MARKED.pattern.match(words):
        return words
    is_name = found[1].strip("@ ") in people or (found[2] == ":" and " " not in found[1])
    return words[found.end() :] if is_name else words


def _told(question: Words) -> Words:
    """What a sentence tells before it asks: "moving it to Monday, can you tell them?"."""
    head, comma, tail = question.said.rpartition(", ")
    tells = comma and _ASKS_ELSE.match(tail) and not _WONDERS.match(head)
    return Words.of(head if tells else "")
