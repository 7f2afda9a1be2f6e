"""What a form at the end of a day begins with, over the local Slack."""

from datetime import timedelta

import pytest

from bot.core import people
from bot.core.agreement.setting import person_scope
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.rules.items import Item
from bot.features.handoffs.rules.prefilling import Prefilled
from bot.features.handoffs.service import prefilling
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

pytestmark = pytest.mark.needs("handoffs", "asks", "decisions", "digest")

PULL = "https://github.com/tideline/web/pull/12"
TOM, INFRA, LEADS = "U0TOM0000", "C0INFRA00", "G0LEADS00"


def test_a_day_is_told_by_asks_decisions_pull_requests_and_own_words(lively: Town) -> None:
    asked = lively.ana.says("#infra", "<@U0TOM0000> which port does the queue use?")
    lively.settle()
    lively.tom.says("#infra", "It is 5432, as before.", reply_to=asked)
    lively.ana.says("#infra", "<@U0TOM0000> can you check the backup numbers?")
    lively.settle()
    lively.tom.says("#web-relaunch", "<@U0PRIYA00> could you send me the palette?")
    lively.tom.says(
        "#infra", f"Pushed a first version of the retries: <{PULL}|retries>. More later."
    )
    lively.tom.says("#infra", "Merged the config cleanup. It took the morning.")
    lively.tom.says("#infra", "Which of the two dashboards do we keep?")
    lively.tom.says("#infra", "Good morning all!")
    lively.settle()
    _decides(lively)
    found = _prefilled(lively, lively.tom)
    assert [each.what for each in found.done] == [
        "Answered Ana: @Tom which port does the queue use?",
        "Merged the config cleanup.",
        "Decided: D-1 Keep Postgres",
    ]
    assert [each.what for each in found.items] == [
        "For Ana: @Tom can you check the backup numbers?",
        "Pushed a first version of the retries: tideline/web #12.",
        "Which of the two dashboards do we keep?",
    ]
    (blocked,) = found.blocked
    assert (blocked.what, blocked.blocked_by) == (
        "@Priya could you send me the palette?",
        "U0PRIYA00",
    )
    assert all(each.links for each in _all(found)), "each has its proof"
    assert PULL in found.items[1].links
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


def _decides(town: Town) -> None:
    town.tom.types("#infra", "/decision log Keep Postgres")
    town.tom.fills_in({})
    town.settle()


def _prefilled(town: Town, person: Person, *, channel_id: str = "") -> Prefilled:
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
