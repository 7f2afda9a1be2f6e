"""Sorts what an author wrote into the parts of a message that can be answered.

Nothing of it is lost: each sentence stands in one part, as it was written. Where the sentences end
is read off the punctuation; what they are for off cues in English, German, French, Spanish and
Portuguese. A sentence without a cue is context, which is never wrong.
"""

# ruff: noqa: RUF001 - typographic quotes are what people type

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core.deadlines.phrases import plain
from bot.core.deadlines.sentences import deadlines_in
from bot.core.patterns import regex
from bot.core.render import plain as plain_text
from bot.features.coach.rules.catalogue import Part
from bot.features.coach.rules.template_cues import (
    ABBREVIATIONS,
    ASKS,
    COURTESY,
    LABELS,
    ONLY_TIME,
    ORDERS,
    PROPOSES,
    SAYS_WHO,
    TIMES,
)

_FENCE: Final = regex(r"```.*?(?:```|\Z)", re.DOTALL)
_END: Final = regex(r"<[^<>]*>|[.!?…]+[\"'”’»)\]*_]*(?=\s)|[。！？]+")
_CODE: Final = "```"
_QUOTED: Final = (">", "&gt;")
_NUMBER: Final = regex(r"\W*\d{1,3}\.")
_LINK: Final = regex(r"\bhttps?://[^\s<>|]+", re.IGNORECASE)
_LABELLED: Final = regex(r"<(https?://[^<>|]+)\|([^<>]*)>", re.IGNORECASE)
_TOKEN: Final = regex(r"<[a-z][a-z0-9+.-]*:[^<>]*>", re.IGNORECASE)
_AFTER_LINK: Final = ".,;:!?)]}'\"*_"
_CLOSING: Final = "\"'”’»)]*_ "
_NEAR: Final = 300  # characters of a sentence that are looked at to tell what it is for
_LABEL: Final = 40


class Section(StrEnum):
    """What a sentence is for, in the order in which a reader needs it."""

    CONTEXT = "context"
    PROPOSAL = "proposal"
    QUESTION = "question"
    BY = "by"


class Blank(StrEnum):
    """What only the author can fill in."""

    TRIED = "tried"
    LINK = "link"
    PROPOSAL = "proposal"
    QUESTION = "question"
    WHOM = "whom"
    BY = "by"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a line of code or of a quote as it was written; whether it begins a line."""

    text: str
    begins_line: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The author's own sentences, each under the part that it belongs to; empty: missing.

    `links` are addresses, `by` the words that name a time: sentences that do nothing else, or else
    the first such words of another part.
    """

    context: str = ""
    proposal: str = ""
    question: str = ""
    by: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A section of a message that can be answered: what there is of it, and what is missing."""

    section: Section
    text: str
    blanks: tuple[Blank, ...] = ()


def parts_of(text: str) -> Parts:
    """The parts of a text as people read it, without Slack's tokens."""
    return parts_from(sentences_of(text))


def parts_from(sentences: Iterable[Sentence]) -> Parts:
    """The parts that sentences as people read them make up."""
    filed = filed_by_section(sentences)
    told = {section: joined(filed[section]) for section in Section}
    by = told[Section.BY] or next(
        (found for section in reversed(Section) if (found := _time_in(told[section]))), ""
    )
    links = dict.fromkeys(
        link for each in Section for one in filed[each] for link in links_in(one.text)
    )
    return Parts(
        told[Section.CONTEXT], told[Section.PROPOSAL], told[Section.QUESTION], by, tuple(links)
    )


def filed_by_section(sentences: Iterable[Sentence]) -> dict[Section, list[Sentence]]:
    """The sentences by what they are for, in order.

    A label as in "Proposal: …" holds to the end of its line; one alone, until the next label.
    """
    filed: dict[Section, list[Sentence]] = {section: [] for section in Section}
    standing: Section | None = None
    of_line: Section | None = None
    for sentence in sentences:
        if sentence.begins_line:
            of_line = None
        label = _label_of(sentence.text)
        if label is not None:
            of_line, is_alone = label
            standing = of_line if is_alone else None
        filed[of_line or standing or _section_of(sentence.text)].append(sentence)
    return filed


def as_template(parts: Parts, missing: Collection[Part]) -> list[Line]:
    """The author's sentences in order; what is missing is marked as a blank to be filled in.

    Without what anybody needs to answer there is a blank in any case; the others stand beside what
    is asked, or where rules found something `missing`. A time that another part names is not told
    again.
    """
    lacks = lacking(parts)
    is_said = parts.by in f"{parts.context}\n{parts.proposal}\n{parts.question}"
    lines = [
        Line(
            Section.CONTEXT,
            parts.context,
            _blanks(
                (Blank.TRIED, Part.CONTEXT in lacks or Part.CONTEXT in missing),
                (Blank.LINK, Part.LINK in missing),
            ),
        ),
        Line(
            Section.PROPOSAL,
            parts.proposal,
            _blanks((Blank.PROPOSAL, bool(missing) and not parts.proposal)),
        ),
        Line(
            Section.QUESTION,
            parts.question,
            _blanks(
                (Blank.QUESTION, Part.QUESTION in lacks or Part.QUESTION in missing),
                (Blank.WHOM, Part.WHOM in missing),
            ),
        ),
        Line(
            Section.BY,
            "" if is_said else parts.by,
            _blanks((Blank.BY, not parts.by and bool(missing or parts.question))),
        ),
    ]
    return [line for line in lines if line.text or line.blanks]


def lacking(parts: Parts) -> list[Part]:
    """What nobody could answer without, of the parts that a message has: read off the parts alone.

    Greetings and thanks are no context; a proposal is answered as a question is.
    """
    context = [each for each in sentences_of(parts.context) if not COURTESY.fullmatch(each.text)]
    asks = parts.question or parts.proposal
    return [*([] if context else [Part.CONTEXT]), *([] if asks else [Part.QUESTION])]


def sentences_of(text: str) -> list[Sentence]:
    """A text sentence by sentence; code stays whole, and so does each line of a quote.

    Also takes Slack's text: its tokens are never parted.
    """
    found: list[Sentence] = []
    end = 0
    for fence in _FENCE.finditer(text):
        found += _of_lines(text[end : fence.start()])
        found.append(Sentence(fence[0], begins_line=True))
        end = fence.end()
    return found + list(_of_lines(text[end:]))


def joined(sentences: Iterable[Sentence]) -> str:
    """Sentences as one text again, with the lines they had."""
    return "".join(("\n" if each.begins_line else " ") + each.text for each in sentences)[1:]


def is_verbatim(text: str) -> bool:
    """Whether a sentence is code or a quote, which nobody may word anew."""
    return text.startswith((*_QUOTED, _CODE))


def spelled_out(text: str) -> str:
    """Slack's text in which each link shows its address, too: a label alone would lose it."""
    return _LABELLED.sub(_with_address, text)


def link_texts(text: str) -> list[str]:
    """The links in Slack's text, in order, as people read them: their labels and addresses."""
    return [plain_text(spelled_out(found[0])) for found in _TOKEN.finditer(text)]


def time_of(parts: Parts) -> str:
    """The words that name the time in `parts.by`, without what stands around them."""
    return _time_in(parts.by)


def with_time(text: str, parts: Parts) -> str:
    """A text and what the author said of by when, unless that is said elsewhere or is a mere time.

    The time goes where the form asks for it.
    """
    said = f"{text}\n{parts.context}\n{parts.proposal}"
    is_mere = bool(time_of(parts)) and _is_mere_time(parts.by)
    return text if is_mere or parts.by in said else f"{text} {parts.by}".strip()


def order_in(text: str) -> str:
    """What somebody is told to do in a sentence, from its verb on; empty: nothing."""
    found = ORDERS.search(text[:_NEAR])
    if found is None or SAYS_WHO.search(text, 0, found.start()):
        return ""
    return text[found.start() :].lstrip(" ,;:–—-")


def links_in(text: str) -> list[str]:
    """The addresses in a text, in order."""
    return [found[0].rstrip(_AFTER_LINK) for found in _LINK.finditer(text)]


def _with_address(found: re.Match[str]) -> str:
    address, label = found[1], found[2].strip()
    is_same = label in {"", address, address.partition("://")[2].rstrip("/")}
    return address if is_same else f"{label} ({address})"


def _of_lines(text: str) -> Iterator[Sentence]:
    for line in text.split("\n"):
        if line.strip().startswith(_QUOTED):
            yield Sentence(line.strip(), begins_line=True)
            continue
        for number, sentence in enumerate(_of_line(line.strip())):
            yield Sentence(sentence, begins_line=number == 0)


def _of_line(line: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(line):
        if not end[0].startswith("<") and _is_end(line, start, end):
            yield line[start : end.end()].strip()
            start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def _is_end(line: str, start: int, end: re.Match[str]) -> bool:
    """Whether a sentence ends there, and not only an abbreviation or the number of a list."""
    goes_on = line[end.end() : end.end() + 2].strip()[:1].islower()
    is_quoted = end[0][-1] in _CLOSING
    if goes_on and (is_quoted or end[0].startswith(("…", "..."))):
        return False
    if end[0][0] != ".":
        return True
    last = line[line.rfind(" ", start, end.start()) + 1 : end.end()] if end.start() else ""
    is_short = len(last.strip(_CLOSING)) == 2 and last[0].isalpha()  # noqa: PLR2004 - a letter and a dot
    is_number = _NUMBER.fullmatch(line[start : end.end()][:_NEAR].strip()) is not None
    return not (is_short or is_number or last.lower().lstrip("(\"'") in ABBREVIATIONS)


def _section_of(text: str) -> Section:
    if is_verbatim(text):
        return Section.CONTEXT
    near = text[:_NEAR].casefold()
    if _is_mere_time(text):
        return Section.BY
    if (
        text.rstrip(f"{_CLOSING}!").endswith(("?", "？"))
        or text.startswith("¿")
        or ASKS.search(near)
        or order_in(text)
    ):
        return Section.QUESTION
    return Section.PROPOSAL if PROPOSES.search(near) else Section.CONTEXT


def _is_mere_time(text: str) -> bool:
    return ONLY_TIME.fullmatch(text[:_NEAR].casefold().strip(" .!…")) is not None


def _label_of(text: str) -> tuple[Section, bool] | None:
    """The section that a label at the beginning names, and whether it stands alone."""
    found = LABELS.match(text[:_LABEL])
    if found is None:
        return None
    section = next(Section(name) for name, words in found.groupdict().items() if words)
    return section, not text[found.end() :].strip(_CLOSING)


def _time_in(text: str) -> str:
    """The first words that name a time by which something is wanted."""
    phrases = [found.phrase for found in deadlines_in(plain(text))]
    phrases = [each for each in phrases if each.introduction] or phrases
    if phrases:
        return text[phrases[0].start : phrases[0].end].strip()
    other = TIMES.search(text)
    return other[0] if other else ""


def _blanks(*wanted: tuple[Blank, bool]) -> tuple[Blank, ...]:
    return tuple(blank for blank, is_missing in wanted if is_missing)
