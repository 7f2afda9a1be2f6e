"""Chains, and what becomes of a baton that nobody takes, that is left behind, or that rests."""

from datetime import UTC, datetime, timedelta
from typing import Final

from bot.core.agreement.setting import person_scope
from bot.features.handoffs.models import HandoffBatonRow
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.items import Item, State, StepKind, To
from bot.features.handoffs.service.batons import HandedOver, hand_over
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

INFRA: Final = "C0INFRA00"
LEADS: Final = "G0LEADS00"
NAMES: Final = ("Tom", "Ana", "Priya", "Sam", "Mei")
TUESDAY: Final = datetime(2026, 10, 6, tzinfo=UTC)
WEDNESDAY: Final = TUESDAY + timedelta(days=1)
MINUTE: Final = timedelta(minutes=1)
TAKE_IT: Final = "Can you take this"
LOGIN: Final = "Fix the login"


def test_a_baton_goes_round_the_sun_with_one_reminder_each_and_comes_back(lively: Town) -> None:
    _chain(lively, "@Priya @Ana @Sam")
    _hand_over(lively)
    assert _holder(lively) == "Priya", "she works until 11:30 UTC"
    _move_to(lively, TUESDAY, hours=10, minutes=-1)
    assert _reminders(lively, lively.priya) == []
    _move_to(lively, TUESDAY, hours=10, minutes=1)
    lively.advance(minutes=20)
    (told,) = _reminders(lively, lively.priya)
    assert "Wed, 7 Oct, 9:31 am it goes on to @Ana" in told, "half an hour of it is tomorrow's"
    _move_to(lively, WEDNESDAY, hours=4)
    assert _holder(lively) == "Priya"
    _move_to(lively, WEDNESDAY, hours=4, minutes=2)
    assert _holder(lively) == "Ana", "the next one, who starts at 12:00 UTC"
    _move_to(lively, WEDNESDAY, hours=14, minutes=2)
    assert len(_reminders(lively, lively.ana)) == 1
    _move_to(lively, WEDNESDAY, hours=16, minutes=4)
    assert _holder(lively) == "Sam"
    _move_to(lively, WEDNESDAY, hours=18, minutes=6)
    (told,) = _reminders(lively, lively.sam)
    assert "it goes back to @Tom" in told
    _move_to(lively, WEDNESDAY, hours=20, minutes=8)
    assert (_holder(lively), _baton(lively).state) == ("Tom", State.BACK)
    moves = [StepKind.NUDGED, StepKind.MOVED] * 2
    assert _steps(lively) == [StepKind.HANDED_OVER, *moves, StepKind.NUDGED, StepKind.CAME_BACK]
    _move_to(lively, WEDNESDAY, days=1, hours=8)
    assert any(
        f"With you again, since nobody took it: {LOGIN}" in text
        for text in lively.writes_to(lively.tom)
    )
    assert len(_reminders(lively, lively.priya)) == 1


def test_what_somebody_takes_stays_and_what_they_leave_behind_goes_on(lively: Town) -> None:
    """Priya's account is deactivated: one she has, one she is to take, one given to her alone."""
    _chain(lively, "@Priya @Mei")
    _hand_over(lively)
    lively.priya.presses("I have it")
    lively.advance(days=1)
    assert (_holder(lively), _baton(lively).state) == ("Priya", State.TAKEN)
    _hand_over(lively, "Renew the certificate")
    _hand_over(lively, "Call the bank", to=To(_id(lively, lively.priya)))
    lively.tom.deactivates("Priya")
    lively.settle()
    for what in (LOGIN, "Renew the certificate"):
        assert (_holder(lively, what), _baton(lively, what).state) == ("Mei", State.OFFERED)
    alone = _baton(lively, "Call the bank")
    assert (_holder(lively, "Call the bank"), alone.state) == ("Tom", State.BACK)
    lively.tom.deactivates("Mei")
    lively.settle()
    assert _holder(lively) == "Tom", "nobody else is left"


def test_nobody_at_work_for_three_days_it_rests_with_whoever_starts_first(lively: Town) -> None:
    """Friday evening; Monday is a holiday both in Brazil and in Japan."""
    friday = datetime(2026, 10, 9, 20, 30, tzinfo=UTC)
    lively.move_to(friday)
    _chain(lively, "@Ana @Mei")
    found = _hand_over(lively, by=lively.sam)
    starts = datetime(2026, 10, 13, tzinfo=UTC)  # Tuesday, 09:00 in Tokyo
    assert (_holder(lively), found.waits_until) == ("Mei", starts)
    lively.sam.types("#infra", "/handoff chain")
    seen = lively.whispers_to(lively.sam)[-1]
    assert "goes to @Mei, who starts Tue, Oct 13, 9:00 AM (their time)" in seen
    lively.move_to(starts + timedelta(hours=2, minutes=-2))
    assert _holder(lively) == "Mei"
    assert _reminders(lively, lively.mei) == []
    lively.move_to(starts + timedelta(hours=2, minutes=2))
    assert _steps(lively)[-1] == StepKind.NUDGED
    lively.move_to(starts + timedelta(hours=4, minutes=4))
    assert _holder(lively) == "Ana", "who starts at 12:00 UTC"


def test_whoever_handed_it_over_hears_how_long_it_rests_with_the_next_one(quiet: Town) -> None:
    quiet.move_to(datetime(2026, 10, 9, 20, 30, tzinfo=UTC))  # Friday, 13:30 in Los Angeles
    _chain(quiet, "@Mei @Ana")
    _hand_over(quiet, by=quiet.sam)
    quiet.tom.deactivates("Mei")
    quiet.settle()
    assert _holder(quiet) == "Ana"
    told = quiet.writes_to(quiet.sam)[-1]
    assert "It is with @Ana now, whose day begins Tue, Oct 13, 5:00 AM (your time)." in told


def test_two_hours_are_two_hours_when_the_clocks_go_back_meanwhile(quiet: Town) -> None:
    """Sam works on Sundays from midnight to six; at two it is one o'clock again."""
    quiet.sets("people.hours", "Sun 00:00-06:00", person_scope(_id(quiet, quiet.sam)))
    quiet.move_to(datetime(2026, 10, 31, 12, tzinfo=UTC))
    _hand_over(quiet, to=To(_id(quiet, quiet.sam)))
    midnight = datetime(2026, 11, 1, 7, tzinfo=UTC)
    quiet.move_to(midnight + timedelta(hours=2) - MINUTE)
    assert _steps(quiet) == [StepKind.HANDED_OVER]
    quiet.move_to(midnight + timedelta(hours=2) + MINUTE)
    assert _steps(quiet)[-1] == StepKind.NUDGED
    quiet.move_to(midnight + timedelta(hours=4))
    assert _holder(quiet) == "Sam"
    quiet.move_to(midnight + timedelta(hours=4) + 2 * MINUTE)
    assert (_holder(quiet), _baton(quiet).state) == ("Tom", State.BACK)


def test_a_leave_that_begins_while_it_is_offered_sends_it_on_at_the_end_of_the_day(
    lively: Town,
) -> None:
    _chain(lively, "@Priya @Sam")
    _move_to(lively, TUESDAY, hours=10)
    _hand_over(lively)
    lively.priya.types("#infra", "/baton away 7 Oct until 16 Oct")
    lively.settle()
    _move_to(lively, TUESDAY, hours=11, minutes=29)
    assert _holder(lively) == "Priya", "she is at work"
    _move_to(lively, TUESDAY, hours=11, minutes=31)
    assert _holder(lively) == "Sam"
    assert _reminders(lively, lively.priya) == []
    lively.sam.types("#infra", "/baton away until Friday")
    lively.settle()
    assert (_holder(lively), _baton(lively).state) == ("Tom", State.BACK), "who was told nothing"


def test_what_is_under_way_goes_on_by_the_chain_that_holds_then(lively: Town) -> None:
    _chain(lively, "@Priya @Ana")
    _hand_over(lively)
    _hand_over(lively, "Renew the certificate")
    lively.priya.presses("I have it")  # the newest
    _move_to(lively, TUESDAY, hours=10, minutes=5)
    assert "it goes on to @Ana" in _reminders(lively, lively.priya)[-1]
    _chain(lively, "@Priya @Mei @Ana")
    _move_to(lively, WEDNESDAY, hours=4, minutes=5)
    assert _holder(lively) == "Mei"
    _chain(lively, "off")
    lively.tom.deactivates("Mei")
    lively.settle()
    assert (_holder(lively), _baton(lively).state) == ("Tom", State.BACK)
    assert _holder(lively, "Renew the certificate") == "Priya"


def test_when_its_sender_is_gone_a_baton_stays_with_whoever_has_it(quiet: Town) -> None:
    _hand_over(quiet, to=To(_id(quiet, quiet.priya)), by=quiet.ana)
    quiet.tom.deactivates("Ana")
    _move_to(quiet, WEDNESDAY, hours=10)
    assert (_holder(quiet), _baton(quiet).state) == ("Priya", State.OFFERED)
    quiet.priya.presses("I have it")
    assert _baton(quiet).state == State.TAKEN
    quiet.tom.deactivates("Priya")
    quiet.settle()
    assert _open(quiet) == [], "nobody is left who could carry it on"


def test_who_leaves_the_channel_or_wants_to_be_left_alone_is_asked_for_nothing_more(
    quiet: Town,
) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    _hand_over(quiet, to=To(_id(quiet, quiet.priya)), channel_id=LEADS)
    _hand_over(quiet, to=To(_id(quiet, quiet.priya)))
    quiet.tom.removes("Priya", "#leads")
    quiet.settle()
    assert [each.state for each in _open(quiet, LEADS)] == [State.BACK]
    assert _holder(quiet) == "Priya", "of what she can see nothing changes"
    quiet.sets("people.off", "on", person_scope(_id(quiet, quiet.priya)))
    quiet.settle()
    assert (_holder(quiet), _baton(quiet).state) == ("Tom", State.BACK)
    assert _reminders(quiet, quiet.priya) == []


def test_a_reminder_comes_when_it_may_and_counts_from_then(quiet: Town) -> None:
    """Priya reads messages from 17:00 on, which is 11:30 UTC; Mei gets none from Baton."""
    quiet.sets("people.hours", "Mon-Fri 09:00-20:00", person_scope(_id(quiet, quiet.priya)))
    _chain(quiet, "@Priya @Mei @Sam")
    _hand_over(quiet)
    quiet.sets("attention.comms", "Mon-Fri 17:00-17:30", person_scope(_id(quiet, quiet.priya)))
    quiet.sets("attention.budget", "0", person_scope(_id(quiet, quiet.mei)))
    _move_to(quiet, TUESDAY, hours=10, minutes=5)
    assert _reminders(quiet, quiet.priya) == []
    _move_to(quiet, TUESDAY, hours=11, minutes=31)
    assert len(_reminders(quiet, quiet.priya)) == 1
    _move_to(quiet, TUESDAY, hours=13, minutes=29)
    assert _holder(quiet) == "Priya"
    _move_to(quiet, TUESDAY, hours=13, minutes=33)
    assert _holder(quiet) == "Mei", "who starts at 00:00 UTC"
    for hours, holder in ((2, "Mei"), (4, "Sam")):
        _move_to(quiet, WEDNESDAY, hours=hours, minutes=5)
        assert _holder(quiet) == holder
    assert _reminders(quiet, quiet.mei) == []


def test_a_longer_time_to_take_it_holds_for_what_is_under_way(quiet: Town) -> None:
    _hand_over(quiet, to=To(_id(quiet, quiet.priya)))
    quiet.sets("handoffs.take_within", "3")
    _move_to(quiet, TUESDAY, hours=10, minutes=30)
    assert _reminders(quiet, quiet.priya) == []
    _move_to(quiet, TUESDAY, hours=11, minutes=2)
    assert len(_reminders(quiet, quiet.priya)) == 1


def test_while_baton_is_paused_nobodys_time_runs(quiet: Town) -> None:
    _chain(quiet, "@Priya @Ana")
    _hand_over(quiet)
    quiet.tom.types("#infra", "/baton pause")
    _move_to(quiet, WEDNESDAY, hours=10)
    assert _steps(quiet) == [StepKind.HANDED_OVER]
    quiet.tom.types("#infra", "/baton resume")
    _move_to(quiet, WEDNESDAY, hours=11, minutes=29)
    assert _holder(quiet) == "Priya"


def test_a_digest_and_the_home_tab_tell_of_batons(lively: Town) -> None:
    _chain(lively, "@Ana @Priya")
    _hand_over(lively, next_step="Ask the vendor")
    told = f"For you to take, from @Tom: {LOGIN} · next step: Ask the vendor · its card"
    _move_to(lively, TUESDAY, hours=12, minutes=1)
    digest = next(text for text in lively.writes_to(lively.ana) if "Handed over to you" in text)
    assert told in digest
    home = lively.home_of(lively.ana)
    assert f"{LOGIN} in #infra" in home
    assert "For you to take, from @Tom, next step: Ask the vendor" in home
    assert "With @Ana to take" in lively.home_of(lively.tom)
    _move_to(lively, TUESDAY, hours=15, minutes=30)
    lively.ana.presses("I have it")
    lively.settle()
    assert "You have it, from @Tom" in lively.home_of(lively.ana)
    _move_to(lively, WEDNESDAY, hours=7, minutes=1)
    news = next(text for text in lively.writes_to(lively.tom) if "What became of" in text)
    assert f"@Ana has it since Di., 6. Okt., 17:30: {LOGIN}" in news


def test_a_chain_is_set_shown_taken_back_and_ended_by_those_in_its_channel(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff chain")
    assert "#infra has no chain yet." in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain @Priya @Ana")
    assert "The chain of #infra: @Priya → @Ana" in _whispered(quiet)
    assert "What you hand over now goes to @Priya, who is at work now." in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain @Priya, @Ana")
    assert "It is like that already." in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain Apollo @Sam > @Mei")
    assert "Apollo: @Sam → @Mei" in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain apollo @Mei")
    quiet.tom.presses("Undo")
    assert "All is as before.\nApollo: @Sam → @Mei" in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain apollo")
    assert "The chain of" not in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain off")
    ended = "The chain of this channel has ended."
    assert ended in _whispered(quiet)
    quiet.priya.types("#infra", "/handoff chain @Sam")
    quiet.tom.presses("Undo")
    assert "It was changed again since, so I left it." in _whispered(quiet)
    quiet.tom.types("#infra", "/handoff chain off")
    quiet.tom.types("#infra", "/handoff chain off")
    assert "This channel has no chain." in _whispered(quiet)


def test_guests_groups_and_who_wants_to_be_left_alone_are_in_no_chain(quiet: Town) -> None:
    quiet.sets("people.off", "on", person_scope(_id(quiet, quiet.mei)))
    for named in ("@Priya @Gil", "@Mei @Priya"):
        quiet.tom.types("#infra", f"/handoff chain {named}")
        assert "cannot be in a chain here, so I changed nothing" in _whispered(quiet), named
    for unclear in ("@Priya @design", "@Priya who knows @Ana", "help"):
        quiet.tom.types("#infra", f"/handoff chain {unclear}")
        assert "sets who carries things on after whom" in _whispered(quiet), unclear
    quiet.tom.types("#infra", "/handoff chain")
    assert "#infra has no chain yet." in _whispered(quiet)
    quiet.tom.types("#leads", "/handoff chain @Priya")
    assert "type this in one that you and I are both in" in _whispered(quiet)
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    quiet.tom.types("#leads", "/handoff chain @Priya @Ana")
    assert "@Ana cannot be in a chain here" in _whispered(quiet), "she cannot open #leads"


def test_the_chain_view_tells_the_way_of_every_baton(quiet: Town) -> None:
    _chain(quiet, "@Priya @Mei @Ana")
    _hand_over(quiet)
    _hand_over(quiet, "Call the bank", to=To(_id(quiet, quiet.sam)))
    _move_to(quiet, TUESDAY, hours=10, minutes=1)
    _move_to(quiet, WEDNESDAY, hours=4, minutes=5)
    quiet.tom.types("#infra", "/handoff chain")
    seen = _whispered(quiet)
    assert "Batons under way (2)" in seen
    moved = f"{LOGIN}: not taken yet since Mi., 7. Okt., 06:05, 0 min\n    @Tom → @Priya 20 h"
    assert f"{moved} → @Mei 0 min so far" in seen
    assert "Call the bank: not taken yet since Di., 6. Okt., 10:00, 20 h" in seen
    assert "@Tom → @Sam 20 h so far" in seen


def test_the_chain_view_of_thirty_batons_fits_into_one_message(quiet: Town) -> None:
    _chain(quiet, "@Priya @Mei @Ana")
    for number in range(30):
        _hand_over(quiet, f"Item {number} " + "of a long list & more " * 10)
    quiet.tom.types("#infra", "/handoff chain")
    seen = _whispered(quiet)
    assert "Batons under way (30)" in seen
    assert all(f"Item {number} of a long list" in seen for number in range(30))


def _move_to(town: Town, day: datetime, **later: float) -> None:
    town.move_to(day + timedelta(**later))


def _chain(town: Town, people: str) -> None:
    town.tom.types("#infra", f"/handoff chain {people}")
    town.settle()


def _hand_over(
    town: Town,
    what: str = LOGIN,
    *,
    to: To | None = None,
    by: Person | None = None,
    next_step: str = "",
    channel_id: str = INFRA,
) -> HandedOver:
    item = Item(what, next_step=next_step)
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        sender_id = _id(town, by or town.tom)
        found = hand_over(uow, town.app.bot.asks, sender_id, channel_id, item, to or To())
    town.settle()
    assert not found.refusal
    return found


def _open(town: Town, channel_id: str = INFRA) -> list[HandoffBatonRow]:
    town.settle()
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return list(queries.open_in(uow, channel_id))


def _baton(town: Town, what: str = LOGIN) -> HandoffBatonRow:
    return next(each for each in _open(town) if each.what == what)


def _holder(town: Town, what: str = LOGIN) -> str:
    """The name of whoever has a baton or is to take it."""
    ids = {_id(town, town.slack.person(name)): name for name in NAMES}
    return ids[_baton(town, what).holder_id]


def _steps(town: Town) -> list[str]:
    baton_id = _baton(town).id
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return [each.kind for each in queries.steps(uow, [baton_id])[baton_id]]


def _reminders(town: Town, person: Person) -> list[str]:
    return [text for text in town.writes_to(person) if TAKE_IT in text]


def _whispered(town: Town) -> str:
    return town.whispers_to(town.tom)[-1]


def _id(town: Town, person: Person) -> str:
    return str(town.slack.see(person.name)["me"])
