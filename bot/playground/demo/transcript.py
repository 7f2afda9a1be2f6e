"""The day as a story, made from the local Slack's own journal: who saw what, where, and when."""

import textwrap
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.playground.client import LocalSlackClient
from bot.playground.demo.player import Check
from bot.playground.world import Json

WIDTH: Final = 100
QUOTED: Final = 44


class Transcript:
    """Prints what is new in the journal each time it is told to."""

    def __init__(self, slack: LocalSlackClient, write: Callable[[str], None]) -> None:
        self._slack, self._write = slack, write
        seen = slack.see("Tom")
        self._app: str = seen["app"]["user"]
        self._people = {each["id"]: each for each in seen["people"]}
        self._team = [each for each in seen["people"] if _is_on_the_team(each)]
        self._entries_read = 0
        self._minute = ""
        self._said: dict[str, str] = {}
        self._looking: set[str] = set()
        self._with_home: set[str] = set()

    def tell(self) -> None:
        """Prints what happened since the last time."""
        entries = self._slack.journal(self._entries_read)
        self._entries_read += len(entries)
        for entry in entries:
            lines = self._lines(entry)
            if lines:
                self._heading(entry)
                for line in lines:
                    self._write(line)
        self._looking -= self._with_home

    def verdict(self, checks: Sequence[Check], seconds: float) -> None:
        """Prints what had to happen, and whether it did."""
        self._write("\n── What had to happen ──")
        for check in checks:
            self._write(f"  {'✗' if check.why else '✓'} {check.told}")
            if check.why:
                self._write(f"      did not happen ({check.scene}): {check.why}")
        failed = sum(bool(check.why) for check in checks)
        zones = len({person["tz"] for person in self._team})
        if failed:
            self._write(f"\n{failed} of {len(checks)} things did not happen.")
        else:
            self._write(f"\nAll of it happened, over {zones} time zones, in {seconds:.1f} s.")

    def _heading(self, entry: Json) -> None:
        at = datetime.fromisoformat(entry["at"])
        first = self._person_in(entry)
        minute = f"{at:%Y-%m-%d %H:%M}{first['id']}"
        if minute == self._minute:
            return
        self._minute = minute
        local = at.astimezone(ZoneInfo(first["tz"]))
        others = {p["tz"]: p for p in self._team if p["tz"] != first["tz"]}.values()
        clocks = " · ".join(_clock(at.astimezone(ZoneInfo(p["tz"])), local, p) for p in others)
        self._write(f"\n── {local:%A} {local.day} {local:%B, %H:%M} {_city(first)} ──  ({clocks})")

    def _person_in(self, entry: Json) -> Json:
        """Whose time tells most: whoever did it, or whoever the app did it for."""
        concerned = [entry["actor"], *entry["audience"]]
        people = [each for each in concerned if each != self._app and each in self._people]
        is_plain = entry["actor"] != self._app or len(people) == 1
        person: Json = self._people[people[0]] if is_plain else self._team[0]
        return person

    def _lines(self, entry: Json) -> list[str]:
        tell = _TELLERS.get(entry["kind"], Transcript._told)
        return tell(self, entry, self._name(entry["actor"]), entry["text"])

    def _message(self, entry: Json, who: str, text: str) -> list[str]:
        self._said[entry["ts"]] = text
        if entry["channel"].startswith("D"):
            return _block(f"{who} writes to {self._reader(entry)}:", text)
        place, root = self._where(entry), entry["thread_ts"]
        if root and root != entry["ts"]:
            place += f", under “{_short(self._said.get(root, ''))}”"
        return _block(f"{who} in {place}:", text)

    def _edit(self, entry: Json, who: str, text: str) -> list[str]:
        is_own = entry["actor"] == self._app
        return _block(f"{who}'s message becomes:" if is_own else f"{who} edits:", text)

    def _delete(self, _entry: Json, who: str, text: str) -> list[str]:
        return [f"  {who} deletes “{_short(text)}”"]

    def _ephemeral(self, entry: Json, who: str, text: str) -> list[str]:
        return _block(f"{who} shows {self._reader(entry)} alone, in {self._where(entry)}:", text)

    def _reaction(self, entry: Json, who: str, text: str) -> list[str]:
        verb = "puts" if entry["kind"] == "reaction" else "takes back"
        return [f"  {who} {verb} {text} on “{_short(self._said.get(entry['ts'], ''))}”"]

    def _command(self, entry: Json, who: str, text: str) -> list[str]:
        return [f"  {who} types in {self._where(entry)}: {text}"]

    def _shortcut(self, entry: Json, who: str, text: str) -> list[str]:
        if not entry["ts"]:
            return [f"  {who} picks “{text}” from the shortcuts"]
        said = _short(self._said.get(entry["ts"], ""))
        return [f"  {who} picks “{text}” from the menu of “{said}”"]

    def _press(self, _entry: Json, who: str, text: str) -> list[str]:
        return [f"  {who} presses [{text}]"]

    def _submit(self, _entry: Json, who: str, text: str) -> list[str]:
        return _block(f"{who} sends the form off{':' if text else ''}", text)

    def _view(self, entry: Json, _who: str, text: str) -> list[str]:
        return _block(f"A form in front of {self._reader(entry)}:", text)

    def _opening(self, _entry: Json, who: str, _text: str) -> list[str]:
        self._looking.add(who)
        return []

    def _home(self, entry: Json, _who: str, text: str) -> list[str]:
        """A board is told when it is opened, and not whenever it is drawn anew."""
        reader = self._reader(entry)
        self._with_home.add(reader)
        if reader not in self._looking:
            return []
        self._looking.remove(reader)
        return _block(f"{reader}'s App Home:", text)

    def _told(self, entry: Json, who: str, text: str) -> list[str]:
        is_moved = entry["kind"] in {"join", "leave", "account", "group"}
        return [f"  {who} {text}" if is_moved else f"  {self._reader(entry)} is told: {text}"]

    def _reader(self, entry: Json) -> str:
        return str(self._person_in(entry)["name"])

    def _where(self, entry: Json) -> str:
        for channel in self._slack.see("Tom")["channels"]:
            if channel["id"] == entry["channel"] and channel["name"]:
                return f"#{channel['name']}"
        return "a direct message"

    def _name(self, user_id: str) -> str:
        """A person by their id; another app is noted by its name."""
        return str(self._people[user_id]["name"]) if user_id in self._people else user_id


_TELLERS: Final[dict[str, Callable[[Transcript, Json, str, str], list[str]]]] = {
    "message": Transcript._message,
    "edit": Transcript._edit,
    "delete": Transcript._delete,
    "ephemeral": Transcript._ephemeral,
    "reaction": Transcript._reaction,
    "unreaction": Transcript._reaction,
    "command": Transcript._command,
    "shortcut": Transcript._shortcut,
    "press": Transcript._press,
    "submit": Transcript._submit,
    "view": Transcript._view,
    "open": Transcript._opening,
    "home": Transcript._home,
}


def _is_on_the_team(person: Json) -> bool:
    return not (person["is_bot"] or person["is_guest"] or person["deleted"])


def _city(person: Json) -> str:
    return str(person["tz"]).rpartition("/")[2].replace("_", " ").replace("Sao", "São")


def _clock(there: datetime, here: datetime, person: Json) -> str:
    """A time elsewhere, with its weekday if that is another one."""
    day = "" if there.date() == here.date() else f"{there:%a} "
    return f"{day}{there:%H:%M} {_city(person)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED else line[: QUOTED - 1].rstrip() + "…"


def _block(title: str, text: str) -> list[str]:
    lines = [f"  {title}"]
    for line in text.splitlines():
        lines += textwrap.wrap(line, WIDTH - 6, initial_indent="      ", subsequent_indent="      ")
    return lines
