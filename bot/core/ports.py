"""What the house needs of an adapter or a feature, each with a form for when there is none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bot.core.documents import Document, Reference
from bot.core.people import Person
from bot.core.replies import View
from bot.core.unit_of_work import UnitOfWork


class Memberships(Protocol):
    """Knows who asks Slack who is in a channel."""

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        """Brings what is known of these channels up to date, as far as Slack answers in time."""
        ...


class NoMemberships:
    """Nobody to ask: what is not known for certain stays hidden."""

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        """Leaves everything as it is."""


class Digests(Protocol):
    """Knows when people read their digests."""

    def comes_between(
        self, uow: UnitOfWork, person: Person, start: datetime, end: datetime
    ) -> bool:
        """Whether a digest of somebody's comes, or came, between two instants."""
        ...

    def first_after(self, uow: UnitOfWork, person: Person, instant: datetime) -> datetime | None:
        """When somebody's first digest after an instant comes, or came; None: there is none."""
        ...


class NoDigests:
    """There are none."""

    def comes_between(
        self, _uow: UnitOfWork, _person: Person, _start: datetime, _end: datetime
    ) -> bool:
        """Never."""
        return False

    def first_after(self, _uow: UnitOfWork, _person: Person, _instant: datetime) -> None:
        """Never."""


class StandIns(Protocol):
    """Knows who stands in for people who are away."""

    def stand_in_for(self, uow: UnitOfWork, user_id: str, instant: datetime) -> str | None:
        """Whoever answers in somebody's place on that day of theirs; None: nobody was named.

        It is never somebody who is away themselves then, or who may not be asked.
        """
        ...


class NoStandIns:
    """Nobody was named."""

    def stand_in_for(self, _uow: UnitOfWork, _user_id: str, _instant: datetime) -> None:
        """Nobody."""


@dataclass(frozen=True, slots=True)
class NewAsk:
    """An ask that a feature opens in somebody's name, once per `key`.

    Without a channel it goes to the answerer directly; without `due_at` the usual time holds, and
    where that is over. `kind` is blocker, update or empty. `key` has 128 characters at most.
    """

    key: str
    asker_id: str
    answerer_id: str
    what: str
    context: str = ""
    channel_id: str = ""
    due_at: datetime | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is about to ask, as far as it is written; `kind` is blocker, update or empty.

    `source` is the message that its text was written in: channel and `ts`, joined by a bar. `by`
    are the words that name a time.
    """

    what: str = ""
    context: str = ""
    kind: str = ""
    proposal: str = ""
    people: Sequence[str] = ()
    source: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Addition:
    """What somebody adds to their message at `ts`, so that it can be answered; once per `key`.

    `root_ts` is the thread it stands under. Those in `draft.people` are asked, until `due_at` or
    within the usual time; by an update without a question they are only named.
    """

    key: str
    author_id: str
    channel_id: str
    ts: str
    root_ts: str
    draft: Draft
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an addition; it is true if it stands there.

    `asked`: who is asked by it, by id, and when that is due. `left_out`: who was picked and cannot
    be asked there. `off`: whom Baton may not ask, since they want to be left alone.
    """

    is_posted: bool
    asked: Mapping[str, datetime] = field(default_factory=dict)
    left_out: Sequence[str] = ()
    off: Sequence[str] = ()

    def __bool__(self) -> bool:
        return self.is_posted


class AskLedger(Protocol):
    """Keeps track of who owes whom an answer."""

    def open(self, uow: UnitOfWork, new: NewAsk) -> UUID | None:
        """Asks somebody in somebody's name; None if they cannot be asked."""
        ...

    def hold(self, uow: UnitOfWork, ask_id: UUID) -> None:
        """Nobody else settles it meanwhile.

        Whoever follows what becomes of asks and ends them, too, holds them before rows of its own:
        an ask that is settled is held when that is told.
        """
        ...

    def close(self, uow: UnitOfWork, ask_id: UUID, *, by: str) -> bool:
        """It is answered; returns False if it was settled before."""
        ...

    def withdraw(self, uow: UnitOfWork, ask_id: UUID) -> bool:
        """Nobody needs it any more; returns False if it was settled before."""
        ...

    def reopen(self, uow: UnitOfWork, ask_id: UUID) -> bool:
        """Somebody waits for it again; returns False if somebody does, or it cannot be."""
        ...

    def due_at(self, uow: UnitOfWork, ask_id: UUID) -> datetime | None:
        """When it is due; None if nobody waits for it."""
        ...

    def address(self, uow: UnitOfWork, ask_id: UUID, reader: Person) -> str:
        """Where somebody whom it concerns can open it; empty: nowhere."""
        ...

    def add(self, uow: UnitOfWork, addition: Addition) -> Added:
        """Posts it under its message, unless it cannot stand there, and completes what it asks."""
        ...

    def composer(self, uow: UnitOfWork, draft: Draft) -> View | None:
        """The form that asks, with a draft in it; None: nobody keeps track of asks."""
        ...

    def post_form(self, uow: UnitOfWork, draft: Draft) -> View | None:
        """The form that posts `draft.what` in a channel; None: there is none."""
        ...


class NoLedger:
    """Nobody keeps track."""

    def open(self, _uow: UnitOfWork, _new: NewAsk) -> UUID | None:
        """Asks nobody."""
        return None

    def hold(self, _uow: UnitOfWork, _ask_id: UUID) -> None:
        """There is nothing to hold."""

    def close(self, _uow: UnitOfWork, _ask_id: UUID, *, by: str) -> bool:  # noqa: ARG002
        """There is nothing to close."""
        return False

    def withdraw(self, _uow: UnitOfWork, _ask_id: UUID) -> bool:
        """There is nothing to withdraw."""
        return False

    def reopen(self, _uow: UnitOfWork, _ask_id: UUID) -> bool:
        """There is nothing to wait for."""
        return False

    def due_at(self, _uow: UnitOfWork, _ask_id: UUID) -> datetime | None:
        """Never."""
        return None

    def address(self, _uow: UnitOfWork, _ask_id: UUID, _reader: Person) -> str:
        """Nowhere."""
        return ""

    def add(self, _uow: UnitOfWork, _addition: Addition) -> Added:
        """Posts nothing."""
        return Added(is_posted=False)

    def composer(self, _uow: UnitOfWork, _draft: Draft) -> View | None:
        """There is none."""
        return None

    def post_form(self, _uow: UnitOfWork, _draft: Draft) -> View | None:
        """There is none."""
        return None


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision that somebody is about to log, as far as it is written.

    It is made in the thread under `root_ts` of a channel; empty: in the channel itself.
    """

    channel_id: str
    title: str
    text: str = ""
    context: str = ""
    root_ts: str = ""


class Registry(Protocol):
    """Keeps what was decided."""

    def composer(self, uow: UnitOfWork, user_id: str, draft: NewDecision) -> View | None:
        """The form that logs a decision, with a draft in it; None: they cannot log it there."""
        ...


class NoRegistry:
    """Nobody keeps it."""

    def composer(self, _uow: UnitOfWork, _user_id: str, _draft: NewDecision) -> None:
        """There is none."""


class Act(StrEnum):
    """What a notice is for: an incident begins, somebody is on it, it is over; or none is meant."""

    TRIGGER = "trigger"
    ACKNOWLEDGE = "acknowledge"
    RESOLVE = "resolve"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class Notice:
    """What is said outside of Slack to somebody who is needed, or no longer.

    `incident` is the same for all that is said about one page, so that a pager can put it together
    and not ring twice; `key` names this one attempt. `link` opens a page on which one may say that
    one is on it; empty: there is none. `details` are names and plain texts for machines. A `test`
    must say so wherever it is shown.
    """

    key: str
    incident: str
    act: Act
    subject: str
    text: str
    link: str = ""
    is_test: bool = False
    details: Mapping[str, str] = field(default_factory=dict)


class Pager(Protocol):
    """A way to reach people outside of Slack. It is called outside of any transaction.

    Its errors are PagerUnavailable (nobody was reached), PagerRefused (nor will be) and
    PagerOutcomeUnknown (somebody may have been).
    """

    @property
    def name(self) -> str:
        """What it is called in settings and rows: email, sms, voice, pagerduty or webhook."""
        ...

    @property
    def address_kind(self) -> str:
        """What it needs of somebody: email or phone; empty: it reaches nobody in particular."""
        ...

    def call(self, notice: Notice, address: str) -> None:
        """Hands a notice over, once. Raises the errors above."""
        ...


class Heartbeat(Protocol):
    """Tells somebody outside, again and again, that all is well; silence means that it is not."""

    def beat(self) -> bool:
        """Tells it once; returns whether it was heard."""
        ...


class NoHeartbeat:
    """Nobody listens."""

    def beat(self) -> bool:
        """Tells nobody."""
        return True


@dataclass(frozen=True, slots=True)
class Shift:
    """A stretch of time that a calendar gives to somebody, by the name that stands there."""

    starts_at: datetime
    ends_at: datetime
    label: str


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar held; `etag` is its version, by which it is asked again."""

    shifts: Sequence[Shift]
    etag: str


class Calendars(Protocol):
    """Reads calendars from the web. It is called outside of any transaction."""

    def read(self, url: str, known: str, zone: str, start: datetime, end: datetime) -> Feed | None:
        """The shifts between two instants; None: nothing changed since the etag that is `known`.

        Whole days, and times without a zone, are those of `zone`. Raises CalendarUnavailable and
        CalendarRefused, whose `detail` is a word that says why.
        """
        ...


class NoCalendars:
    """There is no web."""

    def read(
        self, _url: str, _known: str, _zone: str, _start: datetime, _end: datetime
    ) -> Feed | None:
        """Nothing."""
        return None


class SystemOfRecord(Protocol):
    """Keeps documents outside of Slack, where a team looks for what holds.

    It is called outside of any transaction. Its errors are RecordUnavailable (try again),
    RecordConflict (somebody else wrote at the same time: try again) and RecordRefused (it is of no
    use to try again before somebody did something).
    """

    @property
    def name(self) -> str:
        """What people call it, e.g. git."""
        ...

    def write(self, document: Document, known: Reference | None) -> Reference:
        """Has the system hold the document, once; `known` is where it stood before.

        Doing it again changes nothing. What people changed there is written over, which the
        reference says. Raises the errors above.
        """
        ...

    def read(self, reference: Reference) -> str | None:
        """What the system holds now, to be compared by its digest; None: nothing.

        Raises the errors above.
        """
        ...


@dataclass
class Outside:
    """What is reached beyond Slack and the database."""

    systems_of_record: list[SystemOfRecord] = field(default_factory=list)
    pagers: Sequence[Pager] = ()
    heartbeat: Heartbeat = field(default_factory=NoHeartbeat)
    calendars: Calendars = field(default_factory=NoCalendars)
