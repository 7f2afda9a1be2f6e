"""Whoever acts in a local Slack with two workspaces: everything is done in both."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.core.clock import monotonic
from bot.playground.choosing import Choice
from bot.playground.client import LocalSlackClient, NoAnswer, NotPossible, Person
from bot.playground.server import LocalSlackServer
from bot.playground.slack import LocalSlack
from bot.playground.world import Channel, Json
from tests.support.marking import marked, unmarked

PATIENCE: Final = 15.0
_TS: Final = re.compile(r"\d{10}\.\d{6}")
_PERMALINK: Final = re.compile(r"http://127\.0\.0\.1:\d+/archives/(\w+)/p(\d{10})(\d{6})")
_SERIAL: Final = re.compile(r"\b([A-Z]{1,2}[a-z]?)\d{9}\b")
_ON_ITS_WAY: Final = "\nOne attempt to reach somebody was on its way already."
_QUOTED: Final = re.compile(r"(“[^”]{24})[^”]*")
_READS: Final = frozenset({"step", "messages", "direct_messages"})
_TYPED: Final = {"post": "text", "edit": "text", "command": "text"}


class MarkedClient(LocalSlackClient):
    """Acts in the second workspace: marks what is typed there, and reads it without the marks."""

    def act(self, person: str, action: str, **given: Any) -> Json:
        """Does something as somebody. Raises NotPossible or NoAnswer."""
        typed = _TYPED.get(action, "")
        if typed in given:
            given |= {typed: marked(given[typed])}
        if "values" in given:
            given |= {"values": _filled_in(Person(self, person).form, given["values"])}
        return super().act(person, action, **given)

    def _post(self, what: str, given: Mapping[str, Any]) -> Json:
        if what == "app" and "text" in given:
            given = {**given, "text": marked(given["text"])}
        return super()._post(what, given)

    def _get(self, what: str, **query: Any) -> Any:
        return unmarked(super()._get(what, **query))


class MarkedPerson(Person):
    """Somebody there, before whom a label that quotes somebody is cut a few letters earlier."""

    def _answers(self, view: Json, fields: Mapping[str, Choice]) -> Json:
        labels = [block["label"]["text"] for block in view["blocks"] if block["type"] == "input"]
        return super()._answers(view, {_alike(each, labels): fields[each] for each in fields})


class TwinClient(LocalSlackClient):
    """Acts in the first workspace, and does the same in the second; what it reads is the first."""

    def __init__(self, server: LocalSlackServer) -> None:
        super().__init__(server.url)
        self._slacks = list(server.workspaces)
        self._known: dict[str, str] = {}
        self.here = LocalSlackClient(server.url)
        second = self._slacks[1].world.team.id
        self.there = MarkedClient(server.url, team=second)
        self.there_unmarked = LocalSlackClient(server.url, team=second)
        self.alone = ""
        """What was done in the first alone, as the ids that it needs are its own."""
        self.uneven = ""
        """What could be done in one of them alone."""

    def __exit__(self, *error: object) -> None:
        for client in (self.here, self.there, self.there_unmarked):
            client.__exit__(*error)
        super().__exit__(*error)

    def person(self, name: str) -> Person:
        """Somebody, and whoever bears their name in the other workspace."""
        return TwinPerson(self, name)

    def act(self, person: str, action: str, **given: Any) -> Json:
        """Does something by ids, which are of the first alone. Raises NotPossible or NoAnswer."""
        self.alone = "act"
        return self.here.act(person, action, **given)

    def app_says(self, app: str, channel: str, text: str, **more: Any) -> str:
        """Another app posts, in both."""
        ts: str = self.both(LocalSlackClient.app_says, (), app, channel, text, **more)
        return ts

    def app_edits(self, channel: str, ts: str, text: str, **more: Any) -> None:
        """Another app changes a message of its own, in both."""
        self.both(LocalSlackClient.app_edits, (), channel, ts, text, **more)

    def app_deletes(self, channel: str, ts: str) -> None:
        """Another app deletes a message of its own, in both."""
        self.both(LocalSlackClient.app_deletes, (), channel, ts)

    def wait_for(
        self, wanted: Callable[[Json], bool], *, start: int = 0, seconds: float = PATIENCE
    ) -> Json | None:
        """The first entry that is wanted in the first, once the second has one of the kind, too."""
        found = super().wait_for(wanted, start=start, seconds=seconds)
        if found is not None and start == 0:  # where somebody counted, they counted the first's
            self.there.wait_for(wanted, seconds=seconds)
        return found

    def faults(self, **wanted: Any) -> None:
        """Sets what goes wrong from now on, in both."""
        self.both(LocalSlackClient.faults, (), **wanted)

    def both(
        self, verb: Callable[..., Any], whose: tuple[str, ...], *told: Any, **more: Any
    ) -> Any:
        """Does something in the first workspace, then in the second; returns what the first gave.

        `whose`: the name of the person whose verb it is, if it is one's. Raises what the first did.
        """
        here = Person(self.here, *whose) if whose else self.here
        there = MarkedPerson(self.there, *whose) if whose else self.there
        told_there, more_there = self._theirs(list(told)), self._theirs(more)
        refusal, given = None, None
        try:
            given = verb(here, *told, **more)
        except (NotPossible, NoAnswer) as error:
            refusal = error
        given_there = self._there(lambda: verb(there, *told_there, **more_there), refusal)
        if refusal is not None:
            raise refusal
        if isinstance(given, str) and isinstance(given_there, str):
            self._known[given] = given_there
        return given

    def _there(self, do: Callable[[], Any], refusal: Exception | None) -> Any:
        """Does it in the second workspace, where the bot may be behind a little."""
        deadline = monotonic() + PATIENCE
        while True:
            try:
                return do()
            except NoAnswer as error:
                if not isinstance(refusal, NoAnswer):
                    self.uneven = self.uneven or f"there: {error}"
                return None
            except NotPossible as error:
                if refusal is not None:
                    return None
                if monotonic() > deadline:
                    self.uneven = self.uneven or f"there: {error}"
                    return None
                seen = len(self.there.journal())
                self.there.wait_for(lambda _entry: True, start=seen, seconds=1)

    def _theirs(self, value: Any) -> Any:
        """What is said of the first workspace as it is said of the second."""
        if isinstance(value, str):
            return self._their_text(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self._theirs(each) for each in value)
        if isinstance(value, dict):
            return {name: self._theirs(each) for name, each in value.items()}
        return value

    def _their_text(self, text: str) -> str:
        if text in self._known:
            return self._known[text]
        if _TS.fullmatch(text):
            return self._their_ts(text)
        if text in self._slacks[0].world.channels:
            return self._their_channel(text)
        return _PERMALINK.sub(self._their_link, text)

    def _their_link(self, link: re.Match[str]) -> str:
        ts = self._their_ts(f"{link[2]}.{link[3]}").replace(".", "")
        return f"{self._slacks[1].url}archives/{self._their_channel(link[1])}/p{ts}"

    def _their_channel(self, ident: str) -> str:
        here, there = (slack.world for slack in self._slacks)
        channel = here.channels.get(ident)
        if channel is None:
            return ident
        found = there.direct(*channel.members) if "im" in channel.kind else None
        if channel.name and "im" not in channel.kind:
            found = there.channel_called(channel.name)
        return found.id if found else ident

    def _their_ts(self, ts: str) -> str:
        here, there = self._slacks
        for channel in list(here.world.channels.values()):
            shown = list(_shown_in(here, channel))
            if any(ts == each[0] for each in shown):
                other = there.world.channels.get(self._their_channel(channel.id), channel)
                return _counterpart(ts, shown, list(_shown_in(there, other)))
        return ts


class TwinPerson(Person):
    """Somebody who does everything in both workspaces."""


def _mirrored(verb: Callable[..., Any]) -> Callable[..., Any]:
    def do(self: TwinPerson, *told: Any, **more: Any) -> Any:
        assert isinstance(self.slack, TwinClient)
        return self.slack.both(verb, (self.name,), *told, **more)

    return do


for _name, _verb in vars(Person).items():
    if callable(_verb) and not _name.startswith("_") and _name not in _READS:
        setattr(TwinPerson, _name, _mirrored(_verb))


def plain(text: str, slack: LocalSlack) -> str:
    """A text without what differs between twins: marks, addresses, ids, and instants of posts.

    What is quoted is cut a few letters earlier there, so of that only the beginning. Whether a call
    was on its way when somebody said that they are on it is a matter of milliseconds.
    """
    text = unmarked(text).replace(slack.url, "https://x/").replace(_ON_ITS_WAY, "")
    text = _QUOTED.sub(r"\1", text)
    return _SERIAL.sub(r"\1#", _TS.sub("#", re.sub(r"/p\d{16}", "/p#", text)))


def _shown_in(slack: LocalSlack, channel: Channel) -> Iterator[tuple[str, str, str]]:
    """What stands in a channel, the oldest first: ts, whose it is, and its text."""
    said = [(each.ts, each.user, each.text) for each in channel.messages.values()]
    whispers = (each for each in slack.world.ephemerals if each.channel == channel.id)
    said += [(each.ts, f"to {each.user}", each.text) for each in whispers]
    return ((ts, whose, plain(text, slack)) for ts, whose, text in sorted(said))


def _counterpart(
    ts: str, here: list[tuple[str, str, str]], there: list[tuple[str, str, str]]
) -> str:
    """Which message of the second workspace is what this one is in the first."""
    ((_, user, text),) = [each for each in here if each[0] == ts]
    for same in ([user, text], [user]):
        mine = [each[0] for each in here if list(each[1 : 1 + len(same)]) == same]
        theirs = [each[0] for each in there if list(each[1 : 1 + len(same)]) == same]
        if len(theirs) == len(mine):
            return theirs[mine.index(ts)]
    return ts


def _alike(label: str, labels: Sequence[str]) -> str:
    """What a field is called there: the same, or the same up to what is quoted."""
    said, quoted, _ = label.partition("“")
    if label in labels or not quoted:
        return label
    return next((each for each in labels if each.startswith(f"{said}{quoted}")), label)


def _filled_in(form: Json | None, values: Json) -> Json:
    """The fields of a form with the sentences there marked, and what was chosen as it is."""
    chosen = set(_options(form))

    def typed(value: Any) -> bool:
        return isinstance(value, str) and " " in value and value not in chosen

    return {block: marked(value) if typed(value) else value for block, value in values.items()}


def _options(part: Any) -> Iterator[str]:
    """The value of each option that a form offers."""
    if isinstance(part, dict):
        yield from (each["value"] for each in part.get("options", ()))
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _options(each)
