"""Asks that people compose, answer and turn around, one behaviour at a time."""

from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from bot.core.agreement.setting import Scope, channel_scope, person_scope
from bot.playground.client import NotPossible, Person
from bot.playground.world import Json
from tests.support.town import Town

pytestmark = pytest.mark.needs("asks", "home")

QUESTION: Final = "@Priya can you look at the pool size? I would set it to 20."
POOL: Final = "can you look at the pool size?"
CHASED: Final = "is still waiting for your answer"
ASK: Final = "Ask async"
WHOM, WHAT, BY = "Whom do you ask?", "What do you ask?", "By when?"
URGENCY, REASON = "How urgent is it?", "If urgent: why can it not wait?"
URGENT: Final = "Urgent: within 2 h of work"
WEDNESDAY_13_31_KOLKATA = datetime(2026, 10, 7, 8, 1, tzinfo=UTC)


# What people see and do.


def listed(person: Person, town: Town) -> str:
    """What `/ask list` shows somebody: first what waits on them, then what they wait for."""
    town.settle()
    person.types("#infra", "/ask list")
    return town.whispers_to(person)[-1]


def on(person: Person, town: Town) -> str:
    """What waits on somebody."""
    return listed(person, town).split("You are waiting for")[0].split("You are not waiting")[0]


def by(person: Person, town: Town) -> str:
    """What somebody waits for."""
    return listed(person, town).removeprefix(on(person, town))


def dm(person: Person, town: Town) -> str:
    """Somebody's conversation with Baton."""
    return person.direct_with(town.slack.see(person.name)["app"]["user"])


def written_to(person: Person, words: str) -> Json:
    """The newest message of Baton's to somebody that has these words in it, as it stands now."""
    found = [each for each in person.direct_messages() if words in each["text"]]
    assert found, f"{person.name} was not told {words!r}"
    return found[-1]


def errors(person: Person) -> Json:
    """What stands under the fields of the form in front of somebody."""
    form = person.form
    assert form is not None, "the form is closed"
    return dict(form["errors"])


def labels(message: Json) -> list[str]:
    """The buttons of a message."""
    rows = [block for block in message["blocks"] if block["type"] == "actions"]
    return [element["text"]["text"] for row in rows for element in row["elements"]]


def composes(person: Person, **fields: str) -> None:
    """Asks Priya by the form, for something that has nothing wrong with it."""
    given = {WHOM: "Priya", WHAT: "Which pool size do we take?"}
    named = {"by": BY, "urgency": URGENCY, "reason": REASON, "where": "Where?"}
    person.uses_global_shortcut(ASK)
    person.fills_in(given | {named.get(name, name): value for name, value in fields.items()})


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def _of(person: Person, town: Town) -> Scope:
    return person_scope(str(town.slack.see(person.name)["me"]))


# /ask


def test_ask_where_baton_is_posts_a_card_with_both_due_times(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask @Priya is the copy final? by Thursday 2 pm")
    card = quiet.posts_in("#infra")[0]["text"]
    assert "asks" in card
    assert "is the copy final?" in card
    assert "due Thu 8 Oct, 17:30 there" in card
    assert "@Priya has until Thu 8 Oct, 14:00 (your time)" in quiet.whispers_to(quiet.tom)[-1]
    assert "is the copy final?" in on(quiet.priya, quiet)


def test_an_answer_under_the_card_closes_it_and_the_asker_is_told(lively: Town) -> None:
    lively.tom.types("#infra", "/ask @Priya is the copy final?")
    card = lively.posts_in("#infra")[0]
    lively.priya.says("#infra", "It is, since yesterday.", reply_to=card["ts"])
    lively.settle()
    assert "Nothing is waiting on you" in on(lively.priya, lively)
    assert "answered" in lively.posts_in("#infra")[0]["text"]
    assert "@Priya answered" in "".join(lively.writes_to(lively.tom))


def test_ask_elsewhere_goes_to_the_answerer_directly_and_names_the_asker(lively: Town) -> None:
    lively.tom.types("#general", "/ask @Priya is the copy final?")
    assert "Sent as a direct message" in lively.whispers_to(lively.tom)[-1]
    assert lively.posts_in("#general") == []
    [told] = lively.writes_to(lively.priya)
    assert told.startswith("@Tom asks you, due Wed 7 Oct, 13:30:")
    lively.priya.says(
        dm(lively.priya, lively),
        "It is final.",
        reply_to=written_to(lively.priya, "asks you")["ts"],
    )
    lively.settle()
    assert "Answer: It is final." in lively.writes_to(lively.tom)[-1]
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_ask_without_a_question_opens_the_form(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask")
    quiet.tom.closes_form()
    quiet.tom.types("#infra", "/ask @Priya")
    assert len(quiet.forms_of(quiet.tom)) == 2
    assert all(WHAT in form for form in quiet.forms_of(quiet.tom))
    assert quiet.posts_in("#infra") == []


def test_a_time_that_reads_in_two_ways_sends_nothing(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask @Priya is the copy final? by 03/04/2027")
    assert "can be read in two ways" in quiet.whispers_to(quiet.tom)[-1]
    assert "Nothing was sent" in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.posts_in("#infra") == []


def test_guests_bots_and_oneself_cannot_be_asked(quiet: Town) -> None:
    for whom in ("@Gil", "@Dora", "@Tom", "@Deploys"):
        quiet.tom.types("#web-relaunch", f"/ask {whom} is the copy final?")
        quiet.settle()
    assert quiet.posts_in("#web-relaunch") == []
    assert "You are not waiting for anybody" in by(quiet.tom, quiet)


def test_a_guest_opens_nothing(quiet: Town) -> None:
    quiet.gil.types("#web-relaunch", "/ask @Priya is the copy final?")
    quiet.gil.says("#web-relaunch", QUESTION)
    assert "full members" in quiet.whispers_to(quiet.gil)[0]
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


# The form


def test_the_form_says_under_each_field_what_is_wrong_with_it(quiet: Town) -> None:
    composes(quiet.tom, where="#general")
    assert "only in channels that you and I are both in" in errors(quiet.tom)["where"]
    quiet.tom.fills_in({"Where?": "#infra", BY: "someday"})
    assert "I do not know when that is" in errors(quiet.tom)["by"]
    quiet.tom.fills_in({BY: "03/04/2027"})
    assert "can be read in two ways" in errors(quiet.tom)["by"]
    quiet.tom.fills_in({BY: "tomorrow noon", URGENCY: URGENT})
    assert "why it cannot wait" in errors(quiet.tom)["reason"]
    quiet.tom.fills_in({WHOM: "Gil", REASON: "The shop is down."})
    assert errors(quiet.tom)["whom"]
    assert quiet.posts_in("#infra") == []
    quiet.tom.fills_in({WHOM: "Priya"})
    assert "due Wed 7 Oct, 15:30 there" in quiet.posts_in("#infra")[0]["text"]


def test_everything_that_was_filled_in_stands_on_the_card(quiet: Town) -> None:
    composes(
        quiet.tom,
        **{
            "where": "#infra",
            "Context, with a link": "It times out: https://logs.example/4711",
            "Blocker or update?": "Blocker",
            "What do you propose?": "20",
            "If nobody answers by then, I will …": "set it to 20",
        },
    )
    card = quiet.posts_in("#infra")[0]["text"]
    for part in ("*Blocker:* It times out", "*Proposal:* 20", "*If nobody answers by then:* set"):
        assert part in card


def test_only_the_asker_edits_and_withdraws(quiet: Town) -> None:
    composes(quiet.tom, where="#infra")
    quiet.settle()
    for label in ("Edit", "Withdraw"):
        quiet.mei.presses(label)
        assert quiet.whispers_to(quiet.mei)[-1] == "Only whoever asked can do that."
    quiet.tom.presses("Edit")
    quiet.tom.fills_in({WHAT: "Which pool size, and why?", BY: "Thursday 2 pm"})
    card = quiet.posts_in("#infra")[0]["text"]
    assert "Which pool size, and why?" in card
    assert "due Thu 8 Oct, 17:30 there" in card
    quiet.tom.presses("Withdraw")
    assert "took a question back" in quiet.posts_in("#infra")[0]["text"]
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    quiet.tom.presses("Undo")
    assert "Which pool size, and why?" in quiet.posts_in("#infra")[0]["text"]
    assert "Which pool size, and why?" in on(quiet.priya, quiet)


def test_an_ask_that_goes_ahead_tells_both_and_is_over(quiet: Town) -> None:
    composes(
        quiet.tom,
        by="today 1 pm",
        **{"If nobody answers by then, I will …": "set it to 20"},
    )
    quiet.move_to(datetime(2026, 10, 6, 11, 1, tzinfo=UTC))  # 16:31 in Kolkata
    assert "so go ahead: set it to 20" in quiet.writes_to(quiet.tom)[-1]
    assert "goes ahead: set it to 20" in quiet.writes_to(quiet.priya)[-1]
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


# Urgent


def test_urgent_needs_a_reason_and_is_due_in_two_hours_of_work(quiet: Town) -> None:
    quiet.tom.types("#infra", "/ask @Priya can you restart it? urgent:")
    assert "why it cannot wait" in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.posts_in("#infra") == []
    quiet.tom.types("#infra", "/ask @Priya can you restart it? urgent: the shop is down")
    card = quiet.posts_in("#infra")[0]["text"]
    assert "the shop is down" in card
    assert "due Tue 6 Oct, 15:30 there" in card


def test_the_sixth_urgent_ask_of_a_week_is_asked_as_a_standard_one(quiet: Town) -> None:
    for number in range(6):
        quiet.tom.types("#infra", f"/ask @Priya does shop {number} work? urgent: it is down")
        quiet.settle()
    assert "asked 5 urgent ones this week" in quiet.whispers_to(quiet.tom)[-1]
    assert "asked it as a standard one" in quiet.whispers_to(quiet.tom)[-1]
    cards = [each["text"] for each in quiet.posts_in("#infra")]
    assert ["15:30 there" in card for card in cards] == [True] * 5 + [False]


def test_a_message_that_sounds_urgent_is_only_offered_to_its_author(quiet: Town) -> None:
    quiet.tom.says("#infra", "@Priya the shop is down, can you restart it asap?")
    assert "That sounds urgent" in quiet.whispers_to(quiet.tom)[-1]
    assert "due Wed, 7 Oct" in on(quiet.priya, quiet)
    quiet.tom.presses("Make it urgent")
    quiet.tom.fills_in({"Why can it not wait?": "Nobody can buy anything."})
    assert "due Tue, 6 Oct, 3:30 pm" in on(quiet.priya, quiet)


def test_whether_it_was_urgent_is_said_privately_and_counted_for_the_asker_alone(
    quiet: Town,
) -> None:
    quiet.tom.types("#infra", "/ask @Priya can you restart it? urgent: the shop is down")
    card = quiet.posts_in("#infra")[0]
    quiet.priya.says("#infra", "It runs again.", reply_to=card["ts"])
    quiet.settle()
    quiet.priya.presses("It could have waited")
    quiet.tom.types("#infra", "/ask stats")
    assert "of your 1 urgent asks" in quiet.whispers_to(quiet.tom)[-1]
    assert "0 were called urgent and 1 not" in quiet.whispers_to(quiet.tom)[-1]
    quiet.priya.types("#infra", "/ask stats")
    assert "urgent asks" not in quiet.whispers_to(quiet.priya)[-1]


# "Waiting for a reply"


def test_waiting_for_a_reply_inside_closes_with_an_answer_in_the_thread(lively: Town) -> None:
    ts = lively.tom.says("#infra", "The pool size should be 20, Priya knows why.")
    lively.settle()
    lively.tom.picks("Waiting for a reply", "#infra", ts)
    assert "An answer in the thread or a ✅ closes it" in lively.forms_of(lively.tom)[-1]
    lively.tom.fills_in({"From whom?": "Priya", BY: "tomorrow noon"})
    assert "due Wed, 7 Oct, 3:30 pm" in on(lively.priya, lively)
    lively.priya.says("#infra", "Because of the new shop.", reply_to=ts)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_waiting_for_a_reply_between_two_people_keeps_only_that_and_says_so(quiet: Town) -> None:
    between = quiet.tom.direct_with("Priya")
    quiet.priya.says(between, "canaryword before")
    ts = quiet.tom.says(between, "canaryword: which size do we take?")
    quiet.tom.picks("Waiting for a reply", between, ts)
    assert "I am not in that conversation" in quiet.forms_of(quiet.tom)[-1]
    assert "only a button closes it" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({"From whom?": "Priya"})
    told = "".join(quiet.writes_to(quiet.priya))
    assert "@Tom asks you" in told
    assert "in a conversation that I am not in" in told
    assert "canaryword" not in told
    quiet.priya.says(between, "20", reply_to=ts)
    assert "in a conversation that I am not in" in on(quiet.priya, quiet)
    quiet.priya.presses("Done")
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_waiting_for_a_reply_in_a_channel_without_baton_reaches_who_is_waited_for(
    quiet: Town,
) -> None:
    ts = quiet.tom.says("#general", "The pool size should be 20.")
    quiet.tom.picks("Waiting for a reply", "#general", ts)
    assert "I am not in that conversation" in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({"From whom?": "Priya"})
    [told] = quiet.writes_to(quiet.priya)
    assert "in a conversation that I am not in" in told
    assert "pool size" not in told
    quiet.slack.next_morning("Priya")
    quiet.settle()
    assert "in a conversation that I am not in" in quiet.writes_to(quiet.priya)[-1]
    assert "pool size" in by(quiet.tom, quiet)


def test_waiting_for_a_guest_or_oneself_is_refused_under_the_field(quiet: Town) -> None:
    ts = quiet.tom.says("#web-relaunch", "The pool size should be 20.")
    quiet.tom.picks("Waiting for a reply", "#web-relaunch", ts)
    for whom, sentence in (("Gil", "full members"), ("Tom", "That is you")):
        quiet.tom.fills_in({"From whom?": whom})
        assert sentence in errors(quiet.tom)["whom"]


# Written to Baton itself


def test_a_text_to_baton_opens_nothing_and_offers_what_to_do_with_it(quiet: Town) -> None:
    quiet.tom.says(dm(quiet.tom, quiet), QUESTION)
    quiet.settle()
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    offered = labels(quiet.tom.direct_messages()[-1])
    assert {"Send as an ask", "Post in a channel"} <= set(offered)
    quiet.tom.presses("Send as an ask")
    assert POOL in quiet.forms_of(quiet.tom)[-1]
    quiet.tom.fills_in({WHOM: "Priya"})
    assert POOL in on(quiet.priya, quiet)


def test_a_text_to_baton_can_be_posted_in_its_authors_name(quiet: Town) -> None:
    quiet.tom.says(dm(quiet.tom, quiet), "The pump is back.")
    quiet.settle()
    quiet.tom.presses("Post in a channel")
    quiet.tom.fills_in({"Where?": "#infra"})
    [posted] = quiet.posts_in("#infra")
    assert "writes:" in posted["text"]
    assert "The pump is back." in posted["text"]


def _posts(town: Town, text: str, where: str = "#infra", **fields: str) -> None:
    town.tom.says(dm(town.tom, town), text)
    town.settle()
    town.tom.presses("Post in a channel")
    town.tom.fills_in({"Where?": where} | fields)
    town.settle()


def test_a_posted_text_asks_whom_it_mentions_and_an_answer_closes_it(lively: Town) -> None:
    _posts(lively, "hey @Priya, which size do we take by Thursday 2 pm? @here")
    assert "@Priya has until Thu 8 Oct, 14:00" in lively.forms_of(lively.tom)[-1]
    [card] = lively.posts_in("#infra")
    assert "<@U0TOM0000> asks* <@U0PRIYA00>" in card["text"]
    assert "hey <@U0PRIYA00>, which size do we take" in card["text"]
    assert "<!here>" not in card["text"]
    assert "which size do we take" in on(lively.priya, lively)
    lively.priya.says("#infra", "20.", reply_to=card["ts"])
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_a_posted_text_that_asks_nothing_mentions_who_is_in_the_channel_and_no_one_else(
    quiet: Town,
) -> None:
    _posts(quiet, "Thanks to @Priya and @Gil the pump is back. @design knows.")
    [posted] = quiet.posts_in("#infra")
    assert "> Thanks to <@U0PRIYA00> and @Gil the pump is back. @design knows." in posted["text"]
    assert "@Gil is not in #infra and hears nothing of it." in quiet.forms_of(quiet.tom)[-1]
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_a_name_that_its_author_takes_out_of_a_post_is_not_asked(quiet: Town) -> None:
    _posts(quiet, "@Priya @Mei which logo do we ship?", **{"What?": "@Mei which logo do we ship?"})
    [card] = quiet.posts_in("#infra")
    assert "<@U0PRIYA00>" not in card["text"]
    assert "which logo" in on(quiet.mei, quiet)
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_a_link_keeps_its_address_in_a_post(quiet: Town) -> None:
    _posts(quiet, "It stands in https://docs.example/a?b=1&c=2 now.")
    [posted] = quiet.posts_in("#infra")
    assert "It stands in https://docs.example/a?b=1&amp;c=2 now." in posted["text"]


# Whom


def test_of_a_user_group_one_answer_is_enough(lively: Town) -> None:
    ts = lively.tom.says("#infra", "@design which logo do we ship?")
    assert all("which logo" in on(each, lively) for each in (lively.ana, lively.mei))
    lively.mei.says("#infra", "The blue one.", reply_to=ts)
    assert all("which logo" not in on(each, lively) for each in (lively.ana, lively.mei))


def test_of_a_user_group_each_answers_where_it_is_set_so(lively: Town) -> None:
    lively.sets("asks.groups_each", value=True)
    ts = lively.tom.says("#infra", "@design which logo do we ship?")
    lively.mei.says("#infra", "The blue one.", reply_to=ts)
    assert "which logo" in on(lively.ana, lively)
    assert "which logo" not in on(lively.mei, lively)


def test_messages_to_one_person_within_five_minutes_are_one_ask(lively: Town) -> None:
    lively.tom.says("#infra", QUESTION)
    lively.slack.advance(_minutes(4))
    second = lively.tom.says("#infra", "@Priya and can you restart it, please?")
    lively.slack.advance(_minutes(6))
    assert "(1)" in on(lively.priya, lively)
    lively.priya.says("#infra", "Set, and restarted.", reply_to=second)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_what_is_asked_six_minutes_later_is_another_ask(lively: Town) -> None:
    lively.tom.says("#infra", QUESTION)
    lively.slack.advance(_minutes(6))
    lively.tom.says("#infra", "@Priya which logo do we ship?")
    assert "(2)" in on(lively.priya, lively)


def test_a_question_in_a_thread_asks_its_author(lively: Town) -> None:
    ts = lively.priya.says("#infra", "The pool size is 20 now.")
    lively.tom.says("#infra", "Does the shop answer faster with it?", reply_to=ts)
    assert "Does the shop answer faster" in on(lively.priya, lively)


# Answers


def test_a_question_back_turns_the_clock_round(lively: Town) -> None:
    ts = lively.tom.says("#infra", QUESTION)
    lively.slack.advance(_minutes(30))
    lively.priya.says("#infra", "For which database?", reply_to=ts)
    assert "waits for the asker" in on(lively.priya, lively)
    assert "For which database?" in on(lively.tom, lively)
    lively.move_to(datetime(2026, 10, 7, 8, 30, tzinfo=UTC))  # a day later
    assert CHASED not in "".join(lively.writes_to(lively.priya))
    lively.tom.says("#infra", "The one of the shop.", reply_to=ts)
    assert "due Thu, 8 Oct, 1:30 pm" in on(lively.priya, lively)
    assert "For which database?" not in on(lively.tom, lively)


@pytest.mark.parametrize("how", ["button", "eyes"])
@pytest.mark.needs("digest")
def test_whoever_is_on_it_hears_nothing_before_the_due_time(how: str, quiet: Town) -> None:
    quiet.sets("digest.on", value=False, scope=_of(quiet.priya, quiet))
    ts = quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    if how == "eyes":
        quiet.priya.reacts("#infra", ts, "eyes")
    else:
        listed(quiet.priya, quiet)
        quiet.priya.picks_option(POOL, "On it")
        assert f"“{QUESTION}”: Good. It stays due" in quiet.whispers_to(quiet.priya)[-1]
    assert "on it" in on(quiet.priya, quiet)
    quiet.move_to(datetime(2026, 10, 7, 7, 59, tzinfo=UTC))
    assert quiet.writes_to(quiet.priya) == []
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    assert sum(CHASED in text for text in quiet.writes_to(quiet.priya)) == 1


@pytest.mark.needs("digest")
def test_without_a_digest_one_note_comes_when_three_quarters_have_passed(quiet: Town) -> None:
    quiet.sets("digest.on", value=False, scope=_of(quiet.priya, quiet))
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(datetime(2026, 10, 7, 7, 59, tzinfo=UTC))
    assert len(quiet.writes_to(quiet.priya)) == 1
    assert "waits for your answer" in quiet.writes_to(quiet.priya)[0]


def test_eyes_taken_back_has_it_wait_as_before(lively: Town) -> None:
    ts = lively.tom.says("#infra", QUESTION)
    lively.priya.reacts("#infra", ts, "eyes")
    assert "on it" in on(lively.priya, lively)
    lively.priya.reacts("#infra", ts, "eyes", add=False)
    assert "on it" not in on(lively.priya, lively)


def test_somebody_elses_real_answer_closes_it_and_their_talk_does_not(lively: Town) -> None:
    ts = lively.tom.says("#infra", QUESTION)
    lively.mei.says("#infra", "Same here.", reply_to=ts)
    lively.mei.says("#infra", "Looking.", reply_to=ts)
    assert POOL in on(lively.priya, lively)
    lively.mei.says("#infra", "I set it to 20 an hour ago, it holds.", reply_to=ts)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_the_askers_got_it_closes_it(lively: Town) -> None:
    ts = lively.tom.says("#infra", QUESTION)
    lively.tom.says("#infra", "Found it, works now.", reply_to=ts)
    assert "Nothing is waiting on you" in on(lively.priya, lively)


def test_declining_needs_a_reason_and_the_asker_reads_it(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    quiet.priya.presses("Decline")
    quiet.priya.fills_in({"Why not?": "Mei has the copy now."})
    quiet.settle()
    assert "Because: Mei has the copy now." in quiet.writes_to(quiet.tom)[-1]
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_a_second_click_is_told_who_was_first(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    listed(quiet.tom, quiet)
    quiet.priya.presses("Decline")
    quiet.tom.picks_option("is the copy final?", "I have my answer")
    quiet.settle()
    quiet.priya.fills_in({"Why not?": "Mei has the copy now."})
    assert "settled already" in str(errors(quiet.priya))
    quiet.priya.closes_form()
    quiet.tom.picks_option("is the copy final?", "I have my answer")
    assert "was answered, by @Tom" in quiet.whispers_to(quiet.tom)[-1]


def test_snooze_says_until_when_and_leaves_the_due_time(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    quiet.priya.presses("Snooze")
    assert "nothing more of it until Thu 8 Oct, 09:00" in quiet.whispers_to(quiet.priya)[-1]
    assert "overdue since Wed, 7 Oct, 1:30 pm" in on(quiet.priya, quiet)
    quiet.move_to(datetime(2026, 10, 8, 4, 31, tzinfo=UTC))  # an hour after the digest
    assert sum(CHASED in text for text in quiet.writes_to(quiet.priya)) == 2


def test_a_deadline_in_the_words_is_the_due_time_in_the_authors_zone(lively: Town) -> None:
    lively.tom.says("#infra", "@Priya can you look at the pool size by Thursday at 2 PM?")
    assert "due Thu, 8 Oct, 5:30 pm" in on(lively.priya, lively)
    assert "due Do., 8. Okt., 14:00" in by(lively.tom, lively)


def test_a_deadline_that_reads_in_two_ways_is_asked_for(quiet: Town) -> None:
    quiet.tom.says("#infra", "@Priya can you look at the pool size by next Thursday?")
    assert "when do you mean?" in quiet.whispers_to(quiet.tom)[-1]
    assert "due Wed, 7 Oct, 1:30 pm" in on(quiet.priya, quiet)
    quiet.tom.presses("Thu 15 Oct, 17:00")
    assert "Due Thu 15 Oct, 17:00" in quiet.whispers_to(quiet.tom)[-1]
    assert "due Thu, 15 Oct, 8:30 pm" in on(quiet.priya, quiet)


def test_leave_moves_the_due_time(lively: Town) -> None:
    lively.tom.says("#infra", QUESTION)
    assert "due Wed, 7 Oct, 1:30 pm" in on(lively.priya, lively)
    lively.priya.types("#infra", "/baton away tomorrow until Friday")
    assert "due Mon, 12 Oct, 1:30 pm" in on(lively.priya, lively)


def test_after_fourteen_days_both_are_told_that_it_expired(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    quiet.move_to(datetime(2026, 10, 21, 7, 59, tzinfo=UTC))
    assert "expired" not in "".join(quiet.writes_to(quiet.tom))
    quiet.move_to(datetime(2026, 10, 21, 8, 1, tzinfo=UTC))
    assert "expired without an answer" in quiet.writes_to(quiet.tom)[-1]
    assert "Nothing to do any more" in quiet.writes_to(quiet.priya)[-1]
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_nobody_is_asked_by_whoever_is_off(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton off")
    quiet.tom.says("#infra", QUESTION)
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_what_somebody_asked_is_given_out_and_erased(quiet: Town) -> None:
    composes(quiet.mei, where="#infra", **{WHAT: "canaryword: which size?"})
    assert "canaryword" in on(quiet.priya, quiet)
    quiet.mei.types("#general", "/baton privacy export")
    quiet.settle()
    assert "canaryword" in str(quiet.mei.direct_messages())
    quiet.mei.types("#general", "/baton privacy erase")
    quiet.mei.fills_in({})
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    assert "canaryword" not in str(quiet.posts_in("#infra"))
    with pytest.raises(NotPossible):
        quiet.mei.presses("Edit")


# Chasing


@pytest.mark.parametrize("chaser", ["@here any update?", "@Priya ping", "@Priya ???"])
def test_a_chaser_before_the_due_time_is_answered_by_a_note_to_its_author(
    chaser: str, quiet: Town
) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.advance(minutes=20)
    quiet.tom.says("#infra", chaser)
    note = quiet.whispers_to(quiet.tom)[-1]
    assert "@Priya has until Wed 7 Oct, 13:30 in their day, which is Wed 7 Oct, 10:00 in" in note
    assert "(1)" in on(quiet.priya, quiet)
    assert quiet.writes_to(quiet.priya) == []


def test_a_chaser_in_the_thread_is_held_back_and_the_ask_goes_on(lively: Town) -> None:
    ts = lively.tom.says("#infra", QUESTION)
    lively.advance(minutes=20)
    lively.tom.says("#infra", "Any news?", reply_to=ts)
    assert "@Priya has until" in lively.whispers_to(lively.tom)[-1]
    assert "(1)" in on(lively.priya, lively)


def test_a_chaser_after_the_due_time_is_not_held_back(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    quiet.tom.says("#infra", "@Priya any update?")
    [note] = quiet.whispers_to(quiet.tom)
    assert "I have reminded them. You can ask somebody else, too." in note
    quiet.tom.presses("Ask somebody else, too")
    quiet.tom.fills_in({"Whom?": "Whoever made this channel"})
    assert POOL in on(quiet.sam, quiet)


# More than one, and afterwards


def test_a_card_names_all_who_are_asked_and_closes_for_each(lively: Town) -> None:
    lively.tom.types("#infra", "/ask @Priya @Ana is the copy final?")
    card = lively.posts_in("#infra")[0]
    assert card["text"].count("due") == 2
    lively.priya.says("#infra", "It is.", reply_to=card["ts"])
    lively.settle()
    assert "is the copy final?" in on(lively.ana, lively)
    assert "Nothing is waiting on you" in on(lively.priya, lively)
    after = lively.posts_in("#infra")[0]["text"]
    assert (after.count("due"), after.count("answered")) == (1, 1)


def test_of_a_group_asked_by_command_one_answer_is_enough(lively: Town) -> None:
    lively.tom.types("#infra", "/ask @design which logo do we ship?")
    card = lively.posts_in("#infra")[0]
    lively.mei.says("#infra", "The blue one.", reply_to=card["ts"])
    assert "Nothing is waiting on you" in on(lively.ana, lively)
    assert "Nothing is waiting on you" in on(lively.mei, lively)
    assert "due" not in lively.posts_in("#infra")[0]["text"]


def test_who_cannot_open_the_channel_cannot_be_asked_there(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    quiet.settle()
    quiet.tom.types("#leads", "/ask @Mei is the budget final?")
    assert "I could not ask @Mei" in quiet.whispers_to(quiet.tom)[-1]
    assert quiet.posts_in("#leads") == []
    assert quiet.writes_to(quiet.mei) == []


def test_an_edit_does_not_ask_again_what_was_taken_back(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, "Withdraw")
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)
    quiet.tom.edits("#infra", ts, f"{QUESTION} (Solved.)")
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_an_edit_that_names_somebody_again_asks_them_again(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", QUESTION)
    for name, waiting in (("Mei", "Nothing is waiting on you"), ("Priya", POOL)):
        quiet.tom.edits("#infra", ts, QUESTION.replace("@Priya", f"@{name}"))
        assert waiting in on(quiet.priya, quiet)


def test_taking_back_what_went_directly_says_so_in_the_message_itself(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    listed(quiet.tom, quiet)
    quiet.tom.picks_option("is the copy final?", "Withdraw")
    quiet.settle()
    assert "took the question back" in written_to(quiet.priya, "question back")["text"]
    quiet.tom.presses("Undo")
    assert "is the copy final?" in on(quiet.priya, quiet)


@pytest.mark.parametrize(
    ("said", "told"),
    [("Sorry, I can't, Mei has it.", "cannot do it"), ("Which copy do you mean?", "asks back")],
)
def test_other_replies_to_batons_message_reach_the_asker_too(
    said: str, told: str, quiet: Town
) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    asked = written_to(quiet.priya, "asks you")
    quiet.priya.says(dm(quiet.priya, quiet), said, reply_to=asked["ts"])
    assert told in quiet.writes_to(quiet.tom)[-1]
    assert said in quiet.writes_to(quiet.tom)[-1]


def test_on_it_said_to_baton_keeps_it_open(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    asked = written_to(quiet.priya, "asks you")
    quiet.priya.says(dm(quiet.priya, quiet), "On it.", reply_to=asked["ts"])
    assert "on it" in on(quiet.priya, quiet)
    assert quiet.writes_to(quiet.tom) == []


@pytest.mark.parametrize(
    ("fields", "who"),
    [
        ({"Whom?": "Whoever made this channel"}, "Sam"),
        ({"Whom?": "Somebody I name below", "A stand-in, or several people": "Mei, Noor"}, "Noor"),
    ],
)
def test_from_the_due_time_on_the_asker_may_ask_others_too(
    fields: dict[str, str], who: str, quiet: Town
) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, "Ask somebody else, too…")
    quiet.tom.fills_in(fields)
    assert POOL in on(quiet.slack.person(who), quiet)
    assert POOL in on(quiet.priya, quiet), "and Priya may still answer"


def test_a_delegates_answer_is_the_answer(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    quiet.priya.presses("Delegate")
    quiet.priya.fills_in({"Who can answer it?": "Tom"})
    assert "one of the two of you" in errors(quiet.priya)["whom"]
    quiet.priya.fills_in({"Who can answer it?": "Noor"})
    quiet.settle()
    noor = quiet.slack.person("Noor")
    noor.presses("Answer")
    noor.fills_in({"Your answer": "It is."})
    assert "Answer: It is." in quiet.writes_to(quiet.tom)[-1]
    assert "You are not waiting for anybody" in by(quiet.tom, quiet)


def test_what_happened_so_far_is_told_to_the_asker(quiet: Town) -> None:
    ts = quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    quiet.priya.says("#infra", "On it.", reply_to=ts)
    listed(quiet.tom, quiet)
    quiet.tom.picks_option(POOL, "What happened so far")
    history = quiet.forms_of(quiet.tom)[-1]
    assert "Di., 6. Okt., 10:00  asked by @Tom" in history
    assert "“on it” by @Priya" in history


# What arrives twice, late or not at all


def test_a_form_that_is_sent_twice_asks_once(quiet: Town) -> None:
    composes(quiet.tom, where="#infra")
    quiet.repeats("interactive")
    assert len(quiet.posts_in("#infra")) == 1
    assert "(1)" in on(quiet.priya, quiet)


def test_a_card_that_slack_does_not_take_asks_nobody_and_its_author_is_told(quiet: Town) -> None:
    refused = {"method": "chat.postMessage", "about": "C0INFRA00", "error": "is_archived"}
    quiet.slack.faults(methods=[refused])
    quiet.tom.types("#infra", "/ask @Priya is the copy final?")
    quiet.settle()
    quiet.slack.faults()
    assert "Nobody was asked" in "".join(quiet.writes_to(quiet.tom))
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_more_than_three_messages_a_day_wait_for_the_digest(quiet: Town) -> None:
    for number in range(5):
        quiet.tom.types("#general", f"/ask @Priya is page {number} final?")
        quiet.settle()
    assert len(quiet.writes_to(quiet.priya)) == 3
    assert "(5)" in on(quiet.priya, quiet)


def test_reminders_can_be_switched_off(quiet: Town) -> None:
    quiet.sets("asks.reminders", value=False, scope=_of(quiet.priya, quiet))
    quiet.tom.says("#infra", QUESTION)
    quiet.move_to(WEDNESDAY_13_31_KOLKATA)
    assert not any(CHASED in text for text in quiet.writes_to(quiet.priya))
    assert "overdue since" in on(quiet.priya, quiet)


def test_a_channels_own_time_to_answer_wins_over_the_workspaces(quiet: Town) -> None:
    quiet.sets("asks.standard", "4h working_hours")
    quiet.sets("asks.standard", "30min working_hours", channel_scope("C0INFRA00"))
    quiet.tom.says("#infra", QUESTION)
    quiet.tom.says("#web-relaunch", "@Priya which logo do we ship?")
    assert "#infra, due Tue, 6 Oct, 2:00 pm" in on(quiet.priya, quiet)
    assert "#web-relaunch, due Wed, 7 Oct, 9:30 am" in on(quiet.priya, quiet)


def test_a_reply_beside_the_thread_that_names_the_asker_answers(lively: Town) -> None:
    lively.tom.says("#infra", QUESTION)
    lively.advance(minutes=10)
    lively.priya.says("#infra", "@Tom it is 20 now.")
    assert "Nothing is waiting on you" in on(lively.priya, lively)


@pytest.mark.parametrize(
    "text",
    ["@Priya thanks, that worked.", "FYI @Priya the pump is back.", "> @Priya can you look?"],
)
def test_thanks_news_and_quotes_open_nothing(text: str, quiet: Town) -> None:
    quiet.tom.says("#infra", text)
    assert "Nothing is waiting on you" in on(quiet.priya, quiet)


def test_an_answer_from_a_form_goes_with_the_data_of_who_wrote_it(quiet: Town) -> None:
    quiet.tom.says("#infra", QUESTION)
    quiet.settle()
    listed(quiet.priya, quiet)
    quiet.priya.presses("Answer several…")
    quiet.priya.fills_in(
        {"Your answer to Tom: “@Priya can you look at the pool size?…”": "canaryword 20"}
    )
    quiet.settle()
    assert "canaryword" in str(quiet.posts_in("#infra"))
    quiet.priya.types("#general", "/baton privacy erase")
    quiet.priya.fills_in({})
    quiet.settle()
    assert "canaryword" not in str(quiet.posts_in("#infra"))


def test_what_was_told_directly_goes_with_the_data_of_who_wrote_it(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the canaryword final?")
    quiet.settle()
    assert "canaryword" in written_to(quiet.priya, "asks you")["text"]
    quiet.tom.types("#general", "/baton privacy erase")
    quiet.tom.fills_in({})
    quiet.settle()
    assert "canaryword" not in str(quiet.priya.direct_messages())


def test_an_answer_that_was_told_directly_goes_with_its_authors_data(quiet: Town) -> None:
    quiet.tom.types("#general", "/ask @Priya is the copy final?")
    quiet.settle()
    quiet.priya.presses("Answer")
    quiet.priya.fills_in({"Your answer": "canaryword"})
    quiet.settle()
    assert "canaryword" in written_to(quiet.tom, "answered")["text"]
    quiet.priya.types("#general", "/baton privacy erase")
    quiet.priya.fills_in({})
    quiet.settle()
    assert "canaryword" not in str(quiet.tom.direct_messages())
