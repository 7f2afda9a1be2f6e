"""How often the red phone may be used, and what people do then."""

import pytest

from bot.core import audit
from bot.features.redphone.rules.pages import New
from bot.features.redphone.service import pages as service
from bot.playground.world import TEAM_ID
from tests.support.pages import FILLED, FIRE, notices, pages_somebody, progress, shown
from tests.support.town import Town


@pytest.mark.slow
def test_after_three_pages_an_hour_the_fourth_is_kept_and_told_what_to_do(lively: Town) -> None:
    lively.sets("redphone.human_route", "Call the duty desk, 030 1234567")
    for _ in range(3):
        pages_somebody(lively, lively.tom, "Priya")
        lively.tom.presses("It's over")
        lively.advance(minutes=10)
    lively.tom.types("#infra", FIRE)
    lively.tom.fills_in(FILLED | {"Person to page": "Priya"})
    form = lively.forms_of(lively.tom)[-1]
    assert "You paged 3 times within an hour" in form
    assert "Nobody was paged. It is free again at 11:00" in form
    assert "Call the duty desk, 030 1234567" in form
    assert "What it hurts: All new customers" in form
    assert len(notices(lively, lively.priya)) == 3
    assert "page.refused" in _audited(lively)
    lively.advance(minutes=31)
    lively.tom.fills_in({})
    assert len(notices(lively, lively.priya)) == 4, "the same form, sent off when it is free again"


def test_a_drill_says_so_everywhere_and_does_not_count(quiet: Town) -> None:
    tom, priya = (str(quiet.slack.see(name)["me"]) for name in ("Tom", "Priya"))
    for number in range(3):
        target = f"person:{priya}"
        drill = New(f"d{number}", tom, "", "Nobody can sign up", "", target, is_drill=True)
        with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
            service.begin(uow, drill)
        quiet.settle()
    assert all("This is a drill." in text for text in notices(quiet, quiet.priya))
    assert "This is a drill." in progress(quiet, quiet.tom)
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        refused = service.begin(uow, New("d3", tom, "", "x", "", target, is_drill=True))
    assert getattr(refused, "why", "") == "drills"
    pages_somebody(quiet, quiet.tom, "Priya")
    assert len(notices(quiet, quiet.priya)) == 4
    quiet.priya.presses("I'm on it")
    assert not any("drill" in text for text in shown(quiet, quiet.tom)[-1:])


def _audited(town: Town) -> set[str]:
    with town.app.bot.reading() as (session, _):
        return {each.action for each in audit.entries(session, TEAM_ID)}
