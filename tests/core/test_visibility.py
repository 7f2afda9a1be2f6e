"""Visibility: nobody reads what they cannot open; against a model that knows only the rules."""

import random
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core import channels, people, visibility
from bot.core.bot import Bot
from bot.core.channels import Channel, ChannelMemberRow, ChannelRow
from bot.core.clock import StoppedClock
from bot.core.people import Person, PersonRow
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import Sight, figure, held_back, may_count, may_see, sift, sight
from tests.core.visibility_model import MEMBER, OUTSIDERS, Place, Reality

TEAM = "T1"
CASES = {"sqlite": 20_000, "postgresql": 5_000}
MANY_CASES = 100_000
AT_ONCE = 500
Filter = Callable[[UnitOfWork, str, str], bool]


class Slack:
    """Answers who is in a channel, as long as it does; the port's other side."""

    def __init__(self, bot: Bot, reality: Reality) -> None:
        self._bot, self._reality = bot, reality
        self.budget = 1_000
        self.asked: list[str] = []

    def ask_again(self, team_id: str, channel_ids: Iterable[str], *, patience: timedelta) -> None:
        assert patience > timedelta()
        for channel_id in channel_ids:
            if self.budget <= 0:
                return
            self.budget -= 1
            self.asked.append(channel_id)
            self._answer(team_id, channel_id)

    def _answer(self, team_id: str, channel_id: str) -> None:
        place = self._reality.places[channel_id]
        with self._bot.begin(team_id, during="directory") as uow:
            if place.is_private and not place.has_baton:
                channels.forget(uow.session, team_id, channel_id, as_of=uow.now)
                return
            told = Channel(channel_id, channel_id, place.is_private, place.has_baton)
            inside = [who for who in place.stays if place.has_baton and place.is_in(who)]
            channels.save(uow.session, team_id, told, inside, as_of=uow.now)


class Workspace:
    """A random workspace in which people come and go, and Baton is told of some of it."""

    def __init__(self, bot: Bot, clock: StoppedClock, seed: int) -> None:
        self.bot, self.clock, self.random = bot, clock, random.Random(seed)  # noqa: S311
        roles = [MEMBER] * 24 + [*OUTSIDERS, *OUTSIDERS]
        self.reality = Reality(
            {f"U{number}": role for number, role in enumerate(roles)},
            {f"C{number}": Place(number % 4 > 0, number % 5 > 0) for number in range(20)},
        )
        self.slack = Slack(bot, self.reality)
        self._news: list[Callable[[UnitOfWork], None]] = []
        bot.memberships = self.slack
        for user_id in self.reality.roles:
            self._tell_of(user_id)
        for channel_id in self.reality.places:
            for user_id in self.random.sample(sorted(self.reality.roles), 14):
                self.reality.joins(user_id, channel_id, clock.now())
                self._tell(channel_id, user_id, is_member=True)
        self._tell_baton()

    def change(self) -> None:
        """A few things happen, and some time goes by."""
        for _ in range(6):
            self.clock.advance(timedelta(seconds=self.random.choice([0.5, 3, 9])))
            happen = self.random.choices(
                [self._somebody_moves, self._channel_changes, self._role_changes], [12, 2, 1]
            )[0]
            happen()
        self._tell_baton()
        if self.random.random() < 0.3:
            self.clock.advance(timedelta(seconds=self.random.choice([40, 61, 4_000])))
        self.slack.budget = self.random.choice([0, 2, 1_000, 1_000])

    def pairs(self) -> list[tuple[str, str]]:
        readers, places = [*sorted(self.reality.roles), "U404"], sorted(self.reality.places)
        return [(self.random.choice(readers), self.random.choice(places)) for _ in range(AT_ONCE)]

    def _somebody_moves(self) -> None:
        channel_id = self.random.choice(sorted(self.reality.places))
        user_id = self.random.choice(sorted(self.reality.roles))
        place, is_told = self.reality.places[channel_id], self.random.random() < 0.5
        is_told = is_told and place.has_baton
        if place.is_in(user_id):
            self.reality.leaves(user_id, channel_id, self.clock.now(), told=is_told)
            if is_told:
                self._tell(channel_id, user_id, is_member=False)
        else:
            self.reality.joins(user_id, channel_id, self.clock.now())
            if place.has_baton:
                self._tell(channel_id, user_id, is_member=True)

    def _channel_changes(self) -> None:
        place_id = self.random.choice(sorted(self.reality.places))
        place = self.reality.places[place_id]
        if self.random.random() < 0.5:
            place.is_private = not place.is_private
        else:
            place.has_baton = not place.has_baton
        now, has_baton = self.clock.now(), place.has_baton

        def tell(uow: UnitOfWork) -> None:
            if not has_baton:
                channels.forget(uow.session, TEAM, place_id, as_of=now)
            channels.mark_unsynced(uow.session, TEAM, place_id)

        self._news.append(tell)

    def _role_changes(self) -> None:
        user_id = self.random.choice(sorted(self.reality.roles))
        self.reality.roles[user_id] = self.random.choice([MEMBER, MEMBER, MEMBER, *OUTSIDERS])
        self._tell_of(user_id)

    def _tell_of(self, user_id: str) -> None:
        is_member = self.reality.roles[user_id] == MEMBER
        person = Person(user_id, user_id, "UTC", is_member=is_member)
        now = self.clock.now()
        self._news.append(lambda uow: people.save(uow.session, TEAM, person, now=now))

    def _tell(self, channel_id: str, user_id: str, *, is_member: bool) -> None:
        now = self.clock.now()

        def tell(uow: UnitOfWork) -> None:
            place = (uow.session, TEAM, channel_id, user_id)
            channels.note_member(*place, is_member=is_member, as_of=now)

        self._news.append(tell)

    def _tell_baton(self) -> None:
        with self.bot.begin(TEAM, during="event") as uow:
            for tell in self._news:
                tell(uow)
        self._news.clear()


def _judged(workspace: Workspace, lets_through: Filter) -> Counter[str]:
    """What became of many random lines that were to be shown to random readers."""
    pairs, reality = workspace.pairs(), workspace.reality
    is_answering = workspace.slack.budget > len(reality.places)

    def show(uow: UnitOfWork) -> list[bool]:
        tables = (ChannelRow, ChannelMemberRow, PersonRow)
        _loaded = [list(uow.session.scalars(select(table))) for table in tables]  # it is quick then
        return [lets_through(uow, reader, channel) for reader, channel in pairs]

    shown = workspace.bot.perform(TEAM, show, during="job")
    counts: Counter[str] = Counter(cases=len(pairs))
    for (reader, channel), is_shown in zip(pairs, shown, strict=True):
        must_hide = reality.must_hide(reader, channel, workspace.clock.now())
        must_show = is_answering and reality.must_show(reader, channel)
        counts["hidden"] += not is_shown
        counts["leaks"] += is_shown and must_hide
        counts["wrongly hidden"] += not is_shown and must_show
    return counts


def _run(bot: Bot, clock: StoppedClock, cases: int, lets_through: Filter) -> Counter[str]:
    workspace, counts = Workspace(bot, clock, seed=2026), Counter[str]()
    for _ in range(cases // AT_ONCE):
        workspace.change()
        counts += _judged(workspace, lets_through)
    return counts


def _told(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[what]} {what}" for what in ("cases", "hidden", "leaks"))


@pytest.mark.parametrize("is_long", [False, pytest.param(True, marks=pytest.mark.long)])
def test_p7_no_reader_sees_what_they_cannot_open(
    is_long: bool, bot: Bot, clock: StoppedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = MANY_CASES if is_long else CASES[bot.database.dialect]
    counts = _run(bot, clock, cases, may_see)
    with capsys.disabled():
        print(f"\nvisibility on {bot.database.dialect}: {_told(counts)}")  # noqa: T201
    assert counts["cases"] == cases
    assert counts["leaks"] == 0
    assert counts["wrongly hidden"] == 0
    assert counts["hidden"] >= 0.3 * counts["cases"]


def test_p7_without_the_filter_the_same_run_finds_leaks(
    bot: Bot, clock: StoppedClock, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = _run(bot, clock, 2_000, lambda _uow, _reader, _channel: True)
    with capsys.disabled():
        print(f"\nvisibility without the filter: {_told(counts)}")  # noqa: T201
    assert counts["leaks"] > 0.3 * counts["cases"]


@pytest.mark.slow
def test_p7_a_filter_that_forgets_to_ask_slack_leaks_too(bot: Bot, clock: StoppedClock) -> None:
    def as_last_known(uow: UnitOfWork, reader: str, channel: str) -> bool:
        return visibility.was_open(uow, reader, channel)

    assert _run(bot, clock, 4_000, as_last_known)["leaks"] > 0


@pytest.fixture
def workspace(bot: Bot, clock: StoppedClock) -> Workspace:
    return Workspace(bot, clock, seed=1)


def _sight(workspace: Workspace, reader: str, channel: str) -> Sight:
    def look(uow: UnitOfWork) -> Sight:
        return sight(uow, reader, channel)

    return workspace.bot.perform(TEAM, look, during="job")


def _private_and_reader(workspace: Workspace) -> tuple[str, str]:
    for channel_id, place in workspace.reality.places.items():
        for user_id in sorted(place.stays):
            is_member = workspace.reality.roles[user_id] == MEMBER
            if place.is_private and place.has_baton and is_member:
                return channel_id, user_id
    raise AssertionError("nobody is in a private channel")


def test_slack_is_asked_once_a_minute_about_a_private_channel(workspace: Workspace) -> None:
    channel_id, user_id = _private_and_reader(workspace)
    for seconds in (0, 59, 1.5):
        workspace.clock.advance(timedelta(seconds=seconds))
        assert _sight(workspace, user_id, channel_id) is Sight.OPEN
    assert workspace.slack.asked == [channel_id, channel_id]


def test_whoever_was_never_in_a_private_channel_causes_no_question(workspace: Workspace) -> None:
    channel_id, user_id = _private_and_reader(workspace)
    assert _sight(workspace, user_id, channel_id) is Sight.OPEN
    workspace.clock.advance(timedelta(hours=1))
    outside = set(workspace.reality.roles) - set(workspace.reality.places[channel_id].stays)
    asked = list(workspace.slack.asked)
    for stranger in sorted(outside):
        assert _sight(workspace, stranger, channel_id) is Sight.CLOSED
    assert asked == workspace.slack.asked


@pytest.mark.slow
def test_what_cannot_be_checked_is_hidden_and_counted_for_those_who_could_see_it(
    workspace: Workspace,
) -> None:
    channel_id, user_id = _private_and_reader(workspace)
    _sight(workspace, user_id, channel_id)
    outside = set(workspace.reality.roles) - set(workspace.reality.places[channel_id].stays)
    workspace.clock.advance(timedelta(hours=1))
    workspace.slack.budget = 0
    for reader, expected in ((user_id, 3), (min(outside), 0)):

        def read(uow: UnitOfWork, reader: str = reader) -> visibility.Sifted[str]:
            return sift(uow, reader, [channel_id] * 3, channel_of=str)

        found = workspace.bot.perform(TEAM, read, during="job")
        assert (found.seen, found.held_back) == ((), expected)


def test_nothing_of_the_first_attempt_counts(workspace: Workspace) -> None:
    channel_id, user_id = _private_and_reader(workspace)
    seen: list[bool] = []

    def work(uow: UnitOfWork) -> bool:
        number = len(seen)
        people.save(uow.session, TEAM, Person(f"N{number}", "", "UTC", is_member=True), now=uow.now)
        seen.append(may_see(uow, user_id, channel_id))
        return seen[-1]

    assert workspace.bot.perform(TEAM, work, during="job")
    assert seen == [False, True]
    with workspace.bot.reading() as (session, _):
        assert people.find(session, TEAM, "N0") is None
        assert people.find(session, TEAM, "N1") is not None


def test_without_anybody_to_ask_private_channels_stay_closed(bot: Bot) -> None:
    with bot.begin(TEAM, during="event") as uow:
        people.save(uow.session, TEAM, Person("U1", "", "UTC", is_member=True), now=uow.now)
        place = (uow.session, TEAM, "C1", "U1")
        channels.mark_unsynced(uow.session, TEAM, "C1")
        channels.note_member(*place, is_member=True, as_of=uow.now)
    assert not bot.perform(TEAM, lambda uow: may_see(uow, "U1", "C1"), during="job")


def test_t25_figures_about_fewer_than_five_people_are_none() -> None:
    assert not may_count(["U1", "U2", "U3", "U4", "U4", "U1"])
    assert figure(["U1", "U2", "U3", "U4"], 17) is None
    assert figure([f"U{number}" for number in range(5)], 17) == 17


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, "1 line is held back: I could not check just now that you may see it."),
        (2, "2 lines are held back: I could not check just now that you may see them."),
    ],
)
def test_the_reader_is_told_how_much_is_held_back(count: int, said: str) -> None:
    assert said == held_back(count)
