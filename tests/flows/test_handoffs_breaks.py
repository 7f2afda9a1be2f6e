"""Hand-offs where somebody, or something, would break them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest

from bot.core.agreement.setting import person_scope
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.items import Item, State, StepKind, To
from bot.features.handoffs.service import carrying
from bot.playground import choosing
from bot.playground.world import TEAM_ID, Json
from tests.flows.test_handoffs_batons import (
    POOL,
    ask_back,
    cards,
    hand_over,
    open_batons,
    press,
    the_card,
)
from tests.flows.test_handoffs_standup import MEI, OVER, _on, _summary, _writes
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "handoffs", "digest", "home", "privacy")

LEADS: Final = "G0LEADS00"


def test_whoever_wants_to_be_left_alone_is_quoted_nowhere(lively: Town) -> None:
    """What they link to stays; with them come their words again."""
    hand_over(lively, lively.mei, POOL, lively.priya)
    press(lively, lively.priya, "I have it")
    lively.sets("people.off", "on", person_scope("U0MEI0000"))
    lively.settle()
    card = the_card(lively)
    assert "(text not kept)" in card
    assert "pull/71" in card
    assert "Handed over by somebody" in card
    lively.tom.types("#infra", "/handoff chain")
    lively.priya.opens_home()
    lively.settle()
    told = [card, lively.priya.direct_messages()[-1]["text"], lively.home_of(lively.priya)]
    told.append(lively.whispers_to(lively.tom)[-1])
    for words in ("pool size", "Staging runs", "Production ran", "Roll it", "replica lags"):
        assert words not in "\n".join(told), words
    lively.sets("people.off", "off", person_scope("U0MEI0000"))
    lively.settle()
    assert "Staging runs with 20" in the_card(lively)
    assert "Handed over by Mei" in the_card(lively)


def test_what_somebody_added_is_not_quoted_once_they_want_to_be_left_alone(quiet: Town) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    press(quiet, quiet.priya, "Pass on…")
    quiet.priya.fills_in({"Who carries it on?": "Mei", "What should they know?": "On a train."})
    quiet.settle()
    assert "On a train." in the_card(quiet)
    quiet.sets("people.off", "on", person_scope("U0PRIYA00"))
    quiet.settle()
    assert "On a train." not in the_card(quiet)
    assert "Raise the pool size" in the_card(quiet)


def test_who_hands_on_what_they_asked_about_waits_for_no_answer(lively: Town) -> None:
    hand_over(lively, lively.tom, POOL, lively.priya)
    ask_back(lively, lively.priya, "Which replica lags?")
    assert hand_over(lively, lively.priya, POOL, lively.slack.person("Noor")).is_new
    lively.settle()
    assert any("took a question back" in each["text"] for each in lively.posts_in("#infra"))
    assert "For Noor to take" in the_card(lively)


def test_an_answer_that_was_none_holds_it_up_again_also_after_a_reminder(quiet: Town) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    ask_back(quiet, quiet.priya, "Which replica lags?")
    [asked] = [each for each in quiet.posts_in("#infra") if "Context:" in each["text"]]
    quiet.tom.reacts("#infra", asked["ts"], "white_check_mark")
    quiet.settle()
    assert "their question is answered" in the_card(quiet)
    quiet.advance(hours=2, minutes=30)
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        [baton] = queries.open_in(uow, "C0INFRA00")
        steps = queries.steps(uow, [baton.id])[baton.id]
        assert steps[-1].kind == StepKind.NUDGED
    quiet.tom.reacts("#infra", asked["ts"], "white_check_mark", add=False)
    quiet.settle()
    assert "Priya asked Tom something first" in the_card(quiet)


def test_a_stand_up_quotes_nobody_who_wants_to_be_left_alone_afterwards(quiet: Town) -> None:
    """Also where its summary stands already; nothing new is posted because of it."""
    _on(quiet)
    quiet.move_to(MEI)
    _writes(quiet, quiet.mei, done="Fixed the pump", then="Paint it")
    quiet.move_to(OVER)
    assert "Fixed the pump" in _summary(quiet)
    posts = len(quiet.posts_in("#infra"))
    quiet.sets("people.off", "on", person_scope("U0MEI0000"))
    quiet.settle()
    assert "Fixed the pump" not in _summary(quiet)
    assert "Paint it" not in _summary(quiet)
    quiet.sets("people.off", "off", person_scope("U0MEI0000"))
    quiet.settle()
    assert "Fixed the pump" in _summary(quiet)
    assert len(quiet.posts_in("#infra")) == posts


def test_whoever_is_not_in_a_private_channel_any_more_hears_no_more_of_it(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    hand_over(quiet, quiet.tom, POOL, quiet.priya, channel=LEADS)
    quiet.settle()
    told = quiet.priya.direct_messages()[-1]
    assert "Staging runs with 20" in told["text"]
    quiet.tom.removes("Priya", "#leads")
    quiet.advance(minutes=1)
    _press_in_direct(quiet, told, "I have it")
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        assert [each.state for each in queries.open_in(uow, LEADS)] == [State.BACK]
    quiet.priya.opens_home()
    quiet.advance(days=1)
    assert "Staging" not in quiet.home_of(quiet.priya)
    assert "Staging" not in "".join(each["text"] for each in quiet.priya.direct_messages())


@pytest.mark.parametrize("channel", ["#infra", "#leads"])
def test_batons_of_a_channel_that_baton_left_end_with_whoever_handed_them_over(
    quiet: Town, channel: str
) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    place = LEADS if channel == "#leads" else "C0INFRA00"
    handed = hand_over(quiet, quiet.tom, POOL, quiet.priya, channel=place)
    quiet.settle()
    quiet.tom.removes("Baton", channel)
    quiet.settle()
    written = len(quiet.writes_to(quiet.priya))
    for _ in range(4):
        quiet.advance(hours=12)
    assert handed.baton is not None
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        baton = queries.get(uow, handed.baton.id)
        assert baton is not None
        assert (baton.state, baton.holder_id) == (State.BACK, "U0TOM0000")
        assert baton.look_at is None
        assert baton.tell_at is None
    if channel == "#leads":
        assert len(quiet.writes_to(quiet.priya)) == written, "nobody knows who is in it now"


def test_of_many_who_act_at_once_each_sees_what_holds(lively: Town) -> None:
    """Whoever has it takes it twice, passes it on and is done; whoever sent it takes it back."""
    handed = hand_over(lively, lively.tom, POOL, lively.priya)
    lively.settle()
    bot = lively.app.bot

    def act(user_id: str, kind: StepKind, verb: Callable[[UnitOfWork, Any], object]) -> bool:
        def work(uow: UnitOfWork) -> bool:
            assert handed.baton is not None
            try:
                verb(uow, carrying.hold(uow, asks, handed.baton.id, user_id, kind))
            except carrying.Refused:
                return False
            return True

        return bot.perform(TEAM_ID, work, during="interaction")

    priya, tom, asks = "U0PRIYA00", "U0TOM0000", bot.asks
    to = To("U0SAM0000")
    verbs: list[tuple[str, StepKind, Callable[[UnitOfWork, Any], object]]] = [
        (priya, StepKind.TAKEN, lambda uow, it: carrying.take(uow, asks, it, priya)),
        (priya, StepKind.TAKEN, lambda uow, it: carrying.take(uow, asks, it, priya)),
        (tom, StepKind.WITHDRAWN, lambda uow, it: carrying.take_back(uow, asks, it, tom)),
        (
            priya,
            StepKind.PASSED_ON,
            lambda uow, it: carrying.pass_on(uow, asks, it, priya, to, words=""),
        ),
        (priya, StepKind.DONE, lambda uow, it: carrying.finish(uow, asks, it, priya)),
    ]
    with ThreadPoolExecutor(len(verbs)) as workers:
        done = list(workers.map(lambda each: act(*each), verbs))
    lively.settle()
    assert handed.baton is not None
    with bot.begin(TEAM_ID, during="job") as uow:
        steps = queries.steps(uow, [handed.baton.id])[handed.baton.id]
    assert len(steps) == 1 + sum(done), "one step for each who could"
    assert [each.number for each in steps] == list(range(1, len(steps) + 1))
    assert open_batons(lively) == 0


def test_long_and_hostile_words_fit_on_the_card_and_its_buttons_stay(quiet: Town) -> None:
    nasty, turned = "&<>" * 1000, "\u202eabc\u2066 <!channel> <@U0SAM0000>"
    links = tuple(f"https://a.example/{'&' * 980}{number}" for number in range(10))
    hand_over(quiet, quiet.tom, Item(nasty, nasty, nasty, turned, nasty, links), quiet.priya)
    quiet.settle()
    [card] = [each for each in quiet.posts_in("#infra") if "&lt;" in each["text"]]
    assert card["blocks"][-1]["type"] == "actions"
    for hidden in ("\u202e", "\u2066", "<!channel", "<@U0SAM"):
        assert hidden not in str(card)
    press(quiet, quiet.priya, "I have it")
    for what in ("\N{PARTY POPPER}", ":tada: :tada:"):
        assert hand_over(quiet, quiet.tom, Item(what), quiet.priya).is_new
        assert any(what in each["text"] for each in cards(quiet))


def _press_in_direct(town: Town, message: Json, label: str) -> None:
    """Presses a button of a direct message as it was, on what that is by now."""
    [place] = choosing.buttons(message["blocks"], label)
    channel = next(
        each
        for each, known in town.server.slack.world.channels.items()
        if message["ts"] in known.messages and each.startswith("D")
    )
    shown = town.server.slack.world.channels[channel].messages[message["ts"]].blocks
    shown.extend(block for block in message["blocks"] if block["type"] == "actions")
    town.slack.act("Priya", "press", **place, channel=channel, ts=message["ts"])
    town.settle()
