"""Judging rules on rows of labelled chat: what a row is, and what one judge says about one row.

Labels never reach a judge, save for one that says what is asked rather than what is right:
which message of a thread is the question.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final, Self, TypeAlias, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.core.errors import RowUnfit

Row: TypeAlias = Mapping[str, Any]
"""A row as it stands in the file, without its labels."""
Value: TypeAlias = bool | int | str | Sequence[str] | None
Verdict: TypeAlias = Mapping[str, Value]
"""What a judge says, by the names of the labels: yes or no, a message's number, a word, words."""
Judge: TypeAlias = Callable[[Row], Verdict]
"""Decides about one row; nothing but the row decides."""

LONGEST_LINE: Final = 10_000_000  # bytes: a file without line breaks must not fill the memory
_SAYS_WHAT_IS_ASKED: Final = "question_index"


@dataclass(frozen=True, slots=True)
class Judged:
    """A row's id, what the judge says about it, and what its labels say."""

    id: str | int
    verdict: Verdict
    labels: Mapping[str, Any]

    @property
    def line(self) -> str:
        """The verdict as one line of JSON, in ASCII, so that every terminal and file takes it."""
        return json.dumps({"id": self.id, **self.verdict})


class _Read(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    @classmethod
    def read(cls, row: Row) -> Self:
        """The row with its types checked; null is as good as absent. Raises RowUnfit."""
        try:
            return cls.model_validate(row)
        except ValidationError as error:
            raise RowUnfit(_sentence(error)) from None

    @model_validator(mode="before")
    @classmethod
    def _drop_nulls(cls, given: Any) -> Any:
        if isinstance(given, Mapping):
            return {name: value for name, value in given.items() if value is not None}
        return given


class Said(_Read):
    """One message of a conversation; `i` is its number where that is not its place.

    `ts` is when it was written: ISO 8601, or seconds since 1970 as Slack has them.
    """

    text: str
    user: str = ""
    i: int | None = None
    ts: Any = None

    @property
    def seconds(self) -> float | None:
        """When it was written, in seconds since 1970; None if that is not told."""
        try:
            return float(self.ts)
        except (TypeError, ValueError, OverflowError):
            pass
        try:
            told = datetime.fromisoformat(self.ts)
            return (told if told.tzinfo else told.replace(tzinfo=UTC)).timestamp()
        except (TypeError, ValueError, OverflowError):
            return None


class MessageRow(_Read):
    """One message, with up to three that were said before it; `channel` is its name, if known."""

    text: str
    user: str = ""
    channel: str = ""
    prev: list[Said] = Field(default_factory=list)
    first_in_conv: bool = False


class ThreadRow(_Read):
    """A conversation."""

    messages: list[Said]

    def numbered(self) -> Iterator[tuple[int, Said]]:
        """Its messages with their numbers."""
        for place, said in enumerate(self.messages):
            yield (place if said.i is None else said.i), said


class QuestionRow(ThreadRow):
    """A conversation in which somebody asks; `addressed` are those who are asked, if any are."""

    asker: str
    addressed: str | list[str] = Field(default_factory=list)
    question_index: int | None = None

    @property
    def asked(self) -> frozenset[str]:
        """Those whom the question is put to; empty: whoever reads it."""
        return frozenset([self.addressed] if isinstance(self.addressed, str) else self.addressed)

    def after_question(self) -> Iterator[tuple[int, Said]]:
        """The messages after the question, which is the asker's first one unless it is named."""
        asked = False
        for number, said in self.numbered():
            if asked:
                yield number, said
            elif self.question_index is None:
                asked = said.user == self.asker
            else:
                asked = number == self.question_index


def lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers; of one that is too long, its beginning."""
    for number, piece in enumerate(iter(lambda: file.readline(LONGEST_LINE + 1), b""), start=1):
        rest = piece
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE + 1)
        if piece.strip():
            yield number, piece


def judged(line: bytes, judge: Judge) -> Judged:
    """One line of the file, judged. Raises RowUnfit."""
    row = parsed(line)
    ident, labels = row.get("id"), row.pop("labels", None)
    if ident is None or ident == "":
        raise RowUnfit('it has no "id"')
    if isinstance(ident, bool) or not isinstance(ident, str | int):
        raise RowUnfit('its "id" must be a text or a whole number')
    if not isinstance(labels, dict | None):
        raise RowUnfit('its "labels" must be an object')
    labels = labels or {}
    if _SAYS_WHAT_IS_ASKED in labels:
        row.setdefault(_SAYS_WHAT_IS_ASKED, labels[_SAYS_WHAT_IS_ASKED])
    return Judged(ident, _verdict(row, judge), labels)


def _verdict(row: Row, judge: Judge) -> Verdict:
    try:
        return judge(row)
    except RowUnfit:
        raise
    except Exception as error:
        raise RowUnfit(f"the judge failed on it ({type(error).__name__})") from error


def parsed(line: bytes) -> dict[str, Any]:
    """The object that a line of a file holds. Raises RowUnfit."""
    if len(line) > LONGEST_LINE:
        raise RowUnfit(f"it is longer than {LONGEST_LINE:,} bytes")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise RowUnfit("it is not UTF-8") from None
    except (ValueError, RecursionError):
        raise RowUnfit("it is not JSON") from None
    if not isinstance(row, dict):
        raise RowUnfit("it is not a JSON object")
    return cast("dict[str, Any]", row)


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f'it has no "{name}"'
    said: str = first["msg"]
    return f'its "{name}" is of a wrong type: {said[:1].lower()}{said[1:]}'
