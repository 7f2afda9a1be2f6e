"""What features plug into: their entry points, and the little they need at run time."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from threading import Event as Flag
from typing import Any, Final, Literal, Protocol, TypeAlias, TypeVar

from sqlalchemy.orm import Session

from bot.core import attention, availability, boards, drafting, logs, message_store, workspaces
from bot.core.agreement import changing
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import Catalogue, Setting
from bot.core.blocks import Element, Message
from bot.core.boards import HomeSource
from bot.core.charts import Charts, NoCharts
from bot.core.checks import Checked
from bot.core.clock import Clock
from bot.core.crash import crash_point
from bot.core.days import DaySource
from bot.core.db import Database, untangled
from bot.core.digests import ChannelSource, DigestSources, SectionSource, ThreadReading
from bot.core.drafting import Drafter
from bot.core.errors import WorkspaceGone
from bot.core.evals import Judge
from bot.core.events import (
    ButtonPressed,
    Command,
    Event,
    FormSubmitted,
    GlobalShortcut,
    MessageShortcut,
    SettingChanged,
    StepStarted,
)
from bot.core.exchanges import Exchange
from bot.core.keeping import Kept
from bot.core.links import LinkEntry
from bot.core.metrics import Measure, Metrics
from bot.core.outbox import Outbox
from bot.core.plain_drafter import PlainDrafter
from bot.core.ports import (
    AskLedger,
    Digests,
    Memberships,
    NoDigests,
    NoLedger,
    NoMemberships,
    NoRegistry,
    NoStandIns,
    Outside,
    Registry,
    StandIns,
)
from bot.core.presses import StateOf
from bot.core.render import mrkdwn
from bot.core.replays import NewReplayer
from bot.core.replies import Answer, Reply
from bot.core.scenes import Scene
from bot.core.steps import Step
from bot.core.unit_of_work import House, UnitOfWork

E_contra = TypeVar("E_contra", bound=Event, contravariant=True)
E = TypeVar("E", bound=Event)
T = TypeVar("T")

log = logs.get(__name__)

During: TypeAlias = Literal["event", "interaction", "job", "escalation", "directory"]

PATIENCE: Final = timedelta(seconds=10)
PATIENCE_OF_PEOPLE: Final = timedelta(seconds=1)
"""How long Slack may take to tell who is in a channel; somebody who waits has three seconds."""


class Listener(Protocol[E_contra]):
    """Deals with one event inside one unit of work."""

    def __call__(self, event: E_contra, uow: UnitOfWork, /) -> Reply | None:
        """Returns what to answer, if somebody waits for an answer."""
        ...


class Sift(Protocol):
    """Finds those of many events of a workspace that concern anybody."""

    def __call__(self, session: Session, team_id: str, events: Sequence[Any], /) -> Iterable[Any]:
        """Returns these events; only reads."""
        ...


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feature's listener for one kind of event; `wants` decides from the event alone.

    `sift` finds among many events of a workspace those that concern anybody, by a look at what is
    stored. What arrives before that which makes it matter is looked up by whatever makes it so.
    """

    kind: type[Event]
    listener: Listener[Any]
    wants: Callable[[Any], bool]
    sift: Sift | None = None

    @property
    def name(self) -> str:
        """Feature and function, e.g. `coach.answer_naked_hello`; failed deliveries bear it."""
        return f"{feature_of(self.listener)}.{getattr(self.listener, '__name__', '')}"


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A slash command; `name` without slash and prefix."""

    name: str
    listener: Listener[Command]
    description: str
    usage: str


@dataclass(frozen=True, slots=True)
class Subcommand:
    """A verb of a command, e.g. `away` of `/baton`; the listener gets the text behind it."""

    name: str
    verb: str
    listener: Listener[Command]
    usage: str


@dataclass(frozen=True, slots=True)
class ShortcutEntry:
    """An entry of the menu of every message, or of the one that is open everywhere."""

    callback_id: str
    listener: Listener[Any]
    name: str
    description: str
    is_global: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """Work that the clock starts, at every tick or once in `period`."""

    name: str
    run: Callable[["Bot"], None]
    period: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """Work with threads of its own, which goes on when all others are busy or dead.

    `step` does one piece and returns whether there was any; `wake` is set when there may be more.
    """

    name: str
    step: Callable[[], bool]
    wake: Flag
    threads: int


Check: TypeAlias = Callable[["Bot"], Iterable[Checked]]
Operation: TypeAlias = Callable[[UnitOfWork], str]
"""What an operator starts from the command line; it returns a sentence about what was done."""

Preview: TypeAlias = Callable[[UnitOfWork, str], Message | None]
"""What somebody, or a channel, of that name or id would be sent now; None: there is nothing to say.

It raises a BatonError if nobody could be meant. What it does is taken back.
"""

Offer: TypeAlias = Callable[[str], Element]
"""A button for what somebody wrote to Baton directly; it is given the message's place."""


HOUSE_SETTINGS: Final = (
    availability.HOURS,
    availability.HOLIDAYS,
    attention.FOCUS,
    attention.COMMS,
    attention.BUDGET,
    attention.OFF,
    message_store.RETENTION,
    drafting.DRAFTS,
    drafting.DAILY_CAP,
)


class _Unsure(Exception):
    """A unit of work needs to know who is in these channels."""

    def __init__(self, channel_ids: Iterable[str]) -> None:
        super().__init__()
        self.channel_ids = channel_ids


def _with(work: Callable[[UnitOfWork, T], None], what: T, uow: UnitOfWork) -> None:
    work(uow, what)


def _portions(due: Iterable[tuple[str, T]], most: int) -> Iterator[tuple[str, Sequence[T]]]:
    """What is due, by workspace, in turns: one with much of it does not hold up the others."""
    of_team: dict[str, list[T]] = {}
    for team_id, what in due:
        of_team.setdefault(team_id, []).append(what)
    longest = max(map(len, of_team.values()), default=0)
    for start in range(0, longest, most):
        for team_id, all_of_it in of_team.items():
            if some := all_of_it[start : start + most]:
                yield team_id, some


def _telling(commands: Sequence[str]) -> Listener[Command]:
    def answer(_event: Command, _uow: UnitOfWork) -> Answer:
        return Answer(Message(mrkdwn("Type one of these: {verbs}", verbs=", ".join(commands))))

    return answer


def _always(_event: Any) -> bool:
    return True


class Bot:
    """The house: features register their entry points here and open units of work."""

    help_texts: dict[str, str]
    benefits: dict[str, str]
    optional_scopes: dict[str, list[str]]
    judges: dict[str, Judge]
    exchanges: dict[str, Exchange]
    replayers: dict[str, NewReplayer]

    def __init__(self, database: Database, clock: Clock, machine_clock: Clock) -> None:
        self.database = database
        self.clock, self.machine_clock = clock, machine_clock
        self.drafter: Drafter = PlainDrafter()
        self.inbox_filled, self.outbox_filled, self.urgent_filled = Flag(), Flag(), Flag()
        self.memberships: Memberships = NoMemberships()
        self.digests: Digests = NoDigests()
        self.stand_ins: StandIns = NoStandIns()
        self.asks: AskLedger = NoLedger()
        self.registry: Registry = NoRegistry()
        self.charts: Charts = NoCharts()
        self.outside = Outside()
        self.house = House()
        self.metrics = Metrics()
        self.measures: list[Measure] = []
        self.lanes: dict[str, Lane] = {}
        self.links: dict[str, LinkEntry] = {}
        self.subscriptions: list[Subscription] = []
        self._of_kind: dict[type[Event], list[Subscription]] = {}
        self.commands: dict[str, CommandEntry] = {}
        self.subcommands: dict[str, Subcommand] = {}
        self.by_role: set[str] = set()
        self.agreement = Catalogue(*HOUSE_SETTINGS)
        self.shortcuts: dict[str, ShortcutEntry] = {}
        self.buttons: dict[str, Listener[ButtonPressed]] = {}
        self.states: dict[str, StateOf] = {}
        self.forms: dict[str, Listener[FormSubmitted]] = {}
        self.steps: dict[str, Step] = {}
        self.jobs: list[Job] = []
        self.digest_sources = DigestSources()
        self.home_sources: list[HomeSource] = []
        self.offers: list[Offer] = []
        self.day_sources: list[DaySource] = []
        self.kept: list[Kept] = []
        self.help_texts, self.benefits, self.optional_scopes = {}, {}, {}
        self.scenes: dict[str, Scene] = {}
        self.judges, self.exchanges, self.replayers = {}, {}, {}
        self.checks: list[Check] = []
        self.operations: dict[str, Operation] = {}
        self.previews: dict[str, Preview] = {}

    def on(
        self,
        kind: type[E],
        listener: Listener[E],
        *,
        wants: Callable[[E], bool] = _always,
        sift: Sift | None = None,
    ) -> None:
        """Hears every event of a kind that it wants; `wants` must not touch the database.

        Where most of those concern nobody, `sift` looks at many of them at once.
        """
        self.subscriptions.append(Subscription(kind, listener, wants, sift))
        self._of_kind.clear()

    def on_before_others(self, kind: type[E], listener: Listener[E]) -> None:
        """Hears every event of a kind first: what it notes is known when the features look."""
        self.subscriptions.insert(0, Subscription(kind, listener, _always))
        self._of_kind.clear()

    def on_command(
        self, name: str, listener: Listener[Command], *, description: str, usage: str
    ) -> None:
        """Answers `/name`. Raises ValueError without `usage`, which Slack insists on."""
        if not usage:
            raise ValueError(f"/{name} needs a usage, e.g. `help`")
        self._add(self.commands, name, CommandEntry(name, listener, description, usage))

    def on_subcommand(
        self,
        name: str,
        verb: str,
        listener: Listener[Command],
        *,
        usage: str,
        by_role: bool = False,
    ) -> None:
        """Answers `/name verb …`. `by_role`: Slack is asked who the person is, just before."""
        called = f"/{name} {verb}"
        self._add(self.subcommands, called, Subcommand(name, verb, listener, usage))
        if by_role:
            self.by_role.add(called)

    def complete(self) -> None:
        """Has commands whose verbs features answer, but which none answers itself, tell the verbs.

        Call it when every feature is plugged in.
        """
        for name in sorted({each.name for each in self.subcommands.values()} - set(self.commands)):
            called = [each for each in self.subcommands if each.startswith(f"/{name} ")]
            self.on_command(name, _telling(called), description="What I do here", usage="help")

    def on_message_shortcut(
        self, callback_id: str, listener: Listener[MessageShortcut], *, name: str, description: str
    ) -> None:
        """Answers an entry of the menu of every message."""
        entry = ShortcutEntry(callback_id, listener, name, description)
        self._add(self.shortcuts, callback_id, entry)

    def on_global_shortcut(
        self, callback_id: str, listener: Listener[GlobalShortcut], *, name: str, description: str
    ) -> None:
        """Answers an entry of the menu of shortcuts, which people open wherever they are.

        It comes from no conversation: a form can answer it, and an `Answer` is shown as a view
        that only tells something, without its buttons.
        """
        entry = ShortcutEntry(callback_id, listener, name, description, is_global=True)
        self._add(self.shortcuts, callback_id, entry)

    def on_button(
        self,
        action_id: str,
        listener: Listener[ButtonPressed],
        *,
        state_of: StateOf | None = None,
        by_role: bool = False,
    ) -> None:
        """Answers a button. One that was made with a `state` needs `state_of` to compare it with.

        Whoever pressed first may press again: the listener finds it done and says so.
        `by_role`: Slack is asked who the person is, just before.
        """
        self._add(self.buttons, action_id, listener)
        if by_role:
            self.by_role.add(action_id)
        if state_of is not None:
            self.states[action_id] = state_of

    def on_form(
        self, callback_id: str, listener: Listener[FormSubmitted], *, by_role: bool = False
    ) -> None:
        """Answers a form that was sent off. `by_role` as of a button."""
        self._add(self.forms, callback_id, listener)
        if by_role:
            self.by_role.add(callback_id)

    def on_step(self, step: Step, listener: Listener[StepStarted]) -> None:
        """Answers a step of a workflow, at once or later, by `Outbox.end_step`."""
        self._add(self.steps, step.name, step)
        self.on(StepStarted, listener, wants=lambda event: event.step == step.name)

    def add_settings(self, *settings: Setting[Any]) -> None:
        """Adds settings to the working agreement."""
        self.agreement.add(*settings)

    def every_tick(self, run: Callable[["Bot"], None]) -> None:
        """Runs a job at every tick; it must find out quickly that nothing is due."""
        self.jobs.append(Job(f"{feature_of(run)}.{run.__name__}", run))

    def every(self, period: timedelta, run: Callable[["Bot"], None]) -> None:
        """Runs a job once in `period`, for work that does not press."""
        self.jobs.append(Job(f"{feature_of(run)}.{run.__name__}", run, period))

    def in_lane(self, name: str, step: Callable[[], bool], *, threads: int = 1) -> None:
        """Has `step` done again and again in threads of its own, also when `uow.wakes` names it."""
        self._add(self.lanes, name, Lane(name, step, Flag(), threads))

    def on_link(self, name: str, entry: LinkEntry) -> None:
        """Answers links that were made under that name; see `core/links`."""
        self._add(self.links, name, entry)

    def add_to_digest(self, source: SectionSource) -> None:
        """Adds a section to everybody's digest; None: nothing to say."""
        self.digest_sources.sections.append(source)

    def add_to_channel_digest(self, source: ChannelSource) -> None:
        """Adds a section to the digests of channels; None: nothing to say."""
        self.digest_sources.of_channels.append(source)

    def read_threads(self, reading: ThreadReading) -> None:
        """Tells what conversations came to, as far as a feature knows."""
        self.digest_sources.threads.append(reading)

    def add_to_home(self, source: HomeSource) -> None:
        """Adds sections to everybody's board on App Home; None: nothing to say."""
        self.home_sources.append(source)

    def add_to_day(self, source: DaySource) -> None:
        """Tells what somebody did in a stretch of time, for what they write at the end of it."""
        self.day_sources.append(source)

    def offer(self, *offers: Offer) -> None:
        """Adds things to do with a text that somebody writes to Baton directly."""
        self.offers.extend(offers)

    def keep(self, *topics: Kept) -> None:
        """Says what is kept of people, and how it is given out, erased and forgotten in time."""
        for kept in topics:
            if kept.name in {known.name for known in self.kept}:
                raise ValueError(f"two topics are called {kept.name!r}")
            self.kept.append(kept)

    def explain(self, feature: str, text: str) -> None:
        """Adds a feature to the help, in one or two sentences of Slack's markup."""
        self._add(self.help_texts, feature, text)

    def needs(self, scope: str, without: str) -> None:
        """Says in a plain sentence what is off where an optional scope was not granted."""
        self.optional_scopes.setdefault(scope, []).append(without)

    def off_with(self, scopes: Collection[str]) -> list[str]:
        """What is off where only these scopes were granted, a sentence each."""
        missing = (each for scope, each in self.optional_scopes.items() if scope not in scopes)
        return [sentence for sentences in missing for sentence in sentences]

    def benefit(self, feature: str, text: str) -> None:
        """Adds a line of Slack's markup for newcomers: what they get, and the command."""
        self._add(self.benefits, feature, text)

    def play(self, scene: Scene) -> None:
        """Adds a scene to the demo's day."""
        self._add(self.scenes, scene.name, scene)

    def judge(self, what: str, judge: Judge) -> None:
        """Lets `baton eval <what>` judge labelled rows by a feature's rules."""
        self._add(self.judges, what, judge)

    def exchange(self, what: str, exchange: Exchange) -> None:
        """Lets `baton <what> export` and `import` take what a feature keeps out, and in again."""
        self._add(self.exchanges, what, exchange)

    def replay(self, what: str, replayer: NewReplayer) -> None:
        """Lets `baton <what> replay` run a feature's rules over talk that is over."""
        self._add(self.replayers, what, replayer)

    def measure(self, measure: Measure) -> None:
        """Adds what stands in the database to `/metrics`; read every few seconds at most."""
        self.measures.append(measure)

    def look_over(self, check: Check) -> None:
        """Adds lines to `baton doctor`."""
        self.checks.append(check)

    def operate(self, name: str, operation: Operation) -> None:
        """Lets an operator do something from the command line, e.g. `decisions record`."""
        self._add(self.operations, name, operation)

    def preview(self, what: str, preview: Preview) -> None:
        """Lets an operator see what would be sent, by `baton preview`."""
        self._add(self.previews, what, preview)

    def emit(self, event: Event, uow: UnitOfWork) -> None:
        """Tells every feature that wants it of an event of our own, inside this unit of work."""
        for subscription in self.subscriptions_to(event):
            subscription.listener(event, uow)

    def emit_told(self, uow: UnitOfWork) -> None:
        """Tells every feature of what was to be told at the end of a piece of work."""
        while uow.told:
            self.emit(uow.told.pop(0), uow)

    def change_settings(
        self, uow: UnitOfWork, changes: Iterable[Change], *, by: str
    ) -> list[Change]:
        """Changes the working agreement, tells every feature, and returns what is different."""
        made = changing.change(uow, changes, by=by)
        for each in made:
            layer, scope_id = each.scope.layer, each.scope.id
            event = SettingChanged(
                team_id=uow.team_id, key=each.setting.key, layer=layer, scope_id=scope_id
            )
            self.emit(event, uow)
        return made

    def subscriptions_to(self, event: Event) -> list[Subscription]:
        """Who wants an event."""
        kind = type(event)
        if kind not in self._of_kind:
            of_kind = [each for each in self.subscriptions if issubclass(kind, each.kind)]
            self._of_kind[kind] = of_kind
        return [each for each in self._of_kind[kind] if each.wants(event)]

    @contextmanager
    def begin(
        self,
        team_id: str,
        *,
        during: During,
        readers: Iterable[str] = (),
        generation: int | None = None,
    ) -> Iterator[UnitOfWork]:
        """Opens a unit of work; commits it at the end, or nothing of it.

        `readers`: the same is done in it for each of these people. Raises WorkspaceGone where Baton
        is not installed any more, or not by that `generation`.
        """
        together = list(readers)
        now, machine_now = self.clock.now(), self.machine_clock.now()
        systems = tuple(system.name for system in self.outside.systems_of_record)
        opened = self.database.remembering(together) if together else self.database.transaction()
        with opened as session:
            workspaces.enter(session, team_id, generation=generation)
            outbox = Outbox(session, team_id, now, machine_now)
            finds = self.stand_ins.stand_in_for
            uow = UnitOfWork(
                team_id,
                now,
                session,
                outbox,
                finds_stand_in=finds,
                house=self.house,
                systems=systems,
            )
            yield uow
            self.emit_told(uow)
            boards.mark(uow)
            crash_point(f"{during}.before_commit")
        crash_point(f"{during}.after_commit")
        for trace, rows in outbox.queued.items():
            log.info("queued", team=team_id, rows=rows, trace=trace)
        if outbox.has_new:
            self.outbox_filled.set()
        if outbox.has_urgent:
            self.urgent_filled.set()
        for name in uow.wakes & self.lanes.keys():
            self.lanes[name].wake.set()

    @contextmanager
    def looking(self, team_id: str) -> Iterator[UnitOfWork]:
        """Opens a unit of work of which nothing stays: it waits for nobody who writes.

        Raises WorkspaceGone as `begin` does.
        """
        now, machine_now = self.clock.now(), self.machine_clock.now()
        with self.database.reading() as session:
            workspaces.generation_of(session, team_id)
            outbox = Outbox(session, team_id, now, machine_now)
            finds = self.stand_ins.stand_in_for
            yield UnitOfWork(team_id, now, session, outbox, finds_stand_in=finds, house=self.house)

    def perform(
        self,
        team_id: str,
        work: Callable[[UnitOfWork], T],
        *,
        during: During,
        readers: Iterable[str] = (),
        generation: int | None = None,
    ) -> T:
        """Does a piece of work in a unit of work, and returns what it returns; as `begin`.

        If it is not known for certain who may see a channel, nothing of it counts: Slack is asked,
        and it is done once more, with what is known then.
        """
        begin = partial(self.begin, team_id, during=during, readers=readers, generation=generation)

        def done(*, is_final: bool) -> T:
            with begin() as uow:
                result = work(uow)
                if uow.unsure and not is_final:
                    raise _Unsure(uow.unsure)
                return result

        try:
            return untangled(partial(done, is_final=False))
        except _Unsure as found:
            unsure = found.channel_ids
        patience = PATIENCE_OF_PEOPLE if during == "interaction" else PATIENCE
        self.memberships.ask_again(team_id, sorted(unsure), patience=patience)
        return untangled(partial(done, is_final=True))

    def each(self, due: Iterable[tuple[str, T]], work: Callable[[UnitOfWork, T], None]) -> None:
        """A job's unit of work for each (team, what); one that fails does not hold up the rest."""
        for team_id, what in due:
            try:
                self.perform(team_id, partial(_with, work, what), during="job")
            except WorkspaceGone:
                log.info("left undone, the workspace is gone", team=team_id, work=work.__name__)
            except Exception:
                log.exception("not done, and tried again", team=team_id, work=work.__name__)

    def together(
        self,
        due: Iterable[tuple[str, T]],
        work: Callable[[UnitOfWork, Sequence[T]], None],
        *,
        reader_of: Callable[[T], str],
        portion: int,
    ) -> None:
        """Like `each`, with up to `portion` of a workspace in one unit of work.

        They share what they read. Where that fails, each is done alone.
        """
        for team_id, some in _portions(due, portion):
            readers = [reader_of(what) for what in some]
            try:
                task = partial(_with, work, some)
                self.perform(team_id, task, during="job", readers=readers)
            except Exception as error:  # noqa: BLE001 - whichever it is, each alone tells
                log.warning("not done together", team=team_id, error=type(error).__name__)
                self.each(((team_id, [what]) for what in some), work)

    @contextmanager
    def reading(self) -> Iterator[tuple[Session, datetime]]:
        """Opens a look at all workspaces, to find what is due; nothing can be changed.

        What is kept still of a workspace that Baton is not in any more is not found.
        """
        now = self.clock.now()
        with self.database.reading() as session:
            workspaces.overlook_gone(session)
            yield session, now

    @staticmethod
    def _add(entries: dict[str, Any], name: str, entry: Any) -> None:
        if name in entries:
            raise ValueError(f"two features registered {name!r}")
        entries[name] = entry


def feature_of(callback: Any) -> str:
    """The feature a callback belongs to, from the folder it is in."""
    parts: list[str] = callback.__module__.split(".")
    return parts[parts.index("features") + 1] if "features" in parts else parts[-1]
