"""The end of a day in writing: offered, written in pages, sent; one thing handed over at once."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.core.agreement.setting import Scope, channel_scope, person_scope
from bot.features.handoffs.messages import notes as messages
from bot.features.handoffs.queries import chains
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.support.town import Town

pytestmark = pytest.mark.needs("handoffs", "asks", "digest", "home")

ENDS: Final = {
    "Mei": datetime(2026, 10, 7, 7, 45, tzinfo=UTC),  # 16:45 in Tokyo
    "Priya": datetime(2026, 10, 7, 11, 15, tzinfo=UTC),  # 16:45 in Kolkata
    "Tom": datetime(2026, 10, 7, 14, 45, tzinfo=UTC),  # 16:45 in Berlin
    "Ana": datetime(2026, 10, 7, 19, 45, tzinfo=UTC),  # 16:45 in São Paulo
    "Sam": datetime(2026, 10, 7, 23, 45, tzinfo=UTC),  # 16:45 in Los Angeles
}
TOMS_END: Final = datetime(2026, 10, 6, 14, 45, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
OFFER: Final = "Your day is about to end."
NOTHING: Final = "Nothing to hand over"
MIDWAY: Final = "In progress"


def switches_on(town: Town, channel: str = "#web-relaunch", *, on: bool = True) -> None:
    """Has the end of the day offered to everybody in a channel."""
    town.sets("handoffs.day", on, _scope(town, channel))


def offers_to(person: Person, town: Town) -> list[str]:
    """The offers somebody got."""
    return [text for text in town.writes_to(person) if text.startswith(OFFER)]


def filled(person: Person) -> dict[str, str]:
    """What stands in the form that somebody has open, by label."""
    form = person.form
    assert form is not None
    found = {}
    for block in form["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            option = element.get("initial_option") or {}
            given = [
                element.get(name)
                for name in ("initial_value", "initial_user", "initial_conversation")
            ]
            found[block["label"]["text"]] = next(filter(None, [*given, option.get("value")]), "")
    return found


def errors(person: Person) -> str:
    """What stands under the fields of the form that somebody has open."""
    form = person.form
    assert form is not None
    return str(form["errors"])


def shown(person: Person) -> str:
    """All that somebody reads in the view that is open."""
    return str(person.form)


def newest(person: Person) -> Json:
    """The newest message somebody has from Baton."""
    return person.direct_messages()[-1]


def below(town: Town, channel: str, note: Json) -> list[Json]:
    """What Baton posted in the thread of a message."""
    found = town.posts_in(channel)
    return [each for each in found if each.get("thread_ts") == note["ts"] != each["ts"]]


def notes_in(town: Town, channel: str = "#web-relaunch") -> list[str]:
    """The hand-offs that stand in a channel."""
    return [each["text"] for each in town.posts_in(channel) if " hands over*" in each["text"]]


def _scope(town: Town, channel: str) -> Scope:
    [found] = [each for each in town.slack.see("Tom")["channels"] if each["name"] == channel[1:]]
    return channel_scope(found["id"])


def test_in_every_zone_it_is_offered_once_before_the_day_ends(lively: Town) -> None:
    switches_on(lively)
    people = {name: lively.slack.person(name) for name in ENDS}
    lively.move_to(datetime(2026, 10, 7, 0, 0, tzinfo=UTC))
    before = {name: len(offers_to(person, lively)) for name, person in people.items()}
    for name, at in ENDS.items():
        lively.move_to(at - MINUTE)
        assert len(offers_to(people[name], lively)) == before[name]
        lively.move_to(at)
        assert len(offers_to(people[name], lively)) == before[name] + 1, name
    lively.move_to(datetime(2026, 10, 8, 0, 0, tzinfo=UTC))
    for name, person in people.items():
        assert len(offers_to(person, lively)) == before[name] + 1, name


def test_nobody_is_asked_where_it_is_off(quiet: Town) -> None:
    quiet.advance(days=1)
    assert offers_to(quiet.tom, quiet) == []


def test_nothing_to_hand_over_is_one_click_and_can_be_undone(lively: Town) -> None:
    switches_on(lively)
    lively.move_to(TOMS_END)
    lively.tom.presses(NOTHING)
    lively.settle()
    assert newest(lively.tom)["text"].startswith("Noted: nothing to hand over today.")
    lively.tom.presses("Undo")
    lively.settle()
    assert newest(lively.tom)["text"].startswith(OFFER)
    lively.tom.presses("Write it")
    assert MIDWAY in filled(lively.tom)
    assert notes_in(lively) == []


def test_who_wants_no_offers_gets_none_until_they_want_them_again(quiet: Town) -> None:
    switches_on(quiet)
    quiet.move_to(TOMS_END)
    quiet.tom.presses("Stop asking me")
    quiet.settle()
    quiet.move_to(TOMS_END + timedelta(days=1, hours=1))
    assert len(offers_to(quiet.tom, quiet)) == 1
    quiet.tom.presses("Undo")
    quiet.move_to(TOMS_END + timedelta(days=2))
    assert len(offers_to(quiet.tom, quiet)) == 2


def test_who_is_off_or_away_is_not_asked(quiet: Town) -> None:
    switches_on(quiet)
    quiet.sets("people.off", True, person_scope(quiet.slack.see("Tom")["me"]))  # noqa: FBT003
    quiet.ana.sets_status(":palm_tree:", "Vacationing")
    quiet.advance(days=1)
    assert offers_to(quiet.tom, quiet) == []
    assert offers_to(quiet.ana, quiet) == []


def test_where_it_is_switched_off_before_the_end_nobody_is_asked(quiet: Town) -> None:
    switches_on(quiet)
    quiet.move_to(TOMS_END - MINUTE)
    switches_on(quiet, on=False)
    quiet.move_to(TOMS_END)
    assert offers_to(quiet.tom, quiet) == []


def test_what_was_begun_can_be_sent_where_offers_were_switched_off_meanwhile(quiet: Town) -> None:
    switches_on(quiet)
    quiet.move_to(TOMS_END)
    quiet.tom.presses("Write it")
    switches_on(quiet, on=False)
    quiet.tom.fills_in({"Where?": "#web-relaunch", "Done": "The pump is fixed"})
    [note] = notes_in(quiet)
    assert "The pump is fixed" in note


def test_whoever_moves_to_another_zone_is_asked_at_the_end_of_the_day_there(quiet: Town) -> None:
    quiet.sets("handoffs.day", value=True)
    quiet.move_to(TOMS_END - timedelta(hours=1))
    quiet.tom.moves_to("America/New_York")
    quiet.move_to(TOMS_END)
    assert offers_to(quiet.tom, quiet) == []
    quiet.move_to(TOMS_END + timedelta(hours=6))
    assert len(offers_to(quiet.tom, quiet)) == 1


def makes_chain(town: Town, channel_id: str, *names: str) -> None:
    """Puts these people into a channel's own chain."""
    ids = [town.slack.see(name)["me"] for name in names]
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        chain = chains.made(uow, channel_id, "", by=ids[0])
        assert chain is not None
        chains.set_members(uow, chain.id, ids)


def test_a_day_goes_to_whoever_is_next_and_stands_in_the_channel(lively: Town) -> None:
    makes_chain(lively, "C0WEBSITE", "Tom", "Sam", "Mei")
    lively.tom.types("#web-relaunch", "/handoff")
    assert filled(lively.tom)["Where?"] == "C0WEBSITE"
    lively.tom.fills_in(
        {"Done": "The pump is fixed", MIDWAY: "Ship the logo\nCall the client\nThe copy"}
    )
    assert filled(lively.tom)["1 · Who carries it on?"] == "next"
    lively.tom.fills_in(
        {
            "1 · Next step": "Ask for the vector file",
            "2 · Who carries it on?": messages.KEEP_IT,
            "3 · Or somebody else": "Priya",
        }
    )
    assert "Ship the logo → Sam, who starts" in shown(lively.tom)
    assert "Call the client" in shown(lively.tom)
    lively.settle()
    [note] = lively.posts_in("#web-relaunch")[:1]
    for words in ("The pump is fixed", "Ship the logo → Sam", "The copy → Priya", "Call the cl"):
        assert words in note["text"]
    cards = below(lively, "#web-relaunch", note)
    assert len(cards) == 2
    assert "Ask for the vector file" in cards[0]["text"]
    lively.tom.types("#web-relaunch", "/handoff list")
    assert "Ship the logo" in lively.whispers_to(lively.tom)[-1]


def test_a_form_that_is_closed_half_way_and_opened_again_has_lost_nothing(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff")
    quiet.tom.fills_in({MIDWAY: "\n".join(f"Item {number}" for number in range(9))})
    quiet.tom.fills_in({"1 · Next step": "Call Ana", "8 · Who carries it on?": messages.KEEP_IT})
    assert "9 · Next step" in filled(quiet.tom)
    quiet.tom.closes_form()
    quiet.tom.types("#web-relaunch", "/handoff")
    assert filled(quiet.tom)["Where?"] == "C0INFRA00"
    assert filled(quiet.tom)[MIDWAY].splitlines() == [f"Item {number}" for number in range(9)]
    quiet.tom.fills_in({MIDWAY: "Item 8\nItem 0"})
    assert filled(quiet.tom)["2 · Next step"] == "Call Ana"
    assert notes_in(quiet, "#infra") == []


def test_thirty_items_go_in_pages_and_stand_in_one_message(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff")
    quiet.tom.fills_in({MIDWAY: "\n".join(f"Number {number} of 30" for number in range(1, 31))})
    for page in range(4):
        first = page * 8 + 1
        quiet.tom.fills_in(
            {f"{first} · Or somebody else": "Priya", f"{first + 1} · Next step": "?"}
        )
    assert shown(quiet.tom).count("→ Priya") == 4
    [note] = [each for each in quiet.posts_in("#infra") if " hands over*" in each["text"]]
    assert all(f"Number {number} of 30" in note["text"] for number in range(1, 31))
    assert note["text"].count("→ Priya") == 4
    assert len(below(quiet, "#infra", note)) == 4


def test_a_form_without_a_word_gets_one_clear_sentence(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff")
    quiet.tom.fills_in({})
    assert "There is nothing here yet" in errors(quiet.tom)
    assert notes_in(quiet, "#infra") == []


def test_the_same_form_sent_twice_hands_over_once(lively: Town) -> None:
    lively.tom.types("#infra", "/handoff")
    form = lively.tom.form
    assert form is not None
    lively.tom.fills_in({"Done": "The pump is fixed"})
    lively.settle()
    lively.repeats("interactive")
    assert len(notes_in(lively, "#infra")) == 1
    lively.tom.types("#infra", "/handoff")
    assert "The pump is fixed" not in filled(lively.tom)["Done"], "another one begins"


def test_whoever_wrote_theirs_already_is_not_asked(quiet: Town) -> None:
    switches_on(quiet)
    quiet.tom.types("#infra", "/handoff")
    quiet.tom.fills_in({"Done": "The pump is fixed"})
    quiet.move_to(TOMS_END)
    assert offers_to(quiet.tom, quiet) == []


def test_one_thing_is_handed_over_with_words(lively: Town) -> None:
    lively.tom.types("#infra", "/handoff @Priya the pool size")
    assert filled(lively.tom)["What?"] == "the pool size"
    lively.tom.fills_in({"Next step": "Raise it to 20"})
    assert "the pool size → Priya" in shown(lively.tom)
    lively.settle()
    [card] = lively.posts_in("#infra")
    assert "the pool size" in card["text"]
    assert "Raise it to 20" in card["text"]
    assert not card.get("thread_ts")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("@Gil the copy", "Only full members"),
        ("@Tom the copy", "That is you."),
        ("somebody the copy", "I do not know to whom."),
    ],
)
def test_who_cannot_take_anything_is_told_at_once(quiet: Town, typed: str, told: str) -> None:
    quiet.tom.types("#web-relaunch", f"/handoff {typed}")
    assert told in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.tom.form is None


def test_somebody_who_left_meanwhile_is_told_of_in_the_form(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff @Priya the pool size")
    quiet.tom.deactivates("Priya")
    quiet.settle()
    quiet.tom.fills_in({})
    assert "Only full members" in errors(quiet.tom)
    quiet.tom.fills_in({"Who carries it on?": "Ana"})
    assert "the pool size → Ana" in shown(quiet.tom)


def test_an_item_that_nobody_can_take_stays_and_says_why(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff")
    quiet.tom.fills_in({MIDWAY: "The pool size"})
    quiet.tom.fills_in({"1 · Or somebody else": "Gil"})
    assert "Stays with you" in shown(quiet.tom)
    assert "Only full members" in shown(quiet.tom)
    [note] = notes_in(quiet, "#infra")
    assert "→" not in note


def test_where_baton_left_the_channel_another_one_is_asked_for(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff")
    quiet.tom.fills_in({MIDWAY: "The pool size"})
    quiet.tom.removes("Baton", "#infra")
    quiet.settle()
    quiet.tom.fills_in({})
    assert "nothing is sent yet" in shown(quiet.tom)
    assert filled(quiet.tom)[MIDWAY] == "The pool size"
    quiet.tom.fills_in({"Where?": "#web-relaunch"})
    quiet.tom.fills_in({})
    assert len(notes_in(quiet)) == 1


def test_what_is_blocked_is_asked_for(lively: Town) -> None:
    lively.tom.types("#infra", "/handoff")
    lively.tom.fills_in({MIDWAY: "The pool size"})
    lively.tom.fills_in({"1 · Whom does it wait for?": "Priya"})
    assert "Please write what you need from them" in errors(lively.tom)
    lively.tom.fills_in(
        {"1 · Whom does it wait for?": "Priya", "1 · What for?": "which size do you need?"}
    )
    lively.settle()
    assert "which size do you need?" in str(lively.posts_in("#infra"))


def test_the_help_tells_what_can_be_typed(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff help")
    told = quiet.whispers_to(quiet.tom)[-1]
    for verb in ("@ana", "list", "chain", "blocked", "blockers", "stand-in", "standup"):
        assert f"`/handoff {verb}" in told, verb


def test_what_is_known_of_the_day_stands_in_the_form_and_its_lines_keep_their_links(
    lively: Town,
) -> None:
    makes_chain(lively, "C0INFRA00", "Tom", "Sam")
    lively.tom.says("#infra", "@Priya can you raise the pool size to 20?")
    lively.settle()
    lively.tom.types("#infra", "/handoff")
    known = filled(lively.tom)[MIDWAY]
    assert "raise the pool size" in known
    lively.tom.fills_in({MIDWAY: f"{known}\nThe copy"})
    assert "/archives/" in filled(lively.tom)["1 · Links"]
    assert filled(lively.tom)["1 · Whom does it wait for?"] == lively.slack.see("Priya")["me"]
    assert filled(lively.tom)["2 · Links"] == ""
    lively.tom.fills_in({})
    lively.settle()
    lively.tom.types("#infra", "/ask list")
    listed = lively.whispers_to(lively.tom)[-1]
    assert listed.count("raise the pool size") == 1, "nobody is asked twice"
    lively.tom.types("#infra", "/handoff blockers")
    assert "raise the pool size" in lively.whispers_to(lively.tom)[-1]


def test_on_the_last_day_before_leave_there_is_one_offer(lively: Town) -> None:
    switches_on(lively)
    lively.priya.types("#infra", "/baton away tomorrow until Friday")
    lively.move_to(datetime(2026, 10, 6, 10, 31, tzinfo=UTC))  # 16:01 in Kolkata
    lively.move_to(datetime(2026, 10, 6, 11, 29, tzinfo=UTC))
    found = [text for text in lively.writes_to(lively.priya) if "[Write it]" in text]
    assert len(found) == 1
    assert "away" in found[0]
    lively.move_to(datetime(2026, 10, 9, 12, 0, tzinfo=UTC))
    assert offers_to(lively.priya, lively) == []
