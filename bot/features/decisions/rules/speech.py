"""What somebody says in a message: its sentences, which of them ask, and what it is about."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.core.cues import own_words, sentences
from bot.core.prose import prose
from bot.features.decisions.rules.deciding import MARKED
from bot.features.decisions.rules.signs import Words

_SPOKEN_EMOJI: Final = {
    "+1": "+1",
    "thumbsup": "+1",
    "white_check_mark": "+1",
    "heavy_check_mark": "+1",
    "ok_hand": "+1",
    "-1": "-1",
    "thumbsdown": "-1",
    "joy": "lol",
    "rofl": "lol",
    "laughing": "lol",
    "sweat_smile": "lol",
    "stuck_out_tongue": "lol",
    "upside_down_face": "lol",
    "birthday": "birthday",
    "beers": "beer",
    "beer": "beer",
}
"""Pictures that say something, as words."""
_WORK_EMOJI: Final = """
tada smile slightly_smiling_face simple_smile blush grin smiley wink heart hearts pray wave
raised_hands clap muscle eyes rocket fire point_up point_down point_right point_left bulb memo
calendar warning rotating_light white_check_mark heavy_check_mark x no_entry thinking_face
thinking shrug cry disappointed sob confused worried hourglass bell scroll book mag hammer wrench
lock green_heart large_green_circle red_circle zap star sparkles checkered_flag dancer
partying_face raised_hand hugging_face hugs bow see_no_evil neutral_face sunglasses heart_eyes
"""
_AT_WORK: Final = frozenset(_WORK_EMOJI.split())
"""Pictures that people use at work, too; others are of things that are fun."""
_MOST: Final = 800
_EMOJI: Final = re.compile(r":([+-]1|[a-z_]+):")
_ASKS: Final = re.compile(r"[?]+[\s)!.:;\"'*_-]*(?:[:;]-?[)dp(]+)?$")
_CHOICE: Final = re.compile(r"(?:[\w\"]+ ){1,3}or(?: [\w\"]+){1,4}$")
_ASKS_ELSE: Final = re.compile(
    r"(?:@?\w+ )?(?:can|could|will|would|may|are|do|does|who|what|how|any|is)\b"
    r"(?! (?:we|it|that)\b)"
)
_WONDERS: Final = re.compile(
    r"(?:so |and |hm+,? |ok,? )*(?:what|which|who|how|when|where|should|shall|can|could|do we|why)"
    r"\b"
)
_SMILEYS: Final = re.compile(r"\s*(?::-?[)(]|;-?[)(]|<3|\^\^)\s*$")
_NAME: Final = re.compile(r"(@?[^\W\d_][\w.-]{0,24})\s?([:,]|(?=\s-\s))\s*")
_WORD: Final = re.compile(r"[^\W_]+(?:['.,:/-][^\W_]+)*")
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

    `told` are the sentences that ask nothing, and what stands before a question in one.
    """

    text: str
    said: tuple[Words, ...]
    asked: tuple[bool, ...]
    told: tuple[Words, ...]

    @classmethod
    def of(cls, text: str, people: frozenset[str]) -> "Speech":
        """Reads Slack's text; `people` are those who talk, in lower case."""
        words = _without_name(own_words(_spoken(text)), people)
        bare = (_SMILEYS.sub("", each) for each in sentences(words))
        said = tuple(Words.of(each) for each in bare if each)
        asked = tuple(bool(_ASKS.search(each.said) or _CHOICE.match(each.said)) for each in said)
        told = (_told(each) if asks else each for each, asks in zip(said, asked, strict=True))
        return cls(text, said, asked, tuple(each for each in told if each.said))

    @cached_property
    def whole(self) -> Words:
        """All sentences, a line each."""
        stems = frozenset[str]().union(*(each.stems for each in self.said))
        return Words("\n".join(each.said for each in self.said), stems)

    @property
    def beginning(self) -> tuple[Words, ...]:
        """The first two sentences, as far as they ask nothing."""
        pairs = zip(self.said[:2], self.asked, strict=False)
        return tuple(each for each, asks in pairs if not asks)

    @property
    def length(self) -> int:
        """How many words there are."""
        return sum(each.said.count(" ") + 1 for each in self.said)

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
        """The words that say what it is about; those between quotation marks, too."""
        return frozenset(_WORD.findall(prose(self.text[:_MOST]).lower())) - _SAY_NOTHING

    @property
    def is_decorated(self) -> bool:
        """Whether there are pictures of things that have nothing to do with work."""
        if ":" not in self.text:
            return False
        shown = {found[1] for found in _EMOJI.finditer(self.text)}
        return bool(shown - _AT_WORK - _SPOKEN_EMOJI.keys())


def _spoken(text: str) -> str:
    if ":" not in text:
        return text
    return _EMOJI.sub(lambda found: f" {_SPOKEN_EMOJI.get(found[1], found[0])} ", text)


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
