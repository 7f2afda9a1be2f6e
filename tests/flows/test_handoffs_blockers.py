"""Blockers, until nobody is blocked any more, while events arrive twice and in any order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import pytest

from bot.features.handoffs.rules.items import Item, To
from bot.features.handoffs.service import batons, blockers
from bot.playground.client import Person
from bot.playground.world import TEAM_ID
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "handoffs", "digest")

POOL: Final = "the pool size for the new cluster"
NOTHING: Final = (
    "Nothing blocks you, and you block nobody. `/handoff blocked @somebody what` notes whom you "
    "wait for."
)
STILL: Final = "Not blocked any more"


def blockers_of(person: Person, town: Town) -> str:
    """What `/handoff blockers` shows somebody."""
    town.settle()
    person.types("#infra", "/handoff blockers")
    return town.whispers_to(person)[-1]


def noted(person: Person, town: Town, words: str, channel: str = "#infra") -> str:
    """What Baton answers when somebody says that they are blocked."""
    person.types(channel, f"/handoff blocked {words}")
    return town.whispers_to(person)[-1]


def told(person: Person, town: Town, words: str) -> list[str]:
    """What Baton wrote to somebody directly that has these words in it."""
    return [text for text in town.writes_to(person) if words in text]


def pressed(person: Person, town: Town, label: str) -> str:
    """What somebody is shown after they press a button."""
    person.presses(label)
    return town.whispers_to(person)[-1]


def digests(town: Town) -> list[str]:
    """Tom's digests so far."""
    return told(town.tom, town, "Good morning, Tom")


def the_id(person: Person) -> str:
    """Who somebody is for Baton."""
    return str(person.slack.see(person.name)["me"])


def infra(town: Town) -> str:
    """The id of #infra."""
    channel = town.server.slack.world.channel_called("#infra")
    assert channel is not None
    return channel.id


def test_it_is_chased_by_its_ask_and_closed_by_the_answer(lively: Town) -> None:
    said = noted(lively.tom, lively, f"@Priya: {POOL}")
    assert f"Noted: you are blocked by @Priya: {POOL}" in said
    assert "I asked @Priya in your name, due Mi., 7. Okt., 10:00." in said
    [card] = lively.posts_in("#infra")
    assert POOL in card["text"]
    assert "*Blocker*" in card["text"]
    assert "(asked, due Mi., 7. Okt., 10:00)" in blockers_of(lively.tom, lively)
    others = blockers_of(lively.priya, lively)
    assert "Whom you block (1)" in others
    assert f"@Tom waits for this since Tue, 6 Oct, 1:30 pm: {POOL}" in others

    lively.move_to(datetime(2026, 10, 7, 8, 5, tzinfo=UTC))  # 13:35 in Kolkata
    [chaser] = told(lively.priya, lively, "still waiting")
    assert POOL in chaser
    [morning] = told(lively.tom, lively, "What blocks you")
    assert "Nothing waits for you\n" in morning, "a blocker is no hand-off"
    assert "overdue since Mi., 7. Okt., 10:00" in blockers_of(lively.tom, lively)
    assert "What blocks you (1)" in lively.home_of(lively.tom)

    lively.priya.says("#infra", "It is 20.", reply_to=card["ts"])
    assert blockers_of(lively.tom, lively) == NOTHING
    assert blockers_of(lively.priya, lively) == NOTHING
    assert "What blocks you" not in lively.home_of(lively.tom)
    [answer] = told(lively.tom, lively, "@Priya answered")
    assert POOL in answer
    assert told(lively.tom, lively, "block any more") == [], "their ask tells them, once"


def test_what_is_declined_stays_noted_and_says_so(lively: Town) -> None:
    noted(lively.tom, lively, f"@Priya {POOL}")
    lively.priya.types("#infra", "/ask list")
    lively.priya.picks_option(POOL, "Decline…")
    lively.priya.fills_in({"Why not?": "I am not in that team any more."})
    assert "(declined)" in blockers_of(lively.tom, lively)
    [heard] = told(lively.tom, lively, "@Priya cannot do it")
    assert "not in that team" in heard
    lively.move_to(datetime(2026, 10, 7, 7, 5, tzinfo=UTC))
    assert any("What blocks you" in text and "(declined)" in text for text in digests(lively))
    assert "Closed:" in pressed(lively.tom, lively, STILL)
    assert blockers_of(lively.tom, lively) == NOTHING


def test_what_is_asked_for_again_blocks_again(lively: Town) -> None:
    noted(lively.tom, lively, f"@Priya {POOL}")
    [card] = lively.posts_in("#infra")
    lively.priya.reacts("#infra", card["ts"], "white_check_mark")
    assert blockers_of(lively.tom, lively) == NOTHING
    lively.priya.reacts("#infra", card["ts"], "white_check_mark", add=False)
    assert f"@Priya, since Di., 6. Okt., 10:00: {POOL} (asked, due" in blockers_of(
        lively.tom, lively
    )


def test_passed_on_it_is_closed_and_open_again_with_whoever_has_it(lively: Town) -> None:
    ivo = lively.slack.person("Ivo")
    noted(lively.tom, lively, f"@Priya {POOL}")
    [card] = lively.posts_in("#infra")
    lively.priya.types("#infra", "/ask list")
    lively.priya.picks_option(POOL, "Delegate…")
    lively.priya.fills_in({"Who can answer it?": "Ivo"})
    assert "(asked, due" in blockers_of(lively.tom, lively)
    ivo.reacts("#infra", card["ts"], "white_check_mark")
    assert blockers_of(lively.tom, lively) == NOTHING
    ivo.reacts("#infra", card["ts"], "white_check_mark", add=False)
    assert "(asked, due" in blockers_of(lively.tom, lively)


def test_where_nothing_can_be_posted_it_is_asked_directly(quiet: Town) -> None:
    said = noted(quiet.tom, quiet, f"@Priya {POOL}", quiet.tom.direct_with("Mei"))
    assert "I asked @Priya in your name" in said
    [asked] = told(quiet.priya, quiet, "asks you")
    assert POOL in asked
    quiet.priya.presses("Done")
    assert blockers_of(quiet.tom, quiet) == NOTHING


def test_noted_by_two_at_once_it_is_one(quiet: Town) -> None:
    bot, ids = quiet.app.bot, (the_id(quiet.tom), the_id(quiet.priya))

    def note(number: int) -> UUID | None:
        with bot.begin(TEAM_ID, during="job") as uow:
            row = blockers.note(
                uow,
                bot.asks,
                key=f"test:{number}",
                channel_id=infra(quiet),
                blocked_id=ids[0],
                blocker_id=ids[1],
                what=POOL,
            )
            return row.id if row is not None else None

    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(note, range(4)))
    assert len(found) == 1
    assert None not in found
    assert len(quiet.posts_in("#infra")) == 1
    assert "What blocks you (1)" in blockers_of(quiet.tom, quiet)


def test_closed_by_hand_its_ask_is_taken_back_and_undo_asks_again(lively: Town) -> None:
    noted(lively.tom, lively, f"@Priya {POOL}")
    assert f"Closed: {POOL}" in pressed(lively.tom, lively, STILL)
    lively.settle()
    assert "took a question back" in lively.posts_in("#infra")[0]["text"]
    assert blockers_of(lively.priya, lively) == NOTHING
    assert "noted again" in pressed(lively.tom, lively, "Undo")
    assert "(asked, due" in blockers_of(lively.tom, lively)
    assert POOL in lively.posts_in("#infra")[0]["text"]


def test_whoever_is_in_the_way_says_that_it_is_done(lively: Town) -> None:
    noted(lively.tom, lively, f"@Priya {POOL}")
    blockers_of(lively.priya, lively)
    pressed(lively.priya, lively, "Done")
    assert blockers_of(lively.tom, lively) == NOTHING
    [heard] = told(lively.tom, lively, "does not block you any more")
    assert heard.startswith("@Priya says")
    assert "noted again" in pressed(lively.tom, lively, "Still blocked")
    assert "(asked, due" in blockers_of(lively.tom, lively)


def test_the_same_blocker_noted_twice_is_one(lively: Town) -> None:
    noted(lively.tom, lively, f"@Priya {POOL}")
    again = noted(lively.tom, lively, f"@Priya   {POOL.upper()}")
    assert "That is noted already, since Di., 6. Okt., 10:00" in again
    assert len(lively.posts_in("#infra")) == 1
    assert "What blocks you (1)" in blockers_of(lively.tom, lively)
    pressed(lively.tom, lively, STILL)
    assert "Noted: " in noted(lively.tom, lively, f"@Priya {POOL}"), "closed, it can come back"
    assert len(lively.posts_in("#infra")) == 2


def test_a_guest_blocks_without_being_asked(quiet: Town) -> None:
    said = noted(quiet.tom, quiet, "@Gil the contract", "#web-relaunch")
    assert "I can ask only full members of this workspace, so please tell @Gil yourself." in said
    assert quiet.posts_in("#web-relaunch") == []
    assert "@Gil, since Di., 6. Okt., 10:00: the contract (not asked by me)" in blockers_of(
        quiet.tom, quiet
    )


def test_somebody_who_is_off_blocks_without_being_asked(quiet: Town) -> None:
    quiet.priya.types("#infra", "/baton off")
    quiet.settle()
    said = noted(quiet.tom, quiet, f"@Priya {POOL}")
    assert "I may not write to @Priya" in said
    assert quiet.posts_in("#infra") == []
    assert quiet.writes_to(quiet.priya) == []


def test_when_an_account_is_deactivated_whom_it_blocks_hears_of_it(lively: Town) -> None:
    noted(lively.tom, lively, f"@Priya {POOL}")
    noted(lively.priya, lively, "@Tom the invoice")
    lively.tom.deactivates("Priya")
    lively.settle()
    assert "their account is not active any more" in blockers_of(lively.tom, lively)
    assert "Whom you block" not in blockers_of(lively.tom, lively)
    [heard] = told(lively.tom, lively, "Nobody is asked any more")
    assert POOL in heard


def test_nobody_is_blocked_by_themself(quiet: Town) -> None:
    assert "That is you" in noted(quiet.tom, quiet, f"@Tom {POOL}")
    assert blockers_of(quiet.tom, quiet) == NOTHING


def test_a_form_asks_for_what_was_not_typed(quiet: Town) -> None:
    quiet.tom.types("#infra", "/handoff blocked @Priya \u200b")
    quiet.settle()
    quiet.tom.fills_in({"What do you need from them?": POOL})
    quiet.settle()
    assert POOL in quiet.posts_in("#infra")[0]["text"]
    assert f"blocked by @Priya: {POOL}" in quiet.forms_of(quiet.tom)[-1]


def handed_over(town: Town, to: Person) -> UUID:
    """A baton of Tom's that waits for Priya, and somebody is to take."""
    item = Item("Grow the cluster", blocked_by=the_id(town.priya), blocked_on=POOL)
    bot, whom = town.app.bot, To(the_id(to))
    with bot.begin(TEAM_ID, during="job") as uow:
        done = batons.hand_over(uow, bot.asks, the_id(town.tom), infra(town), item, whom)
        assert done.baton is not None, done.refusal
        baton_id = done.baton.id
    town.settle()
    return baton_id


def taken(town: Town, baton_id: UUID, by: Person) -> None:
    """What is in the way of a baton is in the way of whoever took it."""
    bot = town.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        blockers.move_to(uow, bot.asks, baton_id, the_id(by))
    town.settle()


def card_of(town: Town, words: str) -> str:
    """What stands in #infra with these words in it, as it is now."""
    [found] = [each["text"] for each in town.posts_in("#infra") if words in each["text"]]
    return str(found)


def test_a_blocker_goes_with_its_baton_to_whoever_takes_it(lively: Town) -> None:
    baton_id = handed_over(lively, lively.ana)
    assert "*Blocker:* Grow the cluster" in card_of(lively, "asks")
    assert POOL in card_of(lively, "*Grow the cluster")
    assert "What blocks you (1)" in blockers_of(lively.tom, lively), "until it is taken"
    taken(lively, baton_id, lively.ana)
    assert blockers_of(lively.tom, lively) == NOTHING
    assert POOL in blockers_of(lively.ana, lively)
    assert "@Ana waits for this" in blockers_of(lively.priya, lively)

    lively.priya.types("#infra", "/ask list")
    lively.priya.picks_option(POOL, "Done")
    lively.settle()
    assert blockers_of(lively.ana, lively) == NOTHING
    assert POOL not in card_of(lively, "*Grow the cluster")
    lively.move_to(datetime(2026, 10, 6, 12, 5, tzinfo=UTC))  # 09:05 in São Paulo
    [morning] = told(lively.ana, lively, "Does not block you any more")
    assert f"@Priya: {POOL}" in morning, "it was not Ana who asked"


def test_whoever_takes_a_baton_that_they_block_waits_for_nobody(quiet: Town) -> None:
    baton_id = handed_over(quiet, quiet.priya)
    taken(quiet, baton_id, quiet.priya)
    assert blockers_of(quiet.priya, quiet) == NOTHING
    assert blockers_of(quiet.tom, quiet) == NOTHING
    assert "took a question back" in "".join(each["text"] for each in quiet.posts_in("#infra"))


def test_with_a_baton_that_is_done_its_blockers_are_closed(quiet: Town) -> None:
    baton_id, bot = handed_over(quiet, quiet.ana), quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        blockers.close_of(uow, bot.asks, baton_id, by=the_id(quiet.ana))
    quiet.settle()
    assert blockers_of(quiet.tom, quiet) == NOTHING
    assert "took a question back" in "".join(each["text"] for each in quiet.posts_in("#infra"))


def test_of_what_is_declined_whoever_has_the_baton_hears(quiet: Town) -> None:
    ivo = quiet.slack.person("Ivo")
    taken(quiet, handed_over(quiet, ivo), ivo)
    quiet.priya.types("#infra", "/ask list")
    quiet.priya.picks_option(POOL, "Decline…")
    quiet.priya.fills_in({"Why not?": "I am not in that team any more."})
    [heard] = told(ivo, quiet, "still noted as blocked by @Priya")
    assert "It was declined." in heard
    assert "Closed:" in pressed(ivo, quiet, STILL)
    assert blockers_of(ivo, quiet) == NOTHING
