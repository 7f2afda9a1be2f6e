"""Where a text speaks of a deadline: an introduction ("by", "due") and the pieces of a time."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core.deadlines.zones import ABBREVIATIONS, PLACES
from bot.core.patterns import regex
from bot.core.prose import BLANK

_UPPER: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN: Final = str.maketrans(
    _UPPER + "\u2019\u2013\u2014\u00a0\t*~", _UPPER.lower() + "'--" + " " * 4
)
_EMPHASIS: Final = regex(r"(?<![^\W_])_|_(?![^\W_])")
_STRUCK: Final = regex(r"(?<!\w)~(?=\S)[^~\n]*(?<=\S)~(?!\w)")

_END: Final = r"(?!['-]?\w)"  # by Thursday's standards, by sun-dried tomatoes
_WEEKDAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?"
    r"|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_NO_PLACE: Final = (
    r"(?:this|next|last|some|any|or|and|in|on|at|if|the|a|each|every|same|no|so|to|it|is|for)"
)
_DAY: Final = r"(?:3[01]|[12][0-9]|0?[1-9])"
_YEAR: Final = r"(?:,?[ ]?20[0-9]{2}(?![:0-9]))?"
_ZONE: Final = (
    r"(?:(?:utc|gmt)[ ]?[+-][0-9]{1,2}(?::?[0-5][0-9])?"
    rf"|{'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})"
)
_CITIES: Final = "|".join(sorted(PLACES, key=len, reverse=True)).replace(" ", "[ ]")
# A number alone is a time only where nothing follows that it could count: "built by 3 people"
_NOTHING_COUNTED: Final = (
    rf"(?=[ ]*(?:$|[;!?)\n{BLANK}\u2026]|:(?![0-9])|,(?![ ]*[0-9])|\.(?![0-9])|-[ ])"
    r"|[ ]+(?:(?:and|or)(?![ ]+[0-9])|but|so|if|on|at|please|pls|thanks|thx|thank|cheers|for"
    r"|because|since|when|as|latest|in[ ]the|my|your|this|next|today|tonight|tomorrow|tmrw"
    rf"|{_WEEKDAY}|{_ZONE}){_END})"
)

_INTRODUCTION: Final = regex(
    rf"""(?<![\w'/-])(?: (?:
      (?P<before> (?:(?:due|needed)[ ])? before )
    | (?:(?:due | deadline(?:[ ]is)?) :? [ ] )? (?P<within> in | within )
    | (?:no|not)[ ]later[ ]than
    | (?:(?:needed | due | deadline(?:[ ]is)? | (?:at[ ]the[ ])?latest) :? [ ] )? by
    | until | till
    | (?:due[ ]date | due | deadline(?:[ ](?:for|of)(?:[ ](?!is\b)[\w'-]+){{1,4}}(?=:|[ ]is\b))?)
        (?:[ ]is)? :? (?:[ ](?:on|at|by|until))?
    | (?<!the[ ])(?<!our[ ])(?<!your[ ])(?<!my[ ]) latest
    | at[ ]the[ ]latest
    ){_END} :? [ ]{{0,3}}
    | (?<!the[ ])(?<!our[ ])(?<!your[ ])(?<!my[ ])(?<!an[ ])(?<!a[ ])
      (?P<closing> (?=(?:eod|cob){_END}
        (?:[ ](?:please|pls|thanks|today|tomorrow))?[ ]*(?:[.?!,;\n]|$)) )
    | (?P<suffixed> (?=(?:[a-z0-9][\w:./-]{{0,15}}[ ,]{{1,2}}){{1,6}}(?:at[ ]the[ ])?latest{_END}) )
    )""",
    re.VERBOSE,
)
_PIECE: Final = regex(
    rf"""(?:
      (?P<date> 20[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}
        | {_DAY} \. [01]?[0-9] \. (?:(?:20)?[0-9]{{2}}(?!:))?
        | [0-3]?[0-9] / [0-3]?[0-9] (?:/(?:20)?[0-9]{{2}})? (?!/)
        | {_DAY}(?:st|nd|rd|th)?(?:[ ]of)?[ ]{_MONTH}\.?{_YEAR}
        | {_MONTH}\.?[ ]{_DAY}(?:st|nd|rd|th)?{_YEAR} ) (?=t[0-9]|{_END})
    | (?P<clock> (?:1[0-2]|0?[0-9])(?:[:.][0-5][0-9])?[ ]?(?:[ap]m|[ap]\.m\.?){_END}
        | (?:2[0-4]|[01]?[0-9]) (?: [ ]o'clock{_END}
          | (?: :[0-5][0-9](?:[ ]?h(?:rs)?)?(?!:[0-9]) | h(?:[0-5][0-9])? ) (?=z?{_END}) )
        | (?:2[0-4]|[01]?[0-9])(?:[:.][0-5][0-9])?[ ]?uhr{_END}
        | (?:2[0-3]|1[0-9]|0?[1-9])\.(?:00|1[3-9]|[2-5][0-9]){_NOTHING_COUNTED}
        | (?:2[0-3]|1[0-9]|0?[1-9]){_NOTHING_COUNTED} )
    | (?P<ordinal> {_DAY}(?:st|nd|rd|th)(?={_END}{_NOTHING_COUNTED}) )
    | (?P<near> today | tonight | yesterday | tomorrow | tmrw | tmr
        | this(?=[ ](?:morning|afternoon|evening)) ){_END}
    | (?P<weekday> (?:(?:next|this|coming|this[ ]coming)[ ])?{_WEEKDAY} ){_END}
    | (?P<end> end[ ]of[ ](?:(?:the|this|next)[ ])?(?:week|month) | eow | eom | weekend ){_END}
    | (?P<week> next[ ]week | this[ ]week | (?:next|this)[ ]month ){_END}
    | (?P<part> (?:12[ ])?(?:noon|midnight) | midday | lunch(?:time)?
        | morning | afternoon | evening | night | eod | cob
        | (?:end|close)[ ]of[ ](?:the[ ])?(?:day|business)
        | end[ ]of(?=[ ](?:today|tomorrow|tmrw|{_WEEKDAY}){_END}) ){_END}
    | (?P<zone> z | {_ZONE} | (?:{_CITIES}) (?:[ ]time)?
        | (?!{_NO_PLACE}\b)[\w']+(?:[ ][\w']+)?[ ]time ){_END}
    )""",
    re.VERBOSE,
)
_BETWEEN: Final = regex(
    r"t(?=[0-9])|[ ,)(-]{0,3}(?:(?:at|on|by|before|around|about|@)(?!\w))?[ (]{0,2}"
    r"(?:in )?(?:the )?"
)
_LENGTH: Final = regex(
    r"""(?!next[ ]month)(?:the[ ])?(?:next[ ])?
    (?P<length> (?: half[ ]an[ ] | a[ ]couple[ ]of[ ] | an?[ ]
      | (?:one|two|three|four|five|six|seven|eight|nine|ten)[ -] | [0-9]{1,3}(?:[.,]5)?[ -]?
      | (?<=the[ ]) | (?<=next[ ]) )
      (?: (?:working|business)[ ]days? | min(?:ute)?s? | h | hrs? | hours? | days? | weeks?
        | months? )
    )(?!-?\w)(?:'?[ ]time(?!\w))?""",
    re.VERBOSE,
)
CLOSING: Final = "eod"
"""The introduction of the end of a day that has none."""
_LATEST: Final = regex(rf",?[ ](?:at[ ]the[ ])?latest{_END}")
_DAY_AHEAD: Final = regex(
    rf"(?<![\w'-])(?:on )?(?:(?P<near>today|tomorrow|tmrw)|(?P<weekday>(?:next )?{_WEEKDAY})) $"
)
_DECIMAL: Final = regex(r"[0-9]+\.[0-9]+")
_TOLD: Final = regex(r",?[ ]?(?:i|we|you|he|she|it|they|the|my|our|of)\b")


@dataclass(frozen=True, slots=True)
class When:
    """What was said of a time: the words of each kind in lower case, empty where nothing was."""

    near: str = ""  # today, tonight, tomorrow, "this" of "this morning"
    weekday: str = ""  # thursday, next thu
    date: str = ""  # 24 dec, 2026-12-24, 3/4
    ordinal: str = ""  # 24th
    week: str = ""  # next week, this week
    end: str = ""  # end of next month, eow, the weekend
    clock: str = ""  # 2 pm, 14:00, 14h, 3
    part: str = ""  # noon, morning, eod, lunch
    zone: str = ""  # cet, utc+2, your time
    length: str = ""  # 2 hours
    is_before: bool = False  # "before Thursday" ends where "by Thursday" begins

    @property
    def names_clock(self) -> bool:
        """Whether a time of day was said, and not only a day."""
        return bool(self.clock or self.part or self.near == "tonight")

    @property
    def names_day(self) -> bool:
        """Whether a day was said, whatever the time."""
        return any((self.near, self.weekday, self.date, self.ordinal, self.week, self.end))

    @property
    def names_only_weekday(self) -> bool:
        """Whether the day was said by its name alone, as it comes round every week."""
        others = (self.near, self.date, self.ordinal, self.week, self.end)
        return bool(self.weekday) and not any(others)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A time with its introduction, and its place in the text."""

    when: When
    start: int
    end: int
    introduction: str


def plain(words: str) -> str:
    """In lower case, without emphasis, each character where it was; struck words are blank."""
    unstruck = _STRUCK.sub(lambda found: BLANK * len(found[0]), words)
    return _EMPHASIS.sub(" ", unstruck).translate(_PLAIN)


def phrases_in(words: str) -> Iterator[Phrase]:
    """The phrases in plain words, in order; no two overlap."""
    position = 0
    while (found := _INTRODUCTION.search(words, position)) is not None:
        read = _length_at if found["within"] else _when_at
        when, end = read(words, found.end(), is_before=found["before"] is not None)
        latest = _LATEST.match(words, end)
        if when is None or (latest is None and found["suffixed"] is not None):
            position = max(found.end(), found.start() + 1)
            continue
        start, when = _with_day_ahead(words, max(position, found.start() - 30), found.start(), when)
        position = latest.end() if latest else end
        introduction = CLOSING if found["closing"] is not None else found[0].strip()
        yield Phrase(when, start, position, introduction)


def whole(words: str) -> When | None:
    """The time that plain words are, with an introduction or without; None if they are more."""
    text = words.strip()
    found = _INTRODUCTION.match(text)
    introduction = found.end() if found else 0
    for start in (introduction, 0):
        is_before = bool(found and found["before"] and start)
        for read in (_length_at, _when_at):
            when, end = read(text, start, is_before=is_before)
            latest = _LATEST.match(text, end)
            rest = text[latest.end() if latest else end :]
            if when is not None and not rest.strip(" .!"):
                return when
    return None


def _when_at(words: str, start: int, *, is_before: bool) -> tuple[When | None, int]:
    said: dict[str, str] = {}
    end = start
    while (between := _BETWEEN.match(words, end)) is not None:
        piece = _PIECE.match(words, between.end())
        if piece is None or not _belongs(piece, said, between[0]):
            break
        kind = str(piece.lastgroup)
        said[kind], end = piece[kind], piece.end()
    if words.count("(", start, end) > words.count(")", start, end) and words[end : end + 1] == ")":
        end += 1
    return (When(**said, is_before=is_before), end) if said else (None, start)


def _with_day_ahead(words: str, earliest: int, start: int, when: When) -> tuple[int, When]:
    """Where the time begins, and what it is, if its day stands first: "tomorrow by 3 pm"."""
    ahead = _DAY_AHEAD.search(words[earliest:start])
    if ahead is None or not when.names_clock or when.names_day:
        return start, when
    near, weekday = ahead["near"] or "", ahead["weekday"] or ""
    return earliest + ahead.start(), replace(when, near=near, weekday=weekday)


def _belongs(piece: re.Match[str], said: Mapping[str, str], between: str) -> bool:
    """Whether a piece goes on with the time that was said before it."""
    kind = piece.lastgroup
    if kind in said or (kind == "zone" and not ("clock" in said or "part" in said)):
        return False
    if kind == "clock" and _DECIMAL.fullmatch(piece[0]) and not {"weekday", "near"} & said.keys():
        return False  # "by 14.30" may be an amount
    if kind == "week" and piece[0].endswith("month") and "weekday" in said:
        return False
    if between.endswith("the ") and kind in {"near", "weekday", "clock"}:
        return False  # "before the Thursday meeting"
    # "by Friday, next week I am away"
    begins_anew = bool(re.search("[,-]", between)) and bool(said)
    return not (begins_anew and _TOLD.match(piece.string, piece.end()))


def _length_at(words: str, start: int, *, is_before: bool) -> tuple[When | None, int]:
    found = _LENGTH.match(words, start)
    if found is None or _TOLD.match(words, found.end()):
        return None, start
    return When(length=found["length"], is_before=is_before), found.end()
