"""Somebody is on it: who presses, what others see, and how long it stands."""

from threading import Barrier, Thread

import pytest

from bot.features.redphone.models import PageRow
from bot.features.redphone.queries import pages as queries
from bot.features.redphone.rules.acknowledging import Taken
from bot.features.redphone.service import acknowledging
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.support.town import Town

CARD = "#infra"
DOWN = "Production down: customers cannot use the product"
FIRE = "/redphone Nobody can sign up"


def test_somebody_is_on_it_until_they_say_what_it_was(lively: Town) -> None:
    page(lively)
    lively.tom.presses("I'm on it")
    assert "@Tom is on it (10:00 AM there):\n> Nobody can sign up" in lively.writes_to(lively.sam)
    assert "*<@U0TOM0000> has been on it*" in card(lively)
    assert "You have been on it since 10:00" in lively.tom.direct_messages()[0]["text"]
    lively.tom.presses("Post an update…")
    lively.tom.fills_in({"How does it go?": "Rolled back, I watch it"})
    lively.settle()
    assert "Last update" in card(lively)
    assert "Rolled back, I watch it" in thread(lively)
    lively.tom.presses("Resolve…")
    lively.tom.fills_in({"What was it, and what was done?": "A bad deploy"})
    lively.settle()
    assert "*Resolved* by <@U0TOM0000>" in card(lively)
    assert "A bad deploy" in thread(lively)
    told = [text for text in lively.writes_to(lively.sam) if "@Tom resolved it" in text]
    assert len(told) == 1
    lively.advance(minutes=1)
    lively.tom.presses("Reopen")
    lively.settle()
    assert "*<@U0TOM0000> has been on it*" in card(lively)
    assert "reopened it" in lively.writes_to(lively.sam)[-1]


def test_a_reaction_takes_nothing(quiet: Town) -> None:
    page(quiet)
    ts = quiet.posts_in(CARD)[0]["ts"]
    for emoji in ("eyes", "white_check_mark", "+1"):
        quiet.tom.reacts(CARD, ts, emoji)
    direct = quiet.tom.direct_messages()[0]
    bot_channel = quiet.tom.direct_with(quiet.slack.see("Tom")["app"]["user"])
    quiet.tom.reacts(bot_channel, direct["ts"], "white_check_mark")
    quiet.settle()
    assert "*Nobody is on it yet.*" in card(quiet)
    before = len(pages_to(quiet, quiet.tom))
    quiet.advance(minutes=5)
    assert len(pages_to(quiet, quiet.tom)) > before, "it goes on"


def test_the_second_is_told_who_has_it_and_can_join(quiet: Town) -> None:
    page(quiet)
    button = element(quiet.posts_in(CARD)[0], "I'm on it")
    quiet.tom.presses("I'm on it")
    quiet.settle()
    press_again(quiet, quiet.priya, button)
    told = quiet.whispers_to(quiet.priya)[-1]
    assert "@Tom has been on it since 1:30 pm" in told, "in Priya's time"
    quiet.priya.presses("Join")
    assert "You help with this one" in quiet.whispers_to(quiet.priya)[-1]
    assert "@Priya joined you." in quiet.writes_to(quiet.tom)
    assert "<@U0PRIYA00>" in card(quiet)


def test_a_button_of_a_card_that_says_something_else_by_now_does_nothing(quiet: Town) -> None:
    page(quiet)
    quiet.tom.presses("I'm on it")
    quiet.settle()
    join = element(quiet.posts_in(CARD)[0], "Join")
    quiet.tom.presses("Resolve…")
    quiet.tom.fills_in({"What was it, and what was done?": "A bad deploy"})
    quiet.settle()
    press_again(quiet, quiet.priya, join)
    assert "This has changed since it was posted" in quiet.whispers_to(quiet.priya)[-1]


def test_whoever_is_not_heard_of_is_asked_and_then_it_is_paged_on(quiet: Town) -> None:
    page(quiet)
    quiet.tom.presses("I'm on it")
    quiet.advance(minutes=29)
    assert not any("still on it?" in text for text in quiet.writes_to(quiet.tom))
    quiet.advance(minutes=1)
    asked = quiet.writes_to(quiet.tom)[-1]
    assert "Are you still on it? There was no update since 10:00." in asked
    before = len(pages_to(quiet, quiet.tom))
    quiet.advance(minutes=5)
    assert "I do not hear from @Tom any more" in "".join(quiet.writes_to(quiet.sam))
    assert len(pages_to(quiet, quiet.tom)) == before + 1
    assert "*Nobody is on it yet.*" in card(quiet)
    assert "has it no more" in thread(quiet) or "still on it" in thread(quiet)
    quiet.tom.presses("I'm on it")
    quiet.settle()
    assert "*<@U0TOM0000> has been on it*" in card(quiet)


@pytest.mark.parametrize("answer", ["Still on it", "Snooze 1 hour"])
def test_one_press_says_that_somebody_is_still_on_it(answer: str, quiet: Town) -> None:
    page(quiet)
    quiet.tom.presses("I'm on it")
    quiet.advance(minutes=30)
    quiet.tom.presses(answer)
    quiet.settle()
    again = "11:00" if answer == "Still on it" else "11:30"
    assert f"I ask again at {again}" in quiet.whispers_to(quiet.tom)[-1]
    assert f"I ask again at {again}" in quiet.tom.direct_messages()[-1]["text"]
    quiet.advance(minutes=20)
    assert "*<@U0TOM0000> has been on it*" in card(quiet)


def test_others_are_asked_to_join_and_one_of_them_takes_over(quiet: Town) -> None:
    page(quiet)
    quiet.tom.presses("I'm on it")
    quiet.settle()
    quiet.tom.picks_option("", "Hand over to…")
    assert "Nobody else was paged or joined yet" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Join me…")
    quiet.tom.fills_in({"Who joins you?": ["Priya", "Gil"]})
    told = quiet.forms_of(quiet.tom)[-1]
    assert "Asked to join: @Priya" in told
    assert "only full members of this workspace, so not @Gil" in told
    assert "@Tom asks you to join" in quiet.writes_to(quiet.priya)[-1]
    quiet.priya.presses("Join")
    quiet.settle()
    quiet.tom.picks_option("", "Hand over to…")
    quiet.tom.fills_in({"Who has it from now on?": "Priya"})
    quiet.settle()
    assert "*<@U0PRIYA00> has been on it*" in card(quiet)
    assert "@Tom hands this over to you" in quiet.writes_to(quiet.priya)[-1]
    assert "@Priya has it now (1:30 PM there)" in quiet.writes_to(quiet.sam)[-1]
    quiet.priya.presses("Still on it")
    quiet.advance(minutes=6)
    assert "*<@U0PRIYA00> has been on it*" in card(quiet)


def test_handing_it_back_pages_on(quiet: Town) -> None:
    page(quiet)
    quiet.tom.presses("I'm on it")
    quiet.settle()
    quiet.tom.picks_option("", "Hand it back")
    quiet.settle()
    assert "@Tom handed it back" in quiet.writes_to(quiet.sam)[-1]
    assert "*Nobody is on it yet.*" in card(quiet)


def test_whoever_leaves_the_workspace_has_it_no_more(quiet: Town) -> None:
    page(quiet, "Priya")
    quiet.priya.presses("I'm on it")
    quiet.settle()
    assert "*<@U0PRIYA00> has been on it*" in card(quiet)
    quiet.tom.deactivates("Priya")
    quiet.settle()
    assert the_page(quiet).acknowledged_by == ""
    assert "I do not hear from @Priya any more" in "".join(quiet.writes_to(quiet.sam))


def test_what_was_typed_stays_where_it_cannot_be_resolved(quiet: Town) -> None:
    page(quiet)
    quiet.tom.presses("I'm on it")
    quiet.settle()
    quiet.tom.presses("Resolve…")
    quiet.tom.fills_in({"What was it, and what was done?": "   "})
    view = quiet.tom.form
    assert view is not None
    assert "what it was" in view["errors"]["words"]
    quiet.sam.presses("It's over")
    quiet.settle()
    quiet.tom.fills_in({"What was it, and what was done?": "A bad deploy"})
    view = quiet.tom.form
    assert view is not None
    assert "called it off" in view["errors"]["words"]


def test_open_pages_are_listed_with_who_has_each(quiet: Town) -> None:
    quiet.tom.types(CARD, "/redphone open")
    assert quiet.whispers_to(quiet.tom)[-1] == "No page is open that you can see."
    page(quiet)
    quiet.priya.types(CARD, "/redphone open")
    assert "Nobody can sign up, since 1:30 pm. Nobody is on it yet." in shown(quiet, quiet.priya)
    quiet.tom.presses("I'm on it")
    quiet.settle()
    quiet.mei.types(CARD, "/redphone open")
    assert "@Tom has it since 17:00" in shown(quiet, quiet.mei), "in Mei's time"
    quiet.gil.types("#web-relaunch", "/redphone open")
    assert "full members" in quiet.whispers_to(quiet.gil)[-1]


@pytest.mark.needs("home")
def test_open_pages_stand_on_the_boards_of_those_they_concern(quiet: Town) -> None:
    page(quiet)
    assert "Open pages" in quiet.home_of(quiet.tom)
    assert "Open pages" in quiet.home_of(quiet.sam)
    assert "Open pages" not in quiet.home_of(quiet.mei)
    quiet.tom.opens_home()
    quiet.tom.presses("I'm on it")
    quiet.settle()
    assert "@Tom has it since 10:00" in quiet.home_of(quiet.tom)


def test_of_two_who_press_at_the_same_instant_one_is_first(quiet: Town) -> None:
    page(quiet)
    page_id, ready, found = the_page(quiet).id, Barrier(2), list[Taken]()

    def press(person: Person) -> None:
        ready.wait()
        with quiet.app.bot.begin(TEAM_ID, during="interaction") as uow:
            user_id = str(quiet.slack.see(person.name)["me"])
            taken = acknowledging.acknowledge(uow, page_id, user_id, through="button")
        found.append(taken)

    both = [Thread(target=press, args=(each,)) for each in (quiet.tom, quiet.priya)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    first = [each.by for each in found if each.is_first]
    assert len(first) == 1
    assert {each.by for each in found} == set(first)
    told = [text for text in quiet.writes_to(quiet.sam) if "is on it (" in text]
    assert len(told) == 1


def page(town: Town, whom: str = "Tom") -> None:
    """Sam pages somebody whose working day it is."""
    town.sam.types(CARD, FIRE)
    filled = {"What is it?": DOWN, "What it hurts": "All new customers", "Person to page": whom}
    town.sam.fills_in(filled)
    town.settle()


def the_page(town: Town) -> PageRow:
    """The newest page as it stands."""
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        found = queries.open_pages(uow)[-1]
        uow.session.expunge(found)
        return found


def card(town: Town) -> str:
    """What the card of the page says."""
    return str(town.posts_in(CARD)[0]["text"])


def thread(town: Town) -> str:
    """What was told below it."""
    return "\n".join(each["text"] for each in town.posts_in(CARD)[1:])


def pages_to(town: Town, person: Person) -> list[str]:
    """How somebody was paged."""
    return [text for text in town.writes_to(person) if "needs you now" in text]


def shown(town: Town, person: Person) -> str:
    """What was shown to somebody alone, last."""
    return town.whispers_to(person)[-1]


def element(message: Json, label: str) -> Json:
    """The button of that name on a message."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return next(each for row in rows for each in row if each["text"]["text"] == label)


def press_again(town: Town, person: Person, button: Json) -> None:
    """Presses a button that was on the card, as a client would that still shows the old one."""
    channel = next(
        each for each in town.server.slack.world.channels.values() if each.name == CARD.strip("#")
    )
    ts = town.posts_in(CARD)[0]["ts"]
    channel.messages[ts].blocks.append({"type": "actions", "elements": [button]})
    person.presses(button["text"]["text"])
    town.settle()
