"""Plays the scenes in the order of the clock and notes what did not happen as it should."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from threading import Event
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.clock import monotonic
from bot.core.scenes import (
    AppSays,
    FillsIn,
    Moment,
    NeverSees,
    OpensHome,
    Picks,
    Presses,
    Reacts,
    Says,
    Scene,
    Sees,
    Step,
    Types,
    UsesShortcut,
    Where,
)
from bot.playground.client import LocalSlackClient, NoAnswer, NotPossible
from bot.playground.demo import STORY
from bot.playground.world import Json

PATIENCE: Final = 15.0
LESS_PATIENCE: Final = 2.0  # in a scene where something already did not happen
QUIET: Final = 0.5  # seconds without a call: the app has taken in where it is


@dataclass(frozen=True, slots=True)
class Check:
    """Something that had to happen; `why` is empty if it did."""

    scene: str
    told: str
    why: str = ""


@dataclass(slots=True)
class Take:
    """How far a scene has come; it ends with the first thing that was not possible."""

    scene: Scene
    labels: dict[str, tuple[str, str]] = field(default_factory=dict)
    failure: str = ""
    disappointed: bool = False
    has_retried: bool = False


class Player:
    """Plays scenes; `tell` is called after each moment, to show what happened in it."""

    def __init__(
        self,
        slack: LocalSlackClient,
        scenes: Mapping[str, Scene],
        first_day: date,
        *,
        tell: Callable[[], None] = lambda: None,
        rest: Callable[[], None] = lambda: None,
        patience: float = PATIENCE,
        lull: float = 0.0,
    ) -> None:
        """`rest` is called before the clock moves on: there are hours between two moments.

        A moment in which nobody does anything lasts `lull` seconds.
        """
        self._slack, self._first_day = slack, first_day
        self._tell, self._rest, self._patience = tell, rest, patience
        self._lull = lull
        self._takes = [Take(scene) for scene in scenes.values()]
        self._zones = {each["name"]: each["tz"] for each in slack.see("Tom")["people"]}

    def play(self) -> list[Check]:
        """Plays the whole day; returns everything that had to happen, and what did not."""
        self._slack.connected()
        self._slack.settled(quiet=QUIET)
        for moment, take in self._in_order():
            self._slack.settled()
            self._rest()
            self._slack.move_to(self._instant(moment))
            for step in moment.steps:
                self._try(take, step)
            if not moment.steps:
                Event().wait(self._lull)
            self._tell()
        self._slack.settled(quiet=QUIET)
        return [*self._checks(), *self._missing_scenes(), *self._doubles()]

    def _in_order(self) -> list[tuple[Moment, Take]]:
        moments = [(moment, take) for take in self._takes for moment in take.scene.moments]
        return sorted(moments, key=lambda each: self._instant(each[0]))

    def _instant(self, moment: Moment) -> datetime:
        day = self._first_day + timedelta(days=moment.day)
        zone = ZoneInfo(self._zones[moment.person])
        return datetime.combine(day, time.fromisoformat(moment.clock), zone)

    def _try(self, take: Take, step: Step) -> None:
        if take.failure:
            return
        deadline = monotonic() + self._patience_in(take)
        while True:
            known = len(self._slack.journal())
            try:
                self._do(take, step)
            except NotPossible as impossible:  # what it takes may be on its way to them
                left = deadline - monotonic()
                if left <= 0 or not self._slack.journal(known, wait=left):
                    take.failure = str(impossible)
                    return
            except NoAnswer as silence:  # they were told so, and try again as anybody would
                if monotonic() > deadline:
                    take.failure = str(silence)
                    return
                take.has_retried = True
                self._slack.connected()
            else:
                return

    def _patience_in(self, take: Take) -> float:
        return min(self._patience, LESS_PATIENCE) if take.disappointed else self._patience

    def _do(self, take: Take, step: Step) -> None:
        match step:
            case Says(person, channel, text, label, reply_to):
                root = take.labels[reply_to][1] if reply_to else None
                ts = self._slack.person(person).says(channel, text, reply_to=root)
                take.labels[label] = (channel, ts)
            case AppSays(app, channel, text):
                self._slack.app_says(app, channel, text)
            case Reacts(person, label, emoji):
                self._slack.person(person).reacts(*take.labels[label], emoji)
            case Picks(person, label, entry):
                self._slack.person(person).picks(entry, *take.labels[label])
            case Sees():
                self._await(take, step)
            case NeverSees():
                pass  # checked at the end of the day
            case _:
                self._use(step)

    def _use(self, step: Types | UsesShortcut | FillsIn | Presses | OpensHome) -> None:
        person = self._slack.person(step.person)
        match step:
            case Types(_, channel, command):
                person.types(channel, command)
            case UsesShortcut(_, entry):
                person.uses_global_shortcut(entry)
            case FillsIn(_, fields):
                person.fills_in(fields)
            case Presses(_, button):
                person.presses(button)
            case OpensHome():
                person.opens_home()

    def _await(self, take: Take, step: Sees) -> None:
        wanted = self._matcher(step)
        if self._slack.wait_for(wanted, seconds=self._patience_in(take)) is None:
            take.disappointed = True

    def _matcher(self, step: Sees | NeverSees) -> Callable[[Json], bool]:
        people = {each["name"]: each["id"] for each in self._slack.see("Tom")["people"]}
        person = people[step.person]

        def matches(entry: Json) -> bool:
            is_there = not isinstance(step, Sees) or _is_at(entry, step.where)
            is_shown = person in entry["audience"] and step.text in entry["text"]
            return bool(is_there and is_shown)

        return matches

    def _checks(self) -> Iterable[Check]:
        entries = self._slack.journal()
        for moment, take in self._in_order():
            for step in moment.steps:
                if isinstance(step, Sees | NeverSees):
                    found = list(filter(self._matcher(step), entries))
                    why = self._verdict(step, found, take)
                    yield Check(take.scene.name, step.told, why)

    def _verdict(self, step: Sees | NeverSees, found: list[Json], take: Take) -> str:
        if isinstance(step, NeverSees):
            return f"{step.person} saw “{step.text}”" if found else ""
        if not found:
            return take.failure or f"{step.person} did not see “{step.text}” {step.where}"
        if step.where is Where.HOME:  # it is drawn again whenever something on it changes
            found = found[:1]
        if step.where is Where.CHANGED:  # drawn again, it looks the same
            found = list({entry["text"]: entry for entry in found}.values())
        may_repeat = take.has_retried and step.where in {Where.FORM, Where.ALONE}
        if len(found) > 1 and not may_repeat:
            return f"{step.person} saw it {len(found)} times"
        if step.between is None:
            return ""
        zone = ZoneInfo(self._zones[step.person])
        seen = datetime.fromisoformat(found[0]["at"]).astimezone(zone)
        earliest, latest = (time.fromisoformat(each) for each in step.between)
        if earliest <= seen.time() <= latest:
            return ""
        return f"{step.person} saw it at {seen:%H:%M}, not between {earliest} and {latest}"

    def _missing_scenes(self) -> Iterable[Check]:
        played = {take.scene.name for take in self._takes}
        for name, promise in STORY.items():
            if name not in played:
                yield Check(name, promise, "no feature plays this scene")

    def _doubles(self) -> Iterable[Check]:
        entries = self._slack.journal()
        marks = Counter(entry["mark"] for entry in entries if entry["kind"] == "message")
        doubled = [mark for mark, times in marks.items() if mark and times > 1]
        yield Check("house", "Nothing was posted twice", f"{len(doubled)} were" if doubled else "")


def _is_at(entry: Json, where: Where) -> bool:
    kind, channel = str(entry["kind"]), str(entry["channel"])
    is_message, is_direct = kind == "message", channel.startswith("D")
    is_reply = entry["thread_ts"] not in (None, entry["ts"])
    return {
        Where.ALONE: kind == "ephemeral",
        Where.FORM: kind == "view",
        Where.HOME: kind == "home",
        Where.DIRECT: is_message and is_direct,
        Where.CHANGED: kind == "edit",
        Where.THREAD: is_message and is_reply,
        Where.CHANNEL: is_message and not is_reply and not is_direct,
    }[where]
