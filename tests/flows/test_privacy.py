"""What is kept of people, from what they say to its being given out, corrected and erased."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.app import metadata
from bot.core import message_store
from bot.core.agreement import changing
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import WORKSPACE
from bot.core.inbox import InboxRow
from bot.core.message_store import MessageRow
from bot.core.queue import State
from bot.core.render import plain
from bot.playground.client import Person
from tests.support.town import Town

pytestmark = pytest.mark.needs("home")

TEAM = "T0TIDELINE"
QUESTION = "@Priya can you look at the pool size? I would set it to 20."
NIGHT_IN_BERLIN = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
WEDNESDAY_13_31_KOLKATA = datetime(2026, 10, 7, 8, 1, tzinfo=UTC)


def test_whoever_asks_is_told_what_is_kept_and_how_long(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton privacy")
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "What I keep of you, and for how long" in told
    assert "the text 30 days" in told
    assert "No model reads what you write" in told
    assert "{" not in told


@pytest.mark.needs("coach", "digest")
def test_without_a_model_nothing_that_is_kept_speaks_of_one(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton privacy")
    told = quiet.whispers_to(quiet.tom)[-1]
    assert "Drafts you had reviewed" in told
    assert "Talk in your channels in short" in told
    assert told.count("model") == 1, "in the sentence that there is none"


@pytest.mark.needs("asks")
def test_the_export_is_complete_and_holds_nobody_elses_words(quiet: Town) -> None:
    said = ["The pump is back.", "`code` & <b> *bold* @here", "x" * 3_000 + "end"]
    for text in said:
        quiet.tom.says("#infra", text)
    other = quiet.mei.says("#infra", "Mei's own secret words.")
    quiet.tom.reacts("#infra", other, "eyes")
    quiet.settle()
    quiet.tom.types("#general", "/baton privacy export")
    data, messages = _exported(quiet, quiet.tom)
    assert said[0] in [record.get("text") for record in data["messages"]]
    assert "xend" in "".join(str(record.get("text", "")) for record in data["messages"])
    assert "eyes" in str(data["messages"])
    assert data["profile"][0]["name"] == "Tom"
    assert "secret" not in str(messages)
    assert len({message.get("thread_ts") for message in messages[1:]}) == 1, "in one thread"


def test_erasing_asks_first_and_leaves_nothing(lively: Town) -> None:
    lively.mei.says("#infra", "canaryword stands here.")
    lively.mei.says("#web-relaunch", "@Tom does the canaryword build pass?")
    lively.settle()
    assert _hits(lively, "canaryword")
    lively.mei.types("#web-relaunch", "/baton privacy erase")
    assert "This cannot be undone" in lively.forms_of(lively.mei)[-1]
    assert _hits(lively, "canaryword"), "nothing happens before it is confirmed"
    lively.mei.fills_in({})
    assert "What stays, and why" in lively.forms_of(lively.mei)[-1]
    assert _hits(lively, "canaryword") == set()
    assert _hits(lively, "U0MEI0000") == set()


def test_an_event_that_comes_again_after_erasing_brings_nothing_back(quiet: Town) -> None:
    ts = quiet.mei.says("#infra", "canaryword stands here.")
    quiet.settle()
    _erase(quiet, quiet.mei)
    quiet.mei.edits("#infra", ts, "canaryword again.")
    quiet.settle()
    assert _hits(quiet, "canaryword") == set()
    quiet.advance(minutes=1)
    quiet.mei.says("#infra", "Something new.")
    quiet.settle()
    assert _hits(quiet, "Something new"), "what is written afterwards is a new matter"


@pytest.mark.needs("digest")
@pytest.mark.parametrize(
    ("what_happens", "shown"),
    [("edits", "“The pump is fixed.”"), ("deletes", "(deleted)"), ("goes_off", "(text not kept)")],
)
def test_a_digest_follows_the_words_it_quotes(what_happens: str, shown: str, quiet: Town) -> None:
    quiet.move_to(NIGHT_IN_BERLIN)
    ts = quiet.mei.says("#infra", "The pump is back.")
    quiet.sam.says("#infra", "Redis is slow.")
    quiet.settle()
    quiet.slack.next_morning("Tom")
    quiet.settle()
    assert "“The pump is back.”" in _direct(quiet.tom)
    match what_happens:
        case "edits":
            quiet.mei.edits("#infra", ts, "The pump is fixed.")
        case "deletes":
            quiet.mei.deletes("#infra", ts)
        case _:
            quiet.mei.types("#general", "/baton off")
    quiet.settle()
    digest = _direct(quiet.tom)
    assert shown in digest
    assert "The pump is back." not in digest
    assert "“Redis is slow.”" in digest, "what others said stays"


@pytest.mark.needs("asks")
def test_a_reminder_follows_the_question_it_quotes(quiet: Town) -> None:
    ts = quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    assert "pool size" in _direct(quiet.priya)
    quiet.tom.edits("#web-relaunch", ts, "@Priya can you look at the disk?")
    quiet.settle()
    assert "> @Priya can you look at the disk?" in _direct(quiet.priya)
    assert "pool size" not in _direct(quiet.priya)


@pytest.mark.needs("asks")
def test_a_reminder_that_was_settled_stays_settled(quiet: Town) -> None:
    ts = quiet.tom.says("#web-relaunch", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    quiet.priya.presses("Done")
    quiet.settle()
    quiet.tom.edits("#web-relaunch", ts, "@Priya can you look at the disk?")
    quiet.settle()
    written = [str(message["text"]) for message in quiet.priya.direct_messages()]
    assert any("Settled" in text for text in written)
    assert not any("is still waiting" in text for text in written)


@pytest.mark.needs("decisions")
def test_erasing_takes_the_quote_off_a_decisions_card(quiet: Town) -> None:
    ts = quiet.mei.says("#infra", "Then let's go with canaryword.")
    quiet.settle()
    quiet.tom.picks("Log a decision", "#infra", ts)
    quiet.tom.fills_in({"Why": "One thing less to run."})
    assert "canaryword" in str(quiet.posts_in("#infra")[0]["blocks"])
    _erase(quiet, quiet.mei)
    card = quiet.posts_in("#infra")[0]
    assert "(erased)" in str(card["blocks"])
    assert "canaryword" not in str(card)
    assert "One thing less to run." in str(card)
    assert _hits(quiet, "canaryword") == set()


@pytest.mark.needs("asks", "digest", "coach", "decisions")
def test_whoever_is_off_is_not_kept_quoted_or_coached(lively: Town) -> None:
    lively.tom.types("#general", "/baton off")
    assert "You are off." in lively.whispers_to(lively.tom)[-1]
    lively.tom.types("#general", "/baton off")
    assert (
        "You are off. `/baton on` has me work for you again." in lively.whispers_to(lively.tom)[-1]
    )
    whispers = len(lively.whispers_to(lively.tom))
    lively.move_to(NIGHT_IN_BERLIN)
    lively.tom.says("#web-relaunch", "Hi @Ana")
    lively.advance(seconds=95)
    ts = lively.tom.says("#web-relaunch", f"canaryword {QUESTION}")
    lively.mei.says("#web-relaunch", "I see it, too.", reply_to=ts)
    lively.settle()
    lively.mei.picks("Log a decision", "#web-relaunch", ts)
    assert "canaryword" not in lively.forms_of(lively.mei)[-1]
    lively.slack.next_morning("Priya")
    lively.settle()
    assert _hits(lively, "canaryword") == set()
    assert "canaryword" not in _direct(lively.priya)
    assert "I see it, too." in _direct(lively.priya)
    assert "Waiting on you" not in _direct(lively.priya)
    assert len(lively.whispers_to(lively.tom)) == whispers


def test_whoever_is_on_again_is_worked_for_again(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton privacy off")
    quiet.tom.types("#general", "/baton on")
    assert "You are on" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.says("#infra", "Back again.")
    quiet.settle()
    assert _hits(quiet, "Back again")


@pytest.mark.needs("asks", "digest")
def test_where_no_text_is_stored_asks_still_open_and_close(lively: Town) -> None:
    _keep_texts(lively, days=0)
    lively.move_to(NIGHT_IN_BERLIN)
    first = lively.tom.says("#web-relaunch", f"canaryword {QUESTION}")
    lively.tom.says("#infra", f"canaryword {QUESTION}")
    lively.settle()
    assert _hits(lively, "canaryword") == set()
    lively.priya.says("#web-relaunch", "Set to 20.", reply_to=first)
    lively.settle()
    lively.slack.next_morning("Priya")
    lively.settle()
    digest = _direct(lively.priya)
    assert digest.count("<@U0TOM0000> in <#C0INFRA00>, due") == 1
    assert "in <#C0WEBSITE>, due" not in digest
    assert "(text not kept)" in digest
    assert "canaryword" not in digest


def test_a_months_texts_go_and_their_marks_stay(quiet: Town) -> None:
    quiet.tom.says("#infra", "canaryword stands here.")
    quiet.advance(days=29)
    assert _hits(quiet, "canaryword")
    quiet.advance(days=2)
    assert _hits(quiet, "canaryword") == set()
    with quiet.app.bot.database.reading() as session:
        rows = session.scalars(select(MessageRow)).all()
    assert [(row.user_id, row.is_kept) for row in rows] == [("U0TOM0000", False)]


@pytest.mark.parametrize("how", ["erased", "off"])
def test_a_dead_letter_is_reached_too(how: str, quiet: Town) -> None:
    body = json.dumps({"event": {"user": "U0MEI0000", "text": "canaryword"}}).encode()
    quiet.mei.says("#infra", "Hello all.")
    quiet.settle()
    with quiet.app.bot.database.transaction() as session:
        session.execute(update(InboxRow).values(state=State.DEAD, body=body))
    assert _hits(quiet, "canaryword")
    if how == "erased":
        _erase(quiet, quiet.mei)
    else:
        quiet.mei.types("#general", "/baton off")
    assert _hits(quiet, "canaryword") == set()


def test_the_home_page_leads_to_what_is_kept(quiet: Town) -> None:
    assert "Privacy:" in quiet.home_of(quiet.tom)
    quiet.tom.presses("What I keep of you")
    assert "Your name, time zone" in quiet.forms_of(quiet.tom)[-1]


def _erase(town: Town, person: Person) -> None:
    person.types("#web-relaunch", "/baton privacy erase")
    person.fills_in({})
    town.settle()


def _keep_texts(town: Town, *, days: int) -> None:
    with town.app.bot.begin(TEAM, during="job") as uow:
        changed = [Change(message_store.RETENTION, WORKSPACE, after=days)]
        changing.change(uow, changed, by="test")


def _direct(person: Person) -> str:
    return "\n".join(str(message["text"]) for message in person.direct_messages())


def _exported(town: Town, person: Person) -> tuple[dict[str, list[Any]], list[Any]]:
    """What the parts of an export hold together, and the messages they came in."""
    town.settle()
    messages = person.direct_messages()
    whole: dict[str, list[Any]] = {}
    for text in (str(message["text"]) for message in messages):
        for block in re.findall(r"```\n(.*?)\n```", text, re.DOTALL):
            for name, records in json.loads(plain(block)).items():
                whole.setdefault(name, []).extend(records)
    return whole, messages


def _hits(town: Town, word: str) -> set[str]:
    """Where in the database a word stands."""
    town.settle()
    with town.app.bot.database.reading() as session:
        return {
            f"{table.name}.{column.name}"
            for table in metadata().sorted_tables
            for row in session.execute(select(table)).mappings()
            for column in table.columns
            if word in str(row[column.name])
        }
