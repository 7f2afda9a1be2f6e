"""Messages that their authors complete, as another feature has it done."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

import pytest
from sqlalchemy import select

from bot.core.agreement.setting import person_scope
from bot.core.db import Base
from bot.core.events import MessageNotSent
from bot.core.ports import Added, Addition, Draft
from bot.core.unit_of_work import UnitOfWork
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.flows.test_asks_composed import by, labels, on
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

INFRA, GENERAL = "C0INFRA00", "C0GENERAL"
HELLO: Final = "Hi @Priya can you have a look?"
WHAT: Final = "Which pool size do we take?"
DRAFT: Final = Draft(WHAT, "It times out: https://logs.example/4711", "blocker", "20")


def _id(person: Person, town: Town) -> str:
    return str(town.slack.see(person.name)["me"])


def adds(
    town: Town,
    author: Person,
    ts: str,
    *whom: Person,
    channel_id: str = INFRA,
    under: str = "",
    due_at: datetime | None = None,
    draft: Draft = DRAFT,
    key: str = "coach:1",
    is_taken: bool = True,
) -> Added:
    """Has what somebody wrote in a form stand under their message, unless Slack refuses."""
    town.settle()
    people: Sequence[str] = [_id(each, town) for each in whom]
    given = Draft(draft.what, draft.context, draft.kind, draft.proposal, people)
    place = (channel_id, ts, under or ts)
    addition = Addition(key, _id(author, town), *place, given, due_at)
    bot, texts = town.app.bot, Base.metadata.tables["ask_texts"].c

    def add(uow: UnitOfWork) -> Added:
        done = bot.asks.add(uow, addition)
        if not is_taken:
            text_id = uow.session.scalar(select(texts.id).where(texts.request_id == key))
            bot.emit(MessageNotSent(team_id=TEAM_ID, key=f"asks:{text_id}:card"), uow)
        return done

    done = bot.perform(TEAM_ID, add, during="job")
    town.settle()
    return done


def cards(town: Town) -> list[Json]:
    """What stands in #infra for somebody, as it is now."""
    return town.posts_in("#infra")


def test_what_is_added_stands_in_the_thread_and_says_what_the_ask_says(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    assert adds(quiet, quiet.tom, ts, quiet.priya)
    [card] = cards(quiet)
    assert card["thread_ts"] == ts
    for part in ("adds:*", WHAT, "*Blocker:* It times out", "*Proposal:* 20", "due Wed 7 Oct"):
        assert part in card["text"]
    assert labels(card) == ["Edit", "Withdraw"]
    assert f"“{WHAT}”" in on(quiet.priya, quiet)
    assert "have a look" not in on(quiet.priya, quiet)
    assert "(1)" in on(quiet.priya, quiet)
    assert WHAT in by(quiet.tom, quiet)


def test_the_clock_counts_from_when_it_could_be_answered(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    assert "due Wed, 7 Oct, 1:30 pm" in on(quiet.priya, quiet)
    quiet.advance(minutes=40)
    adds(quiet, quiet.tom, ts, quiet.priya)
    assert "due Wed, 7 Oct, 2:10 pm" in on(quiet.priya, quiet)


def test_a_deadline_that_is_added_holds_and_one_that_was_named_stays(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", f"{HELLO} By Friday noon.")
    adds(quiet, quiet.tom, ts, quiet.priya)
    assert "due Fri, 9 Oct, 3:30 pm" in on(quiet.priya, quiet)
    thursday = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
    adds(quiet, quiet.tom, ts, quiet.priya, due_at=thursday, key="coach:2")
    assert "due Thu, 8 Oct, 2:30 pm" in on(quiet.priya, quiet)


def test_the_newest_words_and_time_win_and_each_addition_is_a_card_of_its_own(
    quiet: Town,
) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya)
    friday = datetime(2026, 10, 9, 9, 0, tzinfo=UTC)
    again = Draft("Which pool size, 20 or 30?", "Only the shop's.")
    adds(quiet, quiet.tom, ts, quiet.priya, due_at=friday, draft=again, key="coach:2")
    first, second = cards(quiet)
    assert first["thread_ts"] == second["thread_ts"] == ts
    assert WHAT in first["text"]
    assert "due" not in first["text"]
    assert labels(first) == []
    assert "20 or 30?" in second["text"]
    assert "Only the shop's." in second["text"]
    assert "due Fri 9 Oct, 14:30 there" in second["text"]
    assert "20 or 30?" in on(quiet.priya, quiet)
    assert WHAT not in on(quiet.priya, quiet)
    assert "(1)" in on(quiet.priya, quiet)


def test_what_was_asked_anew_by_an_addition_is_completed_by_the_next(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    quiet.advance(minutes=5)
    quiet.priya.reacts("#infra", ts, "white_check_mark")
    quiet.settle()
    adds(quiet, quiet.tom, ts, quiet.priya)
    assert "(1)" in on(quiet.priya, quiet)
    again = Draft("Which pool size, 20 or 30?")
    adds(quiet, quiet.tom, ts, quiet.priya, draft=again, key="coach:2")
    assert "20 or 30?" in on(quiet.priya, quiet)
    assert "(1)" in on(quiet.priya, quiet)


def test_an_addition_that_slack_does_not_take_leaves_the_one_before(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya)
    again = Draft("canaryword, 20 or 30?")
    adds(quiet, quiet.tom, ts, quiet.priya, draft=again, key="coach:2")
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="event") as uow:
        texts = Base.metadata.tables["ask_texts"]
        newest = select(texts.c.id).where(texts.c.what == again.what)
        key = f"asks:{uow.session.scalar(newest)}:card"
        bot.emit(MessageNotSent(team_id=TEAM_ID, key=key), uow)
    assert WHAT in on(quiet.priya, quiet)
    assert "canaryword" in quiet.writes_to(quiet.tom)[-1]


def test_a_hello_that_asked_nobody_asks_who_is_named_and_an_answer_closes_it(
    lively: Town,
) -> None:
    ts = lively.tom.says("#infra", "Hi @Priya")
    assert "Nothing is waiting on you" in on(lively.priya, lively)
    adds(lively, lively.tom, ts, lively.priya)
    assert WHAT in on(lively.priya, lively)
    lively.advance(minutes=10)
    lively.priya.says("#infra", "20 is fine.", reply_to=ts)
    assert "Nothing is waiting on you" in on(lively.priya, lively)
    assert "answered" in cards(lively)[0]["text"]
    assert lively.writes_to(lively.tom) == [], "Slack tells of answers in a thread of one's own"


def test_a_done_mark_on_what_was_added_settles_it(lively: Town) -> None:
    ts = lively.tom.says("#infra", HELLO)
    adds(lively, lively.tom, ts, lively.priya)
    lively.priya.reacts("#infra", cards(lively)[0]["ts"], "white_check_mark")
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_whoever_is_left_out_keeps_what_they_were_asked(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "@Priya @Mei can you have a look?")
    adds(quiet, quiet.tom, ts, quiet.priya, quiet.ana)
    assert WHAT in on(quiet.priya, quiet)
    assert WHAT in on(quiet.ana, quiet)
    assert "have a look" in on(quiet.mei, quiet)
    assert WHAT not in on(quiet.mei, quiet)
    assert "@Mei" not in cards(quiet)[0]["text"]


def test_one_answer_of_a_group_is_enough_when_one_of_it_was_asked_more(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "@design can you have a look?")
    adds(quiet, quiet.tom, ts, quiet.mei)
    quiet.advance(minutes=5)
    quiet.mei.says("#infra", "The blue one.", reply_to=ts)
    for each in (quiet.mei, quiet.ana):
        assert "Nothing is waiting on you" in on(each, quiet)


def test_what_was_replied_before_it_could_be_answered_is_no_answer(lively: Town) -> None:
    ts = lively.tom.says("#infra", "Hi @Priya, one thing")
    lively.priya.says("#infra", "Hi Tom, it is raining here.", reply_to=ts)
    lively.advance(minutes=2)
    adds(lively, lively.tom, ts, lively.priya)
    assert WHAT in on(lively.priya, lively)
    lively.advance(minutes=2)
    lively.priya.says("#infra", "20.", reply_to=ts)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_whoever_asked_back_has_their_answer_and_is_asked_again(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    quiet.settle()
    quiet.priya.says("#infra", "@Tom at what exactly?", reply_to=ts)
    assert "at what exactly" in on(quiet.tom, quiet)
    quiet.advance(minutes=5)
    adds(quiet, quiet.tom, ts, quiet.priya)
    assert "Nothing is waiting on you" in on(quiet.tom, quiet)
    assert f"“{WHAT}”" in on(quiet.priya, quiet)
    assert "waits for the asker" not in on(quiet.priya, quiet)


def test_whoever_asks_back_can_complete_that_too(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    quiet.settle()
    back = quiet.priya.says("#infra", "@Tom at what exactly?", reply_to=ts)
    adds(quiet, quiet.priya, back, quiet.tom, under=ts, draft=Draft("Checkout or search?"))
    assert "“Checkout or search?”" in on(quiet.tom, quiet)
    assert "<@U0TOM0000>: due" in cards(quiet)[0]["text"]
    quiet.advance(minutes=5)
    quiet.tom.says("#infra", "The checkout.", reply_to=ts)
    assert "Nothing is waiting on you" in on(quiet.tom, quiet)
    assert "have a look" in on(quiet.priya, quiet)


def test_somebody_who_had_answered_is_asked_anew(lively: Town) -> None:
    ts = lively.tom.says("#infra", HELLO)
    lively.priya.reacts("#infra", ts, "white_check_mark")
    lively.advance(minutes=5)
    adds(lively, lively.tom, ts, lively.priya)
    assert WHAT in on(lively.priya, lively)
    lively.advance(minutes=5)
    lively.priya.says("#infra", "20.", reply_to=ts)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_the_same_form_posts_once(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    assert adds(quiet, quiet.tom, ts, quiet.priya)
    assert adds(quiet, quiet.tom, ts, quiet.priya)
    assert len(cards(quiet)) == 1
    assert "(1)" in on(quiet.priya, quiet)


def test_a_second_addition_takes_over_the_ask_of_the_first(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya)
    adds(quiet, quiet.tom, ts, quiet.priya, draft=Draft("Or 30?"), key="coach:2")
    assert "“Or 30?”" in on(quiet.priya, quiet)
    first, second = cards(quiet)
    assert labels(first) == []
    assert labels(second) == ["Edit", "Withdraw"]


def test_without_people_it_stands_there_and_asks_nobody(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    assert adds(quiet, quiet.tom, ts)
    [card] = cards(quiet)
    assert WHAT in card["text"]
    assert labels(card) == []
    assert "have a look" in on(quiet.priya, quiet)


def test_it_stands_in_the_thread_that_its_message_replies_in(lively: Town) -> None:
    root = lively.mei.says("#infra", "The shop is slow today.")
    ts = lively.tom.says("#infra", HELLO, reply_to=root)
    adds(lively, lively.tom, ts, lively.priya, under=root)
    assert cards(lively)[0]["thread_ts"] == root
    lively.advance(minutes=5)
    lively.priya.says("#infra", "20.", reply_to=root)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


# What becomes of the message


def test_a_deleted_message_takes_what_was_added_with_it(lively: Town) -> None:
    ts = lively.tom.says("#infra", HELLO)
    adds(lively, lively.tom, ts, lively.priya, lively.ana)
    lively.tom.deletes("#infra", ts)
    for each in (lively.priya, lively.ana):
        assert "Nothing is waiting on you" in on(each, lively)
    [card] = cards(lively)
    assert "took this back" in card["text"]
    assert WHAT not in str(card)
    assert labels(card) == []


def test_a_deleted_message_takes_what_was_added_out_of_a_reminder(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya)
    quiet.advance(days=1, hours=1)
    assert WHAT in "".join(each["text"] for each in quiet.priya.direct_messages())
    quiet.tom.deletes("#infra", ts)
    quiet.settle()
    assert WHAT not in str(quiet.priya.direct_messages())


def test_what_its_author_asked_in_another_message_too_stays_asked(quiet: Town) -> None:
    first = quiet.tom.says("#infra", HELLO)
    quiet.tom.says("#infra", "@Priya and can you restart the shop?")
    adds(quiet, quiet.tom, first, quiet.priya)
    quiet.tom.deletes("#infra", first)
    assert "restart the shop" in on(quiet.priya, quiet)
    assert WHAT not in on(quiet.priya, quiet)


def test_an_edit_of_the_message_leaves_what_was_added(lively: Town) -> None:
    ts = lively.tom.says("#infra", HELLO)
    adds(lively, lively.tom, ts, lively.priya)
    lively.advance(days=1, hours=1)
    lively.tom.edits("#infra", ts, "Hi all, and @Ana can you have a look?")
    assert f"“{WHAT}”" in on(lively.priya, lively)
    assert "(1)" in on(lively.priya, lively)
    assert "can you have a look" in on(lively.ana, lively)
    assert WHAT in str(lively.priya.direct_messages())


def test_its_author_edits_and_withdraws_it_like_what_they_compose(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya)
    quiet.mei.presses("Edit")
    assert quiet.whispers_to(quiet.mei)[-1] == "Only whoever asked can do that."
    quiet.tom.presses("Edit")
    quiet.tom.fills_in({"What do you ask?": "Which size, and why?"})
    assert "Which size, and why?" in cards(quiet)[0]["text"]
    assert "adds:" in cards(quiet)[0]["text"]
    assert "Which size, and why?" in on(quiet.priya, quiet)
    quiet.tom.presses("Withdraw")
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    assert "took a question back" in cards(quiet)[0]["text"]


def test_reminders_quote_what_was_added(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya)
    quiet.advance(days=1, hours=1)
    [late] = [text for text in quiet.writes_to(quiet.priya) if "still waiting" in text]
    assert WHAT in late
    assert "have a look" not in late


@pytest.mark.needs("digest")
def test_a_digest_tells_what_was_added_and_not_what_it_completes(lively: Town) -> None:
    ts = lively.tom.says("#infra", "@Sam can you have a look?")
    adds(lively, lively.tom, ts, lively.sam)
    lively.move_to(datetime(2026, 10, 6, 16, 0, tzinfo=UTC))  # 09:00 in Los Angeles
    [digest] = [text for text in lively.writes_to(lively.sam) if "Good morning" in text]
    assert digest.count(WHAT) == 1
    assert "have a look" not in digest
    lively.tom.deletes("#infra", ts)
    lively.settle()
    assert WHAT not in str(lively.sam.direct_messages())


def test_what_was_added_goes_with_its_authors_data(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya, draft=Draft("canaryword?", "canaryword"))
    quiet.advance(days=1, hours=1)
    assert "canaryword" in str(quiet.priya.direct_messages())
    quiet.tom.types("#general", "/baton privacy erase")
    quiet.tom.fills_in({})
    quiet.settle()
    assert "canaryword" not in str(cards(quiet)) + str(quiet.priya.direct_messages())
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


# Where it cannot stand


def test_it_does_not_stand_where_its_author_or_baton_is_not(quiet: Town) -> None:
    assert not adds(quiet, quiet.tom, "1.0", quiet.priya), "there is no such message"
    ts = quiet.tom.says("#general", HELLO)
    assert not adds(quiet, quiet.tom, ts, quiet.priya, channel_id=GENERAL)
    ts = quiet.tom.says("#infra", HELLO)
    assert not adds(quiet, quiet.mei, ts, quiet.priya), "it is not Mei's"
    quiet.mei.removes("Tom", "#infra")
    assert not adds(quiet, quiet.tom, ts, quiet.priya)
    assert cards(quiet) == []


def test_it_does_not_stand_where_its_message_is_gone_or_baton_may_not_speak(quiet: Town) -> None:
    gone = quiet.tom.says("#infra", HELLO)
    quiet.tom.deletes("#infra", gone)
    assert not adds(quiet, quiet.tom, gone, quiet.priya)
    ts = quiet.tom.says("#infra", HELLO)
    quiet.settle()
    quiet.tom.types("#infra", "/baton pause")
    assert not adds(quiet, quiet.tom, ts, quiet.priya)
    quiet.tom.types("#infra", "/baton resume")
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet.tom, quiet)))
    assert not adds(quiet, quiet.tom, ts, quiet.priya)
    assert cards(quiet) == []


def test_who_wants_to_be_left_alone_is_not_asked_by_it(quiet: Town) -> None:
    quiet.sets("people.off", value=True, scope=person_scope(_id(quiet.priya, quiet)))
    ts = quiet.tom.says("#infra", "Hi @Priya")
    done = adds(quiet, quiet.tom, ts, quiet.priya, quiet.gil, quiet.tom)
    assert done
    assert (done.asked, done.left_out, done.off) == (
        {},
        [_id(quiet.gil, quiet)],
        [_id(quiet.priya, quiet)],
    )
    assert labels(cards(quiet)[0]) == []


def test_it_is_told_who_is_asked_until_when_for_the_same_form_too(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "Hi @Priya")
    thursday = datetime(2026, 10, 8, 9, 0, tzinfo=UTC)
    for _ in range(2):
        done = adds(quiet, quiet.tom, ts, quiet.priya, due_at=thursday)
        assert done.asked == {_id(quiet.priya, quiet): thursday}


def test_an_update_without_a_question_names_people_and_asks_nobody(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", "Hi @Priya")
    news = Draft("", "FYI only, it is fixed.", "update")
    done = adds(quiet, quiet.tom, ts, quiet.priya, quiet.tom, draft=news)
    assert done
    assert (done.asked, done.left_out, done.off) == ({}, [], [])
    [card] = cards(quiet)
    assert "it is fixed." in card["text"]
    assert card["text"].endswith("For <@U0PRIYA00>")
    assert "due" not in card["text"]
    assert labels(card) == []
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_what_slack_does_not_take_goes_back_to_its_author(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    adds(quiet, quiet.tom, ts, quiet.priya, quiet.ana, is_taken=False)
    told = "".join(quiet.writes_to(quiet.tom))
    assert WHAT in told
    assert "logs.example/4711" in told
    assert "have a look" in on(quiet.priya, quiet)
    assert "Nothing is waiting on you" in on(quiet.ana, quiet)


@pytest.mark.parametrize("days", [0, 3])
def test_what_slack_does_not_take_leaves_the_ask_due_when_it_was(quiet: Town, days: int) -> None:
    ts = quiet.tom.says("#infra", f"{HELLO} By Friday noon.")
    quiet.settle()
    quiet.advance(days=days, hours=1)
    before = on(quiet.priya, quiet)
    assert "due Fri, 9 Oct, 3:30 pm" in before
    monday = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
    adds(quiet, quiet.tom, ts, quiet.priya, due_at=monday, is_taken=False)
    assert on(quiet.priya, quiet) == before


def test_what_slack_does_not_take_answers_nobody_who_asked_back(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", HELLO)
    quiet.settle()
    quiet.priya.says("#infra", "@Tom at what exactly?", reply_to=ts)
    before = on(quiet.tom, quiet), on(quiet.priya, quiet)
    assert "at what exactly" in before[0]
    quiet.advance(minutes=5)
    adds(quiet, quiet.tom, ts, quiet.priya, is_taken=False)
    assert (on(quiet.tom, quiet), on(quiet.priya, quiet)) == before


# Forms that begin with a draft


def test_the_forms_begin_with_a_draft(quiet: Town) -> None:
    bot = quiet.app.bot
    draft = Draft(WHAT, "It times out.", "blocker", "20", [_id(quiet.priya, quiet)], "D1|1.0")
    with bot.begin(TEAM_ID, during="job") as uow:
        composer, post = bot.asks.composer(uow, draft), bot.asks.post_form(uow, draft)
    assert composer is not None
    assert post is not None
    for part in (WHAT, "It times out.", "Blocker", "20", "U0PRIYA00"):
        assert part in str(composer)
    assert WHAT in str(post)
    assert composer["private_metadata"] == post["private_metadata"] == "D1|1.0"
