"""Stand-ups in writing: everybody at their own time, one thread a day, a page about the week."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.agreement.setting import channel_scope, person_scope
from bot.playground.client import Person
from tests.support.town import Town

INFRA = "C0INFRA00"
DAY = timedelta(days=1)
MEI = datetime(2026, 10, 7, 0, 30, tzinfo=UTC)
"""Wednesday 09:30 in Tokyo; the next are the same elsewhere."""
PRIYA = MEI.replace(hour=4, minute=0)
BERLIN = MEI.replace(hour=7)
ANA = MEI.replace(hour=12)
SAM = MEI.replace(hour=16)
OVER = MEI.replace(hour=19, minute=31)
"""Sam had three hours, and nobody comes after him."""
NOON = datetime(2026, 10, 6, 12, 0, tzinfo=UTC)
"""Tuesday: Wednesday has begun where it begins first."""


def _asked(town: Town, person: Person) -> list[str]:
    return [each for each in town.writes_to(person) if each.startswith("Stand-up of")]


def _thread(town: Town) -> list[dict[str, Any]]:
    """The root, then what stands under it."""
    found = town.posts_in("#infra")
    roots = [each for each in found if "*Stand-up of" in each["text"]]
    assert len(roots) <= 1, "one thread, whatever happens"
    ids = {each["ts"] for each in roots}
    return [*roots, *(each for each in found if each.get("thread_ts") in ids - {each["ts"]})]


def _summary(town: Town) -> str:
    told = [each["text"] for each in _thread(town) if "in short*" in each["text"]]
    assert len(told) <= 1
    return str(told[0]) if told else ""


def _writes(town: Town, person: Person, **fields: str) -> None:
    labels = {"done": "Done since last time", "then": "Next", "blocked": "Blocked by"}
    labels |= {"who": "Who can help with that", "watch": "Watch out for"}
    person.presses("Write it")
    person.fills_in({labels.get(name, name): words for name, words in fields.items()})
    town.settle()


def _labels(person: Person) -> list[str]:
    """What the open form asks for; nothing if none is open."""
    blocks = person.form["blocks"] if person.form else []
    return [each["label"]["text"] for each in blocks if "label" in each]


def _on(town: Town, at: str = "09:30") -> None:
    town.nobody_is_new()
    town.sets("standup.at", at, channel_scope(INFRA))
    town.move_to(NOON)


def test_a_day_over_the_zones_with_a_late_one_and_a_skipped_one(lively: Town) -> None:
    _on(lively)
    lively.move_to(MEI - timedelta(minutes=1))
    assert _asked(lively, lively.mei) == []
    lively.move_to(MEI)
    (asked,) = _asked(lively, lively.mei)
    assert "Wed 7 Oct" in asked
    assert _asked(lively, lively.priya) == []
    assert _thread(lively) == [], "no thread before anybody wrote"
    _writes(lively, lively.mei, done="Fixed the pump", then="Paint the tank\nOrder valves")
    lively.move_to(PRIYA)
    lively.priya.presses("Skip today")
    lively.priya.presses("Undo")
    lively.priya.presses("Skip today")
    lively.move_to(BERLIN)
    lively.advance(hours=3, minutes=1)
    _writes(lively, lively.tom, done="Read the logs", blocked="The key of the tank", who="Ana")
    lively.move_to(ANA)
    lively.move_to(SAM)
    lively.move_to(OVER - timedelta(minutes=2))
    assert _summary(lively) == ""
    lively.move_to(OVER)
    told = _summary(lively)
    assert "Fixed the pump" in told.split("*What is promised*")[0]
    assert "Paint the tank" in told
    assert "Order valves" in told
    assert "The key of the tank" in told.split("*What blocks*")[1]
    root, mei, tom, _summed = _thread(lively)
    assert "late" not in mei["text"]
    assert "late, and just as welcome" in tom["text"]
    assert "waits for Ana" in tom["text"]
    links = re.findall(r"archives/C0INFRA00/p(\d+)\?thread_ts=([\d.]+)", told)
    stands = {each["ts"].replace(".", "") for each in (mei, tom)}
    assert {ts for ts, _ in links} == stands, "each line leads to what was written"
    assert {thread for _, thread in links} == {root["ts"]}
    for each in _thread(lively):
        for silent in ("Priya", "U0PRIYA00", "Sam", "U0SAM0000", "missing", "skipped"):
            assert silent not in each["text"]
    for person in (lively.mei, lively.priya, lively.tom, lively.ana, lively.sam):
        assert len([each for each in _asked(lively, person) if "Wed 7 Oct" in each]) == 1
    _writes(lively, lively.sam, done="Cleaned the filter")
    assert "Cleaned the filter" in _summary(lively), "what comes late is summed up, too"
    assert "Fixed the pump" in _summary(lively)


def test_who_writes_twice_changes_what_stands_there(lively: Town) -> None:
    _on(lively)
    lively.move_to(BERLIN)
    _writes(lively, lively.tom, done="Red the logs", then="Paint the tank\nOrder valves")
    lively.tom.presses("Change it")
    lively.tom.fills_in({"Done since last time": "Read the logs", "Next": "Order valves"})
    lively.settle()
    _root, mine = _thread(lively)
    assert "Read the logs" in mine["text"]
    assert "Red the logs" not in mine["text"]
    assert "Paint the tank" not in mine["text"]
    lively.move_to(OVER)
    assert "Red the logs" not in _summary(lively)
    lively.move_to(BERLIN + DAY)
    lively.tom.presses("Write it")
    labels = _labels(lively.tom)
    assert labels[:2] == ["Order valves", "Done since last time"]


def test_what_was_promised_is_delivered_still_open_or_not_needed(lively: Town) -> None:
    _on(lively)
    lively.move_to(BERLIN)
    _writes(lively, lively.tom, then="Paint the tank\nOrder valves\nCall the port")
    lively.move_to(BERLIN + DAY)
    fates = {"Paint the tank": "Delivered", "Call the port": "Not needed any more"}
    _writes(lively, lively.tom, **fates)
    newest = lively.posts_in("#infra")[-1]["text"]
    assert "*Done*\n• Paint the tank" in newest
    assert "Call the port" not in newest
    lively.move_to(BERLIN + 2 * DAY)
    lively.tom.presses("Write it")
    labels = _labels(lively.tom)
    assert labels[:2] == ["Order valves", "Done since last time"]
    lively.tom.closes_form()
    lively.tom.types("#infra", "/handoff standup week")
    told = lively.whispers_to(lively.tom)[-1]
    assert "3 promised, 1 delivered, 0 blocked" in told
    assert "Tom" not in told
    assert "<@" not in told
    lively.move_to(datetime(2026, 10, 11, 23, 59, tzinfo=UTC))
    assert not [each for each in lively.posts_in("#infra") if "delivered · " in each["text"]]
    lively.move_to(datetime(2026, 10, 12, 4, 1, tzinfo=UTC))
    (page,) = [e["text"] for e in lively.posts_in("#infra") if "3 promised" in e["text"]]
    assert "Mon 5 Oct to Fri 9 Oct" in page
    for title, line in (
        ("*Delivered*", "Paint the tank"),
        ("*Still on it*", "Order valves"),
        ("*Not needed any more*", "Call the port"),
    ):
        assert line in page.split(title)[1].split("\n")[1]
    assert "<@" not in page
    _writes(lively, lively.tom, blocked="The crane")
    lively.move_to(datetime(2026, 10, 13, 4, 1, tzinfo=UTC))
    (page,) = [e["text"] for e in lively.posts_in("#infra") if "3 promised" in e["text"]]
    assert "1 blocked" in page, "what comes late for Friday is told on its page, too"
    assert "The crane" in page


def test_a_day_on_which_nobody_wrote_leaves_nothing_in_the_channel(lively: Town) -> None:
    _on(lively)
    for at in (MEI, PRIYA, BERLIN, ANA, SAM, OVER):
        lively.move_to(at)
    lively.sam.presses("Skip today")
    lively.move_to(OVER + timedelta(hours=2))
    assert lively.posts_in("#infra") == []
    for person in (lively.mei, lively.priya, lively.tom, lively.ana, lively.sam):
        assert len(_asked(lively, person)) == 1


def test_who_leaves_the_channel_is_off_or_away_is_not_asked(lively: Town) -> None:
    _on(lively)
    lively.move_to(MEI)
    lively.tom.removes("Priya", "#infra")
    lively.sets("people.off", "on", person_scope("U0ANA0000"))
    lively.sam.types("#infra", "/baton away 2026-10-07")
    lively.settle()
    for at in (PRIYA, BERLIN, ANA, SAM, OVER):
        lively.move_to(at)
    assert len(_asked(lively, lively.tom)) == 1
    for person in (lively.priya, lively.ana, lively.sam):
        assert _asked(lively, person) == []
    lively.tom.invites("Priya", "#infra")
    lively.move_to(PRIYA + DAY)
    assert len(_asked(lively, lively.priya)) == 1


def test_who_wants_to_be_left_alone_later_is_not_quoted(lively: Town) -> None:
    _on(lively)
    lively.move_to(MEI)
    _writes(lively, lively.mei, done="Fixed the pump")
    lively.move_to(BERLIN)
    _writes(lively, lively.tom, done="Read the logs")
    lively.sets("people.off", "on", person_scope("U0MEI0000"))
    lively.move_to(SAM)
    lively.move_to(OVER)
    assert "Read the logs" in _summary(lively)
    assert "Fixed the pump" not in _summary(lively)


def test_off_during_the_day_asks_nobody_else_and_undo_goes_on(lively: Town) -> None:
    _on(lively)
    lively.move_to(MEI)
    _writes(lively, lively.mei, done="Fixed the pump")
    lively.move_to(PRIYA - timedelta(hours=1))
    lively.tom.types("#infra", "/handoff standup off")
    assert "no stand-up in" in lively.whispers_to(lively.tom)[-1]
    lively.move_to(PRIYA)
    assert _asked(lively, lively.priya) == []
    lively.tom.presses("Undo")
    lively.move_to(BERLIN)
    assert len(_asked(lively, lively.tom)) == 1
    assert len(_asked(lively, lively.mei)) == 1
    lively.tom.types("#infra", "/handoff standup off")
    lively.move_to(OVER)
    assert "Fixed the pump" in _summary(lively), "what was written is summed up all the same"
    assert _asked(lively, lively.sam) == []


def test_not_for_me_holds_until_somebody_takes_part_again(lively: Town) -> None:
    _on(lively)
    lively.move_to(MEI)
    lively.mei.presses("Not for me in #infra")
    for days in (1, 2):
        lively.move_to(NOON + days * DAY)
        lively.move_to(MEI + days * DAY)
    assert len(_asked(lively, lively.mei)) == 1
    lively.mei.types("#infra", "/handoff standup")
    lively.mei.presses("Take part again")
    lively.move_to(datetime(2026, 10, 12, 12, 0, tzinfo=UTC))
    lively.move_to(datetime(2026, 10, 13, 0, 30, tzinfo=UTC))
    assert len(_asked(lively, lively.mei)) == 2


def test_the_command_sets_shows_and_takes_back(lively: Town) -> None:
    lively.tom.types("#infra", "/handoff standup")
    assert "has no stand-up in writing" in lively.whispers_to(lively.tom)[-1]
    lively.tom.types("#infra", "/handoff standup 09:15 Mon-Thu")
    assert "Mon-Thu at 09:15" in lively.whispers_to(lively.tom)[-1]
    assert "You are asked next on Wed 7 Oct" in lively.whispers_to(lively.tom)[-1]
    lively.mei.types("#infra", "/handoff standup 11:00")
    assert "Only admins" in lively.whispers_to(lively.mei)[-1]
    lively.tom.types("#infra", "/handoff standup 25:00")
    assert "There is no 25:00 on the clock" in lively.whispers_to(lively.tom)[-1]
    lively.tom.types("#infra", "/handoff standup 10:00")
    lively.tom.presses("Undo")
    lively.settle()
    lively.tom.types("#infra", "/handoff standup")
    assert "Mon-Thu at 09:15" in lively.whispers_to(lively.tom)[-1]


def test_a_form_says_what_is_wrong(lively: Town) -> None:
    _on(lively)
    lively.move_to(BERLIN)
    lively.tom.presses("Write it")
    lively.tom.fills_in({})
    assert _labels(lively.tom), "it is still open"
    lively.tom.fills_in({"Who can help with that": "Tom", "Blocked by": "The key"})
    assert _labels(lively.tom), "it is still open"
    lively.tom.fills_in({"Who can help with that": "Ana", "Blocked by": ""})
    assert _labels(lively.tom), "it is still open"
    lively.tom.fills_in({"Who can help with that": "Ana", "Blocked by": "The key"})
    assert not _labels(lively.tom)
    lively.settle()
    assert any("The key" in each["text"] for each in _thread(lively))


def test_a_focus_block_moves_the_question_and_gives_the_same_time(lively: Town) -> None:
    lively.sets("attention.focus", "Mon-Fri 09:00-11:00", person_scope("U0TOM0000"))
    _on(lively)
    lively.move_to(BERLIN)
    assert _asked(lively, lively.tom) == []
    lively.move_to(BERLIN.replace(hour=9, minute=0))
    (asked,) = _asked(lively, lively.tom)
    assert "14:00" in asked


def test_a_move_to_another_zone_asks_once(lively: Town) -> None:
    _on(lively)
    lively.move_to(MEI)
    lively.mei.moves_to("America/Los_Angeles")
    lively.settle()
    lively.tom.moves_to("America/Sao_Paulo")
    lively.settle()
    for at in (BERLIN, ANA, SAM):
        lively.move_to(at)
    for person in (lively.mei, lively.tom):
        assert len(_asked(lively, person)) == 1
