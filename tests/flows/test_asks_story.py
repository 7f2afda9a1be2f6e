"""One story of asks, from Berlin to San Francisco, while events arrive twice and in any order."""

from datetime import UTC, datetime
from typing import Final

import pytest

from bot.playground.client import Person
from bot.playground.world import Json
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "digest", "home")

LOGO: Final = "@Sam which of the two logos do we ship? I would take the blue one."
POOL: Final = "@Priya can you raise the pool size to 20?"
SAMS_MORNING: Final = datetime(2026, 10, 6, 16, 0, tzinfo=UTC)  # 09:00 in Los Angeles
SAMS_NEXT_MORNING: Final = datetime(2026, 10, 7, 16, 0, tzinfo=UTC)


def listed(person: Person, town: Town) -> str:
    """What `/ask list` shows somebody."""
    town.settle()
    person.types("#infra", "/ask list")
    return town.whispers_to(person)[-1]


def dm(person: Person, town: Town) -> str:
    """Somebody's conversation with Baton."""
    return person.direct_with(town.slack.see(person.name)["app"]["user"])


def told(person: Person, town: Town, words: str) -> list[str]:
    """What Baton wrote to somebody directly that has these words in it."""
    return [text for text in town.writes_to(person) if words in text]


def thread(person: Person, channel: str, ts: str) -> list[Json]:
    """The replies under a message."""
    found = person.messages(channel)
    return [each for each in found if each.get("thread_ts") == ts and each["ts"] != ts]


def answers_several(person: Person, *words: str) -> None:
    """Fills in the fields of the open form in order, from the top."""
    form = person.form
    assert form is not None
    fields = [block["block_id"] for block in form["blocks"] if block["type"] == "input"]
    values = dict(zip(fields, words, strict=False))
    person.slack.act(person.name, "submit", view=form["id"], values=values)


def test_asked_in_berlin_and_answered_from_the_digest_in_san_francisco(lively: Town) -> None:
    ts = lively.tom.says("#web-relaunch", LOGO)  # 01:00 where Sam is
    lively.tom.types("#general", "/ask @Sam is the font licensed?")
    lively.advance(minutes=30)
    lively.tom.says("#web-relaunch", "@Sam any update?")
    note = lively.whispers_to(lively.tom)[-1]
    assert "until Wed 7 Oct, 09:00 in their day, which is Wed 7 Oct, 18:00 in yours" in note
    assert listed(lively.sam, lively).count("which of the two logos") == 1
    assert "any update" not in listed(lively.sam, lively)
    assert lively.writes_to(lively.sam) == [], "Sam sleeps"

    lively.move_to(SAMS_MORNING)
    [digest] = told(lively.sam, lively, "Good morning, Sam")
    assert "@Tom in #web-relaunch, due Wed, Oct 7, 9:00 AM: “@Sam which of the two logos" in digest
    lively.sam.says("#web-relaunch", "The blue one.", reply_to=ts)
    [asked] = [each for each in lively.sam.direct_messages() if "asks you" in each["text"]]
    lively.sam.says(dm(lively.sam, lively), "It is, for the web.", reply_to=asked["ts"])
    assert "Nothing is waiting on you" in listed(lively.sam, lively)
    lively.move_to(datetime(2026, 10, 7, 7, 5, tzinfo=UTC))  # 09:05 in Berlin
    [morning] = told(lively.tom, lively, "Settled for you")
    assert "Your question, settled by @Sam: “@Sam which of the two logos" in morning
    assert "is the font licensed?" in "".join(lively.writes_to(lively.tom))
    assert "You are not waiting for anybody" in listed(lively.tom, lively)
    lively.move_to(SAMS_NEXT_MORNING)
    assert told(lively.sam, lively, "still waiting") == []


def test_overdue_it_is_delegated_returned_and_at_last_escalated(lively: Town) -> None:
    ts = lively.tom.says("#infra", POOL)  # 13:30 where Priya is
    lively.move_to(datetime(2026, 10, 7, 7, 59, tzinfo=UTC))
    assert told(lively.priya, lively, "still waiting") == []
    lively.tom.types("#infra", "/ask list")
    lively.tom.picks_option("raise the pool size", "Ask somebody else, too…")
    assert "It is not due yet" in lively.whispers_to(lively.tom)[-1]

    lively.move_to(datetime(2026, 10, 7, 8, 1, tzinfo=UTC))
    [late] = told(lively.priya, lively, "still waiting")
    assert "8 h 1 min of your working time ago" in late
    for label in ("Open the thread", "On it", "Delegate", "Decline", "Snooze"):
        assert f"[{label}]" in late
    lively.priya.presses("Delegate")
    lively.priya.fills_in({"Who can answer it?": "Ivo", "What should they know?": "It is slow."})
    [passed] = told(lively.slack.person("Ivo"), lively, "passed a question of @Tom's")
    assert "They add: It is slow." in passed
    assert "Nothing is waiting on you" in listed(lively.priya, lively)
    assert "raise the pool size" in listed(lively.tom, lively)

    lively.slack.person("Ivo").presses("Return it")
    [back] = told(lively.priya, lively, "came back to you")
    assert "due Thu 8 Oct, 13:3" in back, "with a clock of its own"
    lively.move_to(datetime(2026, 10, 8, 8, 5, tzinfo=UTC))
    assert len(told(lively.priya, lively, "still waiting")) == 2
    lively.tom.types("#infra", "/ask list")
    lively.tom.picks_option("raise the pool size", "Ask somebody else, too…")
    lively.tom.fills_in({"Whom?": "Somebody I name below", "A stand-in, or several people": "Noor"})
    [pressed] = told(lively.slack.person("Noor"), lively, "could not reach @Priya and asks you")
    assert "raise the pool size" in pressed
    lively.slack.person("Noor").says("#infra", "Raised to 20.", reply_to=ts)
    lively.settle()
    for person in (lively.priya, lively.slack.person("Noor")):
        assert "Nothing is waiting on you" in listed(person, lively)
    assert "You are not waiting for anybody" in listed(lively.tom, lively)
    assert lively.posts_in("#infra") == [], "nothing was said in public about anybody being late"


def test_it_goes_ahead_when_nobody_answers_by_then(lively: Town) -> None:
    lively.tom.uses_global_shortcut("Ask async")
    lively.tom.fills_in(
        {
            "Whom do you ask?": "Priya",
            "What do you ask?": "Do we keep the old pump?",
            "By when?": "today 1 pm",
            "If nobody answers by then, I will …": "switch it off",
            "Where?": "#infra",
        }
    )
    lively.move_to(datetime(2026, 10, 6, 10, 59, tzinfo=UTC))
    assert told(lively.tom, lively, "go ahead") == []
    lively.move_to(datetime(2026, 10, 6, 11, 1, tzinfo=UTC))  # 16:31 in Kolkata
    assert len(told(lively.tom, lively, "so go ahead in #infra: switch it off")) == 1
    assert len(told(lively.priya, lively, "goes ahead in #infra: switch it off")) == 1
    assert "went ahead" in lively.posts_in("#infra")[0]["text"]
    assert "Nothing is waiting on you" in listed(lively.priya, lively)
    lively.advance(days=3)
    assert told(lively.priya, lively, "still waiting") == []


def test_a_deleted_question_is_taken_back(lively: Town) -> None:
    ts = lively.tom.says("#infra", POOL)
    lively.tom.deletes("#infra", ts)
    assert "Nothing is waiting on you" in listed(lively.priya, lively)
    assert "You are not waiting for anybody" in listed(lively.tom, lively)
    lively.move_to(datetime(2026, 10, 7, 8, 1, tzinfo=UTC))
    assert told(lively.priya, lively, "still waiting") == []


def test_one_form_answers_several_each_in_its_own_thread(lively: Town) -> None:
    pool = lively.tom.says("#infra", POOL)
    logo = lively.mei.says("#web-relaunch", "@Priya which logo do we ship by Thursday noon?")
    lively.settle()
    lively.tom.types("#general", "/ask @Priya is the copy final? by Friday noon")
    lively.settle()
    assert "Waiting on you (3)" in listed(lively.priya, lively)
    lively.priya.presses("Answer several…")
    answers_several(lively.priya, "Raised to 20.", "The blue one.")
    assert "2 answers are on the way" in lively.forms_of(lively.priya)[-1]
    for channel, ts, words in (
        ("#infra", pool, "Raised to 20."),
        ("#web-relaunch", logo, "The blue one."),
    ):
        [reply] = thread(lively.tom, channel, ts)
        assert "answers:*" in reply["text"]
        assert words in reply["text"]
    assert "Waiting on you (1)" in listed(lively.priya, lively)
    assert "is the copy final?" in listed(lively.priya, lively)
