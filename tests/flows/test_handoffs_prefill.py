"""What a form at the end of a day begins with, over the local Slack."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core import people
from bot.core.agreement.setting import person_scope
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.prefilling import Prefilled
from bot.features.handoffs.service import prefilling
from bot.playground import elements
from bot.playground.client import NotPossible, Person
from bot.playground.world import TEAM_ID, Json
from tests.support.databases import Rows, fill
from tests.support.messages_api import KEY, MessagesApi, lines, refusal, status
from tests.support.town import Town, town

pytestmark = pytest.mark.needs("handoffs", "asks", "decisions", "digest")

PULL = "https://github.com/tideline/web/pull/12"
TOM, INFRA, LEADS = "U0TOM0000", "C0INFRA00", "G0LEADS00"


def test_a_day_is_told_by_asks_decisions_pull_requests_and_own_words(lively: Town) -> None:
    asked = lively.ana.says("#infra", "@Tom which port does the queue use?")
    lively.settle()
    lively.tom.says("#infra", "It is 5432, as before.", reply_to=asked)
    lively.settle()
    lively.tom.says("#web-relaunch", "@Priya could you send me the palette?")
    lively.tom.says("#infra", f"Pushed a first version of the retries: {PULL} . More later.")
    lively.tom.says("#infra", "Merged the config cleanup. It took the morning.")
    lively.tom.says("#infra", "Which of the two dashboards do we keep?")
    lively.tom.says("#infra", "Good morning all!")
    lively.advance(hours=1)
    lively.ana.says("#infra", "@Tom can you check the backup numbers?")
    lively.settle()
    _decides(lively)
    found = _prefilled(lively, lively.tom)
    assert [each.what for each in found.done] == [
        "Answered Ana: @Tom which port does the queue use?",
        "Merged the config cleanup.",
        "Decided: D-1 Keep Postgres",
    ]
    assert [each.what for each in found.items] == [
        "Pushed a first version of the retries: tideline/web #12 .",
        "Which of the two dashboards do we keep?",
        "For Ana: @Tom can you check the backup numbers?",
    ]
    (blocked,) = found.blocked
    assert (blocked.what, blocked.blocked_by) == (
        "@Priya could you send me the palette?",
        "U0PRIYA00",
    )
    assert all(each.links for each in _all(found)), "each has its proof"
    assert PULL in found.items[0].links
    assert "Good morning" not in str(found)
    assert _all(_prefilled(lively, lively.mei)) == [], "it was not her day"


def test_pull_requests_of_a_linked_login_are_told_by_what_github_says(lively: Town) -> None:
    lively.tom.types("#general", "/baton link github tom-w")
    lively.slack.app_says(
        "GitHub", "#infra", f"ana requested a review on <{PULL}|#12 Shorter form> from tom-w"
    )
    own = PULL.replace("12", "14")
    lively.slack.app_says("GitHub", "#infra", f"tom-w merged pull request <{own}|#14 Retries>")
    found = _prefilled(lively, lively.tom)
    assert [each.what for each in found.items] == ["Review tideline/web #12"]
    assert [each.what for each in found.done] == ["tideline/web #14 Retries"]
    lively.slack.app_says("GitHub", "#infra", f"tom-w approved <{PULL}|#12 Shorter form>")
    found = _prefilled(lively, lively.tom)
    assert found.items == ()
    assert "Reviewed tideline/web #12" in [each.what for each in found.done]


def test_of_a_channel_that_somebody_left_nothing_is_told_any_more(lively: Town) -> None:
    lively.tom.invites("Baton", "#leads")
    lively.settle()
    lively.tom.says("#leads", "Finished the CANARY plan.")
    lively.tom.says("#infra", "Shipped the new alert.")
    assert [each.what for each in _prefilled(lively, lively.tom).done] == [
        "Finished the CANARY plan.",
        "Shipped the new alert.",
    ]
    in_public = _prefilled(lively, lively.tom, channel_id=INFRA)
    assert [each.what for each in in_public.done] == ["Shipped the new alert."]
    assert "CANARY" in str(_prefilled(lively, lively.tom, channel_id=LEADS))
    lively.priya.removes("Tom", "#leads")
    assert "CANARY" not in str(_prefilled(lively, lively.tom))


def test_what_was_changed_or_deleted_is_told_as_it_stands(lively: Town) -> None:
    changed = lively.tom.says("#infra", "Fixed the first pump.")
    gone = lively.tom.says("#infra", "Fixed the second pump.")
    assert len(_prefilled(lively, lively.tom).done) == 2
    lively.tom.edits("#infra", changed, "Fixed the third pump.")
    lively.tom.deletes("#infra", gone)
    assert [each.what for each in _prefilled(lively, lively.tom).done] == ["Fixed the third pump."]


def test_what_was_said_before_is_no_work_of_the_day(lively: Town) -> None:
    lively.tom.says("#infra", "Fixed it yesterday's way.")
    lively.advance(days=1)
    assert _all(_prefilled(lively, lively.tom)) == []


def test_threads_hold_nothing_of_whoever_wants_to_be_left_alone(lively: Town) -> None:
    question = lively.tom.says("#infra", "Which dashboards do we keep?")
    lively.mei.says("#infra", "Do you mean the CANARY ones?", reply_to=question)
    lively.sets("people.off", value=True, scope=person_scope("U0MEI0000"))
    assert [each.what for each in _prefilled(lively, lively.tom).items] == [
        "Which dashboards do we keep?"
    ]
    lively.sets("people.off", value=True, scope=person_scope(TOM))
    assert _prefilled(lively, lively.tom).items == ()


def test_what_holds_a_proposal_up_and_what_waits_for_others_names_who(lively: Town) -> None:
    lively.tom.types("#infra", "/decision propose New UI design")
    lively.tom.fills_in({"Reviewers": "Priya"})
    lively.settle()
    assert [each.what for each in _prefilled(lively, lively.tom).items] == [
        "Proposed: D-1 New UI design"
    ]
    lively.ana.presses("Raise a concern")
    lively.ana.fills_in({"A short name": "Contrast", "What is your concern?": "Grey on grey"})
    found = _prefilled(lively, lively.tom)
    assert found.items == ()
    (blocked,) = found.blocked
    assert blocked.what == "Concern “Contrast” about D-1 New UI design"
    assert blocked.blocked_by == str(lively.slack.see("Ana")["me"])


def test_what_was_asked_directly_is_told_to_nobody_else(lively: Town) -> None:
    lively.ana.types("#general", "/ask @Tom may I see the CANARY plan?")
    assert "CANARY" in str(_prefilled(lively, lively.tom).items)
    found = _prefilled(lively, lively.tom, channel_id=INFRA)
    assert "CANARY" not in str(found)
    assert found.private == 1


def _decides(town: Town) -> None:
    town.tom.types("#infra", "/decision log Keep Postgres")
    town.tom.fills_in({})
    town.settle()


def _prefilled(town: Town, person: Person, *, channel_id: str | None = None) -> Prefilled:
    town.settle()
    bot = town.app.bot
    user_id = str(town.slack.see(person.name)["me"])

    def work(uow: UnitOfWork) -> Prefilled:
        found = people.find(uow.session, uow.team_id, user_id)
        assert found is not None
        since = uow.now - timedelta(hours=9)
        return prefilling.gather(uow, bot.day_sources, found, since, uow.now, channel_id=channel_id)

    return bot.perform(TEAM_ID, work, during="job")


def _all(found: Prefilled) -> list[Item]:
    return [*found.done, *found.items, *found.blocked]


MOVED = "Moved the job queue to the new host."
HALF = "The retries are half done, the tests for them still fail."
NEXT_UP = "Next I would check the retries with 20 workers."
READY = "A fuller draft is ready."
ADD = "Add it"


def _line(text: str, source: str, quote: str, kind: str) -> Json:
    return {"text": text, "source_ids": [source], "quote": quote, "kind": kind}


DRAWN = (
    _line("Moved the job queue to the new host.", "S1", "Moved the job queue", "done"),
    _line("The retries are half done.", "S2", "The retries are half done", "in_progress"),
    _line("Check the retries with 20 workers.", "S3", "check the retries with 20", "next_step"),
)


@pytest.fixture
def api() -> Iterator[MessagesApi]:
    with MessagesApi(lines(*DRAWN)) as running:
        yield running


@pytest.fixture
def worded(database_url: str, api: MessagesApi, acquaintance: Rows) -> Iterator[Town]:
    """A town in which a model reads days."""
    fill(database_url, acquaintance)
    settings = {
        "anthropic_api_key": KEY,
        "anthropic_base_url": api.url,
        "baton_model_timeout_seconds": 5.0,
    }
    with town(database_url, settings=settings) as living:
        yield living


def test_a_fuller_draft_is_offered_and_added_beside_what_is_typed(
    worded: Town, api: MessagesApi
) -> None:
    thread = _works(worded)
    worded.tom.types("#infra", "/handoff")
    assert READY not in str(worded.tom.form), "nobody waits for a model"
    assert api.journal == []
    _types(worded, worded.tom, {"in_progress": "The pump, see the log."})
    worded.settle()
    assert READY in worded.forms_of(worded.tom)[-1]
    assert _answers(worded.tom)["in_progress"] == "The pump, see the log.", "what is typed stays"
    worded.tom.presses(ADD)
    worded.settle()
    after = _answers(worded.tom)
    assert after["in_progress"] == "The pump, see the log."
    assert after["done"] == MOVED, "what the rules found is not there twice"
    assert "drafted_done" not in after
    assert after["drafted_in_progress"] == "The retries are half done."
    worded.tom.fills_in({})
    worded.settle()
    form = worded.tom.form
    assert form is not None
    assert "The pump, see the log." in str(form)
    assert "The retries are half done." in str(form)
    assert "Check the retries with 20 workers." in str(form), "with what is said about it"
    assert thread.replace(".", "") in str(form), "and where that was said"
    asked = str(api.journal[0]["body"]["messages"])
    assert "tool_result" in asked
    for name in ("Tom", "Ana", "U0"):
        assert name not in asked
    assert len(api.journal) == 1, "one call for the one channel"


def test_what_was_changed_since_the_model_read_it_is_not_offered(worded: Town) -> None:
    thread = _works(worded)
    worded.tom.types("#infra", "/handoff")
    worded.settle()
    assert READY in worded.forms_of(worded.tom)[-1]
    worded.tom.edits("#infra", thread, "The retries are finished.")
    worded.settle()
    worded.tom.presses(ADD)
    worded.settle()
    assert "half done" not in worded.forms_of(worded.tom)[-1]
    worded.tom.closes_form()
    worded.tom.types("#infra", "/handoff")
    assert "half done" not in str(worded.tom.form)


def test_without_a_model_the_form_is_what_the_rules_found(worded: Town, api: MessagesApi) -> None:
    _works(worded)
    invented = _line("Mei approved it for 90 people.", "S1", "Moved the job queue", "done")
    for action in (refusal(), status(500), lines(), lines(invented)):
        api.will(action)
        worded.tom.types("#infra", "/handoff")
        worded.settle()
        assert READY not in worded.forms_of(worded.tom)[-1]
        assert _answers(worded.tom)["done"] == MOVED
        with pytest.raises(NotPossible):
            worded.tom.presses(ADD)
        worded.tom.closes_form()
        worded.advance(hours=1, minutes=1)
    assert len(api.journal) >= 2


def test_a_private_channel_that_was_left_is_in_no_draft(worded: Town) -> None:
    worded.tom.invites("Baton", "#leads")
    worded.settle()
    worded.tom.says("#leads", MOVED)
    worded.tom.says("#leads", HALF)
    worded.tom.says("#leads", NEXT_UP)
    worded.tom.types("#leads", "/handoff")
    worded.settle()
    assert READY in worded.forms_of(worded.tom)[-1]
    worded.priya.removes("Tom", "#leads")
    worded.settle()
    worded.tom.presses(ADD)
    worded.settle()
    assert "The retries are half done." not in worded.forms_of(worded.tom)[-1]


def _works(town: Town) -> str:
    """What Tom does in a day; returns where his last work stands."""
    town.tom.says("#infra", MOVED)
    thread = town.tom.says("#infra", HALF)
    town.tom.says("#infra", NEXT_UP, reply_to=thread)
    town.settle()
    return thread


def _types(town: Town, person: Person, values: dict[str, str]) -> None:
    """Somebody types and sends nothing off."""
    view = person.form
    assert view is not None
    given = town.server.slack.world.given(str(town.slack.see(person.name)["me"]), view["id"])
    for block, element in elements.elements_of(view["blocks"]):
        if element["action_id"] in values:
            given[block["block_id"]] = {element["action_id"]: values[element["action_id"]]}


def _answers(person: Person) -> Json:
    view = person.form
    assert view is not None
    return {
        name: answer.get("value")
        for block in elements.state(view["blocks"], view["given"]).values()
        for name, answer in block.items()
    }
