"""A baton: handed over, taken, returned with a question, passed on, taken back, done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import pytest

from bot.core.agreement.setting import person_scope
from bot.core.blocks import Message
from bot.core.ids import new_id
from bot.core.render import mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.features.handoffs.queries import batons as queries
from bot.features.handoffs.rules.batons import note_key
from bot.features.handoffs.rules.items import Item, To
from bot.features.handoffs.service import batons
from bot.features.handoffs.service.batons import HandedOver
from bot.playground import choosing
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "handoffs")

T = TypeVar("T")

INFRA: Final = "C0INFRA00"
SAMS_MORNING: Final = datetime(2026, 10, 6, 16, 0, tzinfo=UTC)  # 09:00 in Los Angeles
POOL: Final = Item(
    "Raise the pool size",
    progress="Staging runs with 20",
    why="Production ran out of connections",
    next_step="Roll it out",
    watch_out="The replica lags behind",
    links=("https://github.example/acme/infra/pull/71",),
)


def test_what_is_handed_over_is_taken_and_done_in_the_next_ones_day(lively: Town) -> None:
    handed = hand_over(lively, lively.tom, POOL, lively.sam)
    assert handed.is_new
    assert handed.waits_until == SAMS_MORNING
    card = the_card(lively)
    for words in ("Staging runs with 20", "ran out of", "Roll it out", "replica", "pull/71"):
        assert words in card
    assert "For Sam to take · their day begins Tue 6 Oct, 09:00 there" in card
    assert "@Sam" not in card
    assert "<@U0SAM" not in card, "nobody who sleeps is called"
    assert about(lively, lively.sam, "hands over") == []
    lively.move_to(SAMS_MORNING)
    assert about(lively, lively.sam, "hands over to you") == [], "his digest tells it"
    press(lively, lively.sam, "I have it")
    assert "Sam has it, since" in the_card(lively)
    press(lively, lively.sam, "Done")
    assert ":white_check_mark: *Raise the pool size*" in the_card(lively)
    assert "Done by Sam" in the_card(lively)
    assert open_batons(lively) == 0


def test_who_reads_no_digest_is_told_when_their_day_begins(lively: Town) -> None:
    lively.sets("digest.on", "off", person_scope("U0SAM0000"))
    hand_over(lively, lively.tom, POOL, lively.sam)
    lively.move_to(SAMS_MORNING - timedelta(minutes=1))
    assert about(lively, lively.sam, "hands over to you") == []
    lively.move_to(SAMS_MORNING)
    assert len(about(lively, lively.sam, "@Tom hands over to you")) == 1


def test_what_comes_back_is_offered_again_or_kept(quiet: Town) -> None:
    noor = quiet.slack.person("Noor")
    handed = hand_over(quiet, quiet.tom, POOL, quiet.priya)
    quiet.settle()
    come_back(quiet, handed)
    assert "With Tom again" in the_card(quiet)
    [told] = about(quiet, quiet.tom, "Nobody could take this so far")
    assert "[Offer again…]" in told
    assert "It is with <@U0TOM0000> again" in quiet.priya.direct_messages()[-1]["text"]
    press(quiet, quiet.tom, "Offer again…")
    quiet.tom.fills_in({})
    form = quiet.tom.form
    assert form is not None, "nobody is next"
    quiet.tom.fills_in({"Who carries it on?": "Noor"})
    quiet.settle()
    assert "For Noor to take" in the_card(quiet)
    assert len(about(quiet, noor, "@Tom hands over to you")) == 1
    come_back(quiet, handed)
    press(quiet, quiet.tom, "I keep it")
    assert "Taken back by Tom" in the_card(quiet)
    assert open_batons(quiet) == 0
    assert hand_over(quiet, quiet.tom, POOL, noor).is_new, "the same comes again another day"


def test_whoever_is_at_work_is_told_at_once_and_can_answer_there(lively: Town) -> None:
    assert hand_over(lively, lively.tom, POOL, lively.priya).waits_until is None
    [told] = about(lively, lively.priya, "@Tom hands over to you")
    for words in ("Raise the pool size", "Staging runs with 20", "[I have it]", "[Ask back…]"):
        assert words in told
    press(lively, lively.priya, "I have it")
    assert "Priya has it" in the_card(lively)
    assert "You have this, from <@U0TOM0000>" in lively.priya.direct_messages()[-1]["text"]
    assert lively.whispers_to(lively.priya) == [], "the message itself says so"


def test_a_question_goes_back_to_the_sender_and_with_the_answer_it_is_the_holders_again(
    lively: Town,
) -> None:
    hand_over(lively, lively.tom, POOL, lively.priya)
    press(lively, lively.priya, "Ask back…")
    lively.priya.fills_in({"What do you need to know first?": "Which replica lags?"})
    lively.settle()
    assert "Priya asked Tom something first" in the_card(lively)
    [asked] = [each for each in lively.posts_in("#infra") if "Context:" in each["text"]]
    assert "About what was handed over: Raise the pool size" in asked["text"]
    press(lively, lively.sam, "I have it")
    assert "@Priya asked @Tom about it first" in lively.whispers_to(lively.sam)[-1]
    lively.tom.says("#infra", "The one in Frankfurt.", reply_to=asked["ts"])
    lively.settle()
    assert "For Priya to take · their question is answered" in the_card(lively)
    [told] = about(lively, lively.priya, "Your question is answered")
    assert "[I have it]" in told
    press(lively, lively.priya, "I have it")
    assert "Priya has it" in the_card(lively)


def test_a_question_that_nobody_needs_any_more_gives_the_baton_back_and_says_so(
    quiet: Town,
) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    ask_back(quiet, quiet.priya, "Which replica lags?")
    press(quiet, quiet.priya, "Withdraw")
    assert "For Priya to take" in the_card(quiet)
    assert "answered" not in the_card(quiet)
    assert about(quiet, quiet.priya, "closed without an answer") != []


def test_who_takes_it_after_all_waits_for_no_answer(quiet: Town) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    ask_back(quiet, quiet.priya, "Which replica lags?")
    press(quiet, quiet.priya, "I have it")
    assert "Priya has it" in the_card(quiet)
    assert any("took a question back" in each["text"] for each in quiet.posts_in("#infra"))


def test_it_is_passed_on_with_a_few_words(lively: Town) -> None:
    hand_over(lively, lively.tom, POOL, lively.priya)
    press(lively, lively.priya, "Pass on…")
    words = {"Who carries it on?": "Noor", "What should they know?": "I am on a train."}
    lively.priya.fills_in(words)
    lively.settle()
    noor = lively.slack.person("Noor")
    assert "For Noor to take · passed on by Priya" in the_card(lively)
    assert "*Priya adds:*" in the_card(lively)
    [told] = about(lively, noor, "@Priya passes on to you what @Tom handed over")
    assert "I am on a train." in told
    assert "It is offered to <@U0NOOR000>" in lively.priya.direct_messages()[-1]["text"]
    press(lively, lively.priya, "I have it")
    assert "so only @Noor can do that" in lively.whispers_to(lively.priya)[-1]
    press(lively, noor, "I have it")
    assert "Noor has it" in the_card(lively)
    assert "*Priya adds:*" in the_card(lively)
    assert "> I am on a train." in the_card(lively)
    assert "I am on a train." in noor.direct_messages()[-1]["text"]


def test_the_next_ones_digest_says_who_passed_it_on(lively: Town) -> None:
    hand_over(lively, lively.tom, POOL, lively.priya)
    press(lively, lively.priya, "Pass on…")
    words = {"Who carries it on?": "Sam", "What should they know?": "I am on a train."}
    lively.priya.fills_in(words)
    lively.move_to(SAMS_MORNING)
    assert about(lively, lively.sam, "For you to take, from @Tom, passed on by @Priya: ") != []
    press(lively, lively.sam, "I have it")
    assert "> I am on a train." in the_card(lively)
    lively.sam.types("#infra", "/digest now")
    assert "You have it, from @Tom, passed on by @Priya: " in lively.whispers_to(lively.sam)[-1]


def test_only_whoever_handed_it_over_takes_it_back(quiet: Town) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    press(quiet, quiet.sam, "Take back")
    assert "Only @Tom, who handed it over" in quiet.whispers_to(quiet.sam)[-1]
    press(quiet, quiet.tom, "Take back")
    assert "Taken back by Tom" in the_card(quiet)
    assert all(block["type"] != "actions" for block in cards(quiet)[0]["blocks"])
    assert "<@U0TOM0000> took it back" in quiet.priya.direct_messages()[-1]["text"]
    assert open_batons(quiet) == 0


def test_two_hand_overs_of_one_thing_at_once_make_one_baton(lively: Town) -> None:
    """Each on a thread of its own: two people, then one person twice."""
    ivo = lively.slack.person("Ivo")
    with ThreadPoolExecutor(2) as workers:
        same = Item("  raise the POOL size ")
        first = workers.submit(hand_over, lively, lively.tom, POOL, lively.priya)
        second = workers.submit(hand_over, lively, ivo, same, lively.slack.person("Noor"))
        found = [first.result(), second.result()]
    assert sorted(each.is_new for each in found) == [False, True]
    assert len({each.baton.id for each in found if each.baton}) == 1
    assert len(cards(lively)) == 1
    assert not hand_over(lively, lively.tom, POOL, lively.priya).is_new
    assert open_batons(lively) == 1


def test_whoever_comes_second_is_told_who_has_it(quiet: Town) -> None:
    """Their view of the card is older than what happened."""
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    quiet.settle()
    old = cards(quiet)[0]
    noor = quiet.slack.person("Noor")
    press(quiet, quiet.priya, "I have it")
    press_old(quiet, noor, old, "I have it")
    assert "@Priya has it, since" in quiet.whispers_to(noor)[-1]
    press_old(quiet, quiet.priya, old, "I have it")
    assert "You have it." in quiet.whispers_to(quiet.priya)[-1]
    press_old(quiet, noor, old, "Ask back…")
    assert noor.form is None
    assert "has changed since" in quiet.whispers_to(noor)[-1]
    press(quiet, quiet.priya, "Done")
    press_old(quiet, quiet.priya, old, "I have it")
    assert "Done by @Priya" in quiet.whispers_to(quiet.priya)[-1]


def test_whoever_has_it_hands_it_on_as_its_sender(quiet: Town) -> None:
    """The same words, or what it is about, lead to the same baton, with its way."""
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    press(quiet, quiet.priya, "I have it")
    further = Item("Raise the pool size", progress="Half of production runs with 20")
    handed = hand_over(quiet, quiet.priya, further, quiet.slack.person("Noor"))
    assert handed.is_new
    card = the_card(quiet)
    assert "For Noor to take" in card
    assert "Handed over by Priya" in card
    assert "Half of production" in card
    assert "Staging" not in card
    assert open_batons(quiet) == 1


@pytest.mark.parametrize(
    ("whom", "why"),
    [
        ("Tom", "That is you"),
        ("Gil", "Only full members"),
        ("Dora", "Only full members"),
        ("Ivo", "I may not write to them"),
    ],
)
def test_to_whom_nothing_can_be_handed_over(quiet: Town, whom: str, why: str) -> None:
    ids = {"Gil": "U0GIL0000", "Dora": "U0DORA000", "Ivo": "U0IVO0000", "Tom": "U0TOM0000"}
    quiet.sets("people.off", "on", person_scope(ids["Ivo"]))
    handed = _perform(quiet, lambda uow: hand(quiet, uow, "U0TOM0000", POOL, To(ids[whom])))
    assert why in handed.refusal
    assert handed.baton is None
    assert cards(quiet) == []


def test_nothing_is_handed_over_where_it_cannot_stand(quiet: Town) -> None:
    assert "Nobody is next" in hand_over(quiet, quiet.tom, POOL).refusal
    assert "few words" in hand_over(quiet, quiet.tom, Item(" \u200b "), quiet.sam).refusal
    elsewhere = hand_over(quiet, quiet.tom, POOL, quiet.sam, channel="C0GENERAL")
    assert "I am not in that channel" in elsewhere.refusal
    quiet.sam.removes("Mei", "#infra")
    quiet.settle()
    assert "You are not in" in hand_over(quiet, quiet.mei, POOL, quiet.sam).refusal
    assert quiet.writes_to(quiet.sam) == []


def test_hostile_words_stay_words(lively: Town) -> None:
    wide = "\uff1c!here\uff1e"
    nasty = f"<!channel> <@U0SAM0000> *b* `c` @here <https://evil.example|click> {wide}"
    item = Item(nasty, nasty, nasty, nasty, nasty, links=("https://a.example/|x> <!here>",))
    hand_over(lively, lively.tom, item, lively.priya)
    ask_back(lively, lively.priya, f"{nasty}?")
    lively.settle()
    [card] = cards(lively)
    raw = str(card)
    for token in ("<!channel", "<!here", "<@U0SAM", "<https://evil", "<https://a"):
        assert token not in raw, token
    assert "@here" not in raw


def test_what_is_about_a_message_has_its_card_in_that_thread(lively: Town) -> None:
    ts = lively.priya.says("#infra", "The pool is too small.")
    lively.settle()
    hand_over(lively, lively.tom, Item("Raise it", source=f"message:{INFRA}|{ts}"), lively.sam)
    [card] = cards(lively)
    assert card["thread_ts"] == ts
    again = Item("Other words", source=f"message:{INFRA}|{ts}")
    assert not hand_over(lively, lively.priya, again, lively.sam).is_new


def test_the_cards_of_a_day_stand_below_its_message_if_that_could_be_posted(quiet: Town) -> None:
    def work(uow: UnitOfWork, channel: str, item: Item) -> None:
        note_id = new_id()
        uow.outbox.post(note_key(note_id), channel, Message(mrkdwn("My day")))
        asks = quiet.app.bot.asks
        to = To("U0PRIYA00")
        batons.hand_over(uow, asks, "U0TOM0000", INFRA, item, to, note_id=note_id)

    _perform(quiet, lambda uow: work(uow, INFRA, POOL))
    _perform(quiet, lambda uow: work(uow, "C0NOWHERE", Item("Something else")))
    first, second = cards(quiet)
    [day] = [each for each in quiet.posts_in("#infra") if each["text"] == "My day"]
    assert first["thread_ts"] == day["ts"]
    assert "thread_ts" not in second


def test_whose_card_cannot_be_posted_hears_of_it(quiet: Town) -> None:
    refused = {"method": "chat.postMessage", "error": "restricted_action"}
    quiet.slack.faults(methods=[refused | {"about": INFRA}])
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    assert cards(quiet) == []
    assert "I could not post the card of" in quiet.writes_to(quiet.tom)[-1]
    assert len(about(quiet, quiet.priya, "hands over to you")) == 1


def test_the_buttons_of_a_card_stay_good_while_it_is_open(quiet: Town) -> None:
    hand_over(quiet, quiet.tom, POOL, quiet.priya)
    press(quiet, quiet.priya, "I have it")
    for _ in range(3):
        quiet.advance(days=3)
    press(quiet, quiet.slack.person("Noor"), "Done")
    assert "@Priya has it" in quiet.whispers_to(quiet.slack.person("Noor"))[-1]


def test_what_somebody_may_not_see_is_not_told_by_handing_over_the_same(quiet: Town) -> None:
    """The same link was handed over in a private channel: here it is a baton of its own."""
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    link = Item("Raise the pool size", source="link:https://github.example/acme/infra/pull/71")
    assert hand_over(quiet, quiet.tom, link, quiet.priya, channel="G0LEADS00").is_new
    handed = hand_over(quiet, quiet.sam, link, quiet.slack.person("Noor"))
    assert handed.is_new
    assert not hand_over(quiet, quiet.mei, link, quiet.sam).is_new


def hand_over(
    town: Town, sender: Person, item: Item, to: Person | None = None, channel: str = INFRA
) -> HandedOver:
    """Hands something over as somebody, as the commands and forms do."""
    wanted = To(town._id(to)) if to is not None else To()
    by = town._id(sender)
    return _perform(town, lambda uow: hand(town, uow, by, item, wanted, channel=channel))


def hand(
    town: Town, uow: UnitOfWork, by: str, item: Item, to: To, *, channel: str = INFRA
) -> HandedOver:
    """The same inside a unit of work."""
    return batons.hand_over(uow, town.app.bot.asks, by, channel, item, to)


def press_old(town: Town, person: Person, message: Json, label: str) -> None:
    """Presses a button as a client would that shows a message as it was."""
    [place] = choosing.buttons(message["blocks"], label)
    shown = town.server.slack.world.channels[INFRA].messages[message["ts"]].blocks
    shown.extend(block for block in message["blocks"] if block["type"] == "actions")
    town.slack.act(person.name, "press", **place, channel=INFRA, ts=message["ts"])
    town.settle()


def come_back(town: Town, handed: HandedOver) -> None:
    """Gives a baton back to its sender, as the clock does."""
    assert handed.baton is not None
    baton_id = handed.baton.id

    def work(uow: UnitOfWork) -> bool:
        baton = queries.get(uow, baton_id, lock=True)
        return baton is not None and batons.come_back(uow, baton)

    assert _perform(town, work)
    town.settle()


def ask_back(town: Town, person: Person, words: str) -> None:
    """Returns the newest baton with a question."""
    press(town, person, "Ask back…")
    person.fills_in({"What do you need to know first?": words})
    town.settle()


def press(town: Town, person: Person, label: str) -> None:
    """Presses the newest button of this name, when everything is where it belongs."""
    town.settle()
    person.presses(label)
    town.settle()


def cards(town: Town, channel: str = "#infra") -> list[Json]:
    """The cards of batons in a channel."""
    return [each for each in town.posts_in(channel) if "Handed over by" in each["text"]]


def the_card(town: Town, channel: str = "#infra") -> str:
    """The only card there."""
    [card] = cards(town, channel)
    return str(card["text"])


def about(town: Town, person: Person, words: str) -> list[str]:
    """What Baton wrote to somebody directly that has these words in it."""
    return [text for text in town.writes_to(person) if words in text]


def _perform(town: Town, work: Callable[[UnitOfWork], T]) -> T:
    return town.app.bot.perform(TEAM_ID, work, during="interaction")


def open_batons(town: Town, channel: str = INFRA) -> int:
    """How many batons somebody must carry on."""
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        return len(queries.open_in(uow, channel))
