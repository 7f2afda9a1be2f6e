"""Logging a decision by form: from the thread it was made in to the record that rests on it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any, Final

import pytest

from bot.core import keeping
from bot.core.agreement.setting import person_scope
from bot.core.clock import monotonic
from bot.core.db import Base
from bot.core.message_store import MessageRow
from bot.core.quotations import ERASED
from bot.features.decisions.models import (
    DecisionDraftRow,
    DecisionRow,
    DecisionSourceRow,
    DecisionVersionRow,
)
from bot.features.decisions.rules.registry import Fields
from bot.features.decisions.service import capture
from bot.playground import elements
from bot.playground.client import NotPossible, Person
from bot.playground.world import TEAM_ID, Json
from tests.support.town import Town

pytestmark = pytest.mark.needs("decisions")

QUESTION: Final = "Should we use Redis or Postgres for the job queue?"
OBJECTION: Final = "I'm not convinced of Postgres, it locks up under load."
SETTLED: Final = "Let's go with Postgres, because we know it."
AGREED: Final = "ok, fine with me"


def test_the_form_is_filled_in_from_the_thread_and_the_record_rests_on_it(lively: Town) -> None:
    _, settled = _thread(lively)
    lively.ana.picks("Log a decision", "#infra", settled)
    shown = _answers(lively.ana)
    assert shown["title"] == "Let's go with Postgres, because we know it"
    assert shown["context"] == f"Priya: {QUESTION}"
    assert shown["alternatives"] == "Redis"
    assert shown["objections"] == f"Tom: {OBJECTION} (settled by Tom: {AGREED})"
    assert _rows(lively, DecisionRow) == [], "nothing is in the registry before a human says so"
    lively.ana.fills_in({"In full": "Postgres it is.", "Tags": "database, queue"})
    card = lively.posts_in("#infra")[0]
    assert "D-1" in card["text"]
    assert card["thread_ts"] != settled
    sources = {(each.field, each.quote) for each in _rows(lively, DecisionSourceRow)}
    assert ("objections", OBJECTION) in sources
    assert ("text", "") not in sources, "the title says all of it"
    assert len(lively.posts_in("#infra")) == 1


def test_what_the_thread_lacks_is_said_above_the_fields(quiet: Town) -> None:
    root = quiet.priya.says("#infra", QUESTION)
    quiet.tom.says("#infra", OBJECTION, reply_to=root)
    settled = quiet.ana.says("#infra", "Decided: Postgres it is.", reply_to=root)
    quiet.settle()
    quiet.ana.picks("Log a decision", "#infra", settled)
    form = quiet.forms_of(quiet.ana)[-1]
    assert "An objection looks unsettled" in form
    assert "I could not tell who agreed" in form
    assert "I found no reason for it" in form


def test_whoever_wants_to_be_left_alone_stands_in_no_form(quiet: Town) -> None:
    _, settled = _thread(quiet)
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet.tom, quiet)))
    quiet.ana.picks("Log a decision", "#infra", settled)
    assert "Tom" not in str(_answers(quiet.ana))
    assert _answers(quiet.ana)["objections"] in {None, ""}


def test_a_link_to_a_message_opens_the_form_of_its_thread(quiet: Town) -> None:
    _, settled = _thread(quiet)
    quiet.ana.types("#web-relaunch", f"/decision log {_link(quiet, '#infra', settled)}")
    assert _answers(quiet.ana)["alternatives"] == "Redis"
    quiet.ana.fills_in({})
    assert "D-1" in quiet.posts_in("#infra")[0]["text"]


def test_a_link_that_leads_nowhere_or_where_one_may_not_look_gets_the_same_sentence(
    quiet: Town,
) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    ts = quiet.tom.says("#leads", "We hire a second designer.")
    quiet.settle()
    secret = _link(quiet, "#leads", ts, seen_by=quiet.tom)
    for link in (
        secret,
        secret.replace(secret[-6:], "999999"),
        "https://example.com/x",
        secret[:-2],
    ):
        quiet.mei.types("#infra", f"/decision log {link}")
    told = quiet.whispers_to(quiet.mei)
    assert told[0] == told[1] == "I found no such message that you can open."
    assert all("no link to a message here" in each for each in told[2:])
    assert quiet.mei.form is None


def test_without_a_link_the_decision_is_about_the_channel_and_its_card_begins_a_thread(
    quiet: Town,
) -> None:
    quiet.ana.types("#infra", "/decision log We stay on Postgres")
    assert _answers(quiet.ana)["title"] == "We stay on Postgres"
    view = quiet.ana.form
    assert view is not None
    quiet.ana.fills_in({"Why": "We know it."})
    quiet.settle()
    card = quiet.posts_in("#infra")[0]
    assert card.get("thread_ts") in {None, card["ts"]}
    assert _rows(quiet, DecisionRow)[0].root_ts == card["ts"]
    with pytest.raises(NotPossible):
        quiet.slack.act("Ana", "submit", view=view["id"], values={})
    quiet.repeats("interactive")
    assert len(_rows(quiet, DecisionRow)) == 1


def test_in_a_direct_conversation_there_is_nothing_to_log_a_decision_about(quiet: Town) -> None:
    direct = quiet.ana.direct_with("Tom")
    quiet.ana.types(direct, "/decision log We stay on Postgres")
    assert "belongs to a channel" in quiet.whispers_to(quiet.ana)[-1]
    assert quiet.ana.form is None


def test_what_cannot_stay_as_it_is_is_said_under_its_field(quiet: Town) -> None:
    quiet.ana.types("#infra", "/decision log")
    tags = " ".join(f"t{number}" for number in range(11))
    filled = {"Decision": "\u200b", "Look at it again on": "2026-10-05", "Tags": tags}
    quiet.ana.fills_in(filled)
    view = quiet.ana.form
    assert view is not None
    assert set(view["errors"]) == {"title", "review_on", "tags"}
    assert "This day is over" in view["errors"]["review_on"]
    assert "11 tags" in view["errors"]["tags"]
    quiet.ana.fills_in({"Decision": "Yes", "Look at it again on": "2026-10-06", "Tags": "a b"})
    assert len(_rows(quiet, DecisionRow)) == 1


def test_of_two_people_with_the_form_open_the_second_keeps_what_they_typed(quiet: Town) -> None:
    _, settled = _thread(quiet)
    for person in (quiet.ana, quiet.tom):
        person.picks("Log a decision", "#infra", settled)
    quiet.ana.fills_in({"Decision": "Postgres"})
    quiet.tom.fills_in({"Decision": "Postgres for now", "Why": "Mind the load."})
    told = quiet.forms_of(quiet.tom)[-1]
    assert "This thread was logged as D-1 meanwhile: Postgres" in told
    assert "Postgres for now" in told
    assert "Mind the load." in told
    assert "[Amend]" in told
    assert len(_rows(quiet, DecisionRow)) == 1
    quiet.priya.picks("Log a decision", "#infra", settled)
    assert "[Amend]" in quiet.whispers_to(quiet.priya)[-1]


def test_a_source_that_is_deleted_stays_as_confirmed_and_the_card_says_so(lively: Town) -> None:
    root, settled = _thread(lively)
    lively.ana.picks("Log a decision", "#infra", settled)
    lively.ana.fills_in({})
    lively.settle()
    lively.priya.deletes("#infra", root)
    lively.tom.edits("#infra", lively.tom.says("#infra", "hm", reply_to=root), "hm hm")
    lively.settle()
    (row,) = _rows(lively, DecisionRow)
    assert row.is_source_gone
    assert row.context == f"Priya: {QUESTION}"
    assert [each.change for each in _rows(lively, DecisionVersionRow)] == [
        "logged",
        "source_deleted",
    ]
    assert "was deleted" in str(lively.posts_in("#infra")[-1]["blocks"])


def test_what_is_deleted_while_the_form_is_open_is_known_when_it_is_sent(quiet: Town) -> None:
    root, settled = _thread(quiet)
    quiet.ana.picks("Log a decision", "#infra", settled)
    quiet.priya.deletes("#infra", root)
    quiet.settle()
    quiet.ana.fills_in({})
    assert _rows(quiet, DecisionRow)[0].is_source_gone


def test_who_has_themselves_erased_is_in_no_field_and_no_version(quiet: Town) -> None:
    _, settled = _thread(quiet)
    quiet.ana.picks("Log a decision", "#infra", settled)
    quiet.ana.fills_in({})
    quiet.settle()
    quiet.mei.picks("Log a decision", "#infra", quiet.priya.says("#infra", "Tom decides."))
    _erase(quiet, quiet.tom)
    quiet.settle()
    everything = str(
        [
            {name: value for name, value in vars(row).items() if not name.startswith("_sa")}
            for table in (DecisionRow, DecisionVersionRow, DecisionSourceRow)
            for row in _rows(quiet, table)
        ]
    )
    for words in (OBJECTION, AGREED, "Tom", _id(quiet.tom, quiet)):
        assert words not in everything
    assert QUESTION in everything, "others keep theirs"
    card = str(quiet.posts_in("#infra")[0]["blocks"])
    assert "Tom" not in card
    assert "was deleted" not in card, "it is not so"


def test_what_others_made_of_erased_words_stays(quiet: Town) -> None:
    ts = quiet.priya.says("#infra", "Let's go with Postgres for the job queue.")
    quiet.settle()
    quiet.tom.picks("Log a decision", "#infra", ts)
    quiet.tom.fills_in({})
    quiet.tom.types("#infra", "/decision amend D-1")
    typo = "Let's go wiht Postgres for the job queue."
    quiet.tom.fills_in({"In full": typo})
    quiet.tom.types("#infra", "/decision amend D-1")
    quiet.tom.fills_in({"Decision": "Kafka, after all", "In full": "After the test we run Kafka."})
    _erase(quiet, quiet.priya)
    quiet.settle()
    told = [(row.record["title"], row.record["text"]) for row in _rows(quiet, DecisionVersionRow)]
    assert told == [
        (ERASED, ""),
        (ERASED, ERASED),
        ("Kafka, after all", "After the test we run Kafka."),
    ]
    assert "After the test we run Kafka." in str(quiet.posts_in("#infra"))


def test_a_form_that_quotes_whoever_is_left_alone_meanwhile_is_good_no_more(
    quiet: Town,
) -> None:
    _, settled = _thread(quiet)
    quiet.ana.picks("Log a decision", "#infra", settled)
    quiet.tom.types("#infra", "/baton off")
    quiet.ana.fills_in({"Decision": "Postgres"})
    view = quiet.ana.form
    assert view is not None
    assert "no longer good" in view["errors"]["title"]
    assert _rows(quiet, DecisionDraftRow) == []


def test_a_form_that_shows_erased_words_is_good_no_more(quiet: Town) -> None:
    _, settled = _thread(quiet)
    quiet.ana.picks("Log a decision", "#infra", settled)
    _erase(quiet, quiet.tom)
    quiet.ana.fills_in({"Decision": "Postgres"})
    view = quiet.ana.form
    assert view is not None
    assert "no longer good" in view["errors"]["title"]
    assert _rows(quiet, DecisionRow) == []


def test_where_baton_is_no_member_the_form_has_the_one_message_and_tells_how_to_invite(
    quiet: Town,
) -> None:
    root = quiet.tom.says("#general", QUESTION)
    ts = quiet.priya.says("#general", SETTLED, reply_to=root)
    quiet.tom.picks("Log a decision", "#general", ts)
    assert _answers(quiet.tom)["title"] == SETTLED.rstrip(".")
    assert not _answers(quiet.tom)["context"]
    assert ":warning:" not in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({})
    assert "/invite @Baton" in quiet.forms_of(quiet.tom)[-1]
    assert quiet.posts_in("#general") == []


@pytest.mark.alone("two units of work of the first workspace wait for each other")
def test_two_forms_about_one_thread_sent_at_the_same_moment_make_one_record(quiet: Town) -> None:
    _, settled = _thread(quiet)
    people = (quiet.ana, quiet.tom)
    for person in people:
        person.picks("Log a decision", "#infra", settled)
    bot, fields = quiet.app.bot, Fields("Postgres")
    forms = {each.user_id: str(each.id) for each in _rows(quiet, DecisionDraftRow)}
    start = Barrier(len(people))

    def log(person: Person) -> capture.Logged | None:
        user_id = _id(person, quiet)
        work = partial(capture.log, reference=forms[user_id], user_id=user_id, fields=fields)
        start.wait()
        return bot.perform(TEAM_ID, work, during="interaction")

    with ThreadPoolExecutor(len(people)) as pool:
        done = list(pool.map(log, people))
    assert sorted(each.is_own for each in done if each) == [False, True]
    assert len(_rows(quiet, DecisionRow)) == 1


def test_the_form_of_a_thread_of_three_hundred_messages_opens_within_three_seconds(
    quiet: Town,
) -> None:
    root, settled = _thread(quiet)
    user_ids = [_id(each, quiet) for each in (quiet.tom, quiet.mei, quiet.sam)]
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        known = uow.session.query(MessageRow).filter_by(ts=root).one()
        uow.session.add_all(
            MessageRow(
                team_id=TEAM_ID,
                channel_id=known.channel_id,
                ts=f"{int(float(root)) + 60 + number}.000000",
                at=known.at + timedelta(seconds=60 + number),
                user_id=user_ids[number % 3],
                thread_ts=root,
                text=f"<@{user_ids[0]}> {OBJECTION} " + "It is one thing less to run. " * 8,
            )
            for number in range(1, 297)
        )
    started = monotonic()
    quiet.ana.picks("Log a decision", "#infra", settled)  # Slack gives up after three seconds
    assert monotonic() - started < 3.0
    assert _answers(quiet.ana)["title"] == "Let's go with Postgres, because we know it"


def _thread(town: Town) -> tuple[str, str]:
    """A thread in which Tom objects, Ana decides and Tom gives in; its root and the decision."""
    root = town.priya.says("#infra", QUESTION)
    town.tom.says("#infra", OBJECTION, reply_to=root)
    settled = town.ana.says("#infra", SETTLED, reply_to=root)
    town.tom.says("#infra", AGREED, reply_to=root)
    town.settle()
    return root, settled


def _answers(person: Person) -> Json:
    """What stands in the open form, by field."""
    view = person.form
    assert view is not None
    return {
        name: answer.get("value") or answer.get("selected_user")
        for block in elements.state(view["blocks"], view["given"]).values()
        for name, answer in block.items()
    }


def _rows(town: Town, table: type[Base]) -> list[Any]:
    with town.app.bot.database.reading() as session:
        rows = list(session.query(table).order_by(*table.__table__.primary_key))
        session.expunge_all()
    return rows


def _id(person: Person, town: Town) -> str:
    return str(town.slack.see(person.name)["me"])


def _link(town: Town, channel: str, ts: str, seen_by: Person | None = None) -> str:
    name = (seen_by or town.ana).name
    found = next(
        each for each in town.slack.see(name)["channels"] if each["name"] == channel.strip("#")
    )
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return uow.workspace.permalink(found["id"], ts)


def _erase(town: Town, person: Person) -> None:
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, town.app.bot.kept, _id(person, town))
