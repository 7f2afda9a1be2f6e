"""The wish to talk: what is asked for, what is planned, and the litmus."""

import pytest

from bot.features.coach.rules.catalogue import Leaning, Part, Rule
from tests.features.coach.talk import findings, rules, situation


@pytest.mark.parametrize(
    "text",
    [
        "quick call?",
        "call?",
        "Quick huddle?",
        "<@U0ANA0000> quick call?",
        "hey, quick call?",
        "Can we hop on a call?",
        "can we hop on a quick call about the export?",
        "Could we jump on a huddle",
        "shall we do a quick call?",
        "can you hop on a call real quick",
        "Let's jump on a huddle",
        "let's hop on a quick zoom",
        "lets just have a quick chat about it",
        "got 5 min to talk?",
        "got 5 min for a call?",
        "do you have 10 minutes for a quick call?",
        "have time for a quick chat?",
        "got a minute for a huddle?",
        "are you free for a call?",
        "can I call you?",
        "can i quickly call you about the invoice",
        "Morning! Could we have a short call today? It's about the Vienna contract.",
        "free for a quick sync?",
        "hey, mind if I call you?",
        "Can we sync on this?",
        "Could we talk about this on a call? Too many options.",
        "just call me when you're back",
        "up for a quick call?",
        "Can we get on a call to discuss this?",
        "could we do a 10 min call?",
        "can we schedule a call about the roadmap?",
    ],
)
def test_a_wish_to_talk_now_is_found(text: str) -> None:
    assert rules(situation(text)) == [Rule.QUICK_CALL]


@pytest.mark.parametrize(
    "text",
    [
        "can we take 15 minutes tomorrow at 10 to pick between B and C, both in <https://f.example>",
        "Can we do a call tomorrow at 10 to pick the option for the empty state?",
        "can we have a quick call on Thursday at 14:00 about the budget? I'd bring two numbers",
        "Can we have a quick call? Agenda: 1. pricing 2. launch date",
        "Could we hop on a call? <https://meet.example/abc>",
        "happy to hop on a call if that's easier",
        "If you'd like we can jump on a quick call",
        "let me know if you want to have a quick call",
        "we can also do a quick call, no need to type all that",
        "I'm on a call, back in 10",
        "just off a call with the bank",
        "Can you call the bank and ask for the form?",
        "can we have a call with the client this week?",
        "on-call handover: quiet week",
        "the api call fails with 403, can we retry it?",
        "Can we call it a day?",
        "can we call the function twice?",
        "does this call the backend?",
        "what do we call this?",
        "this was a close call",
        "quick question: does the call return null?",
        "the meeting is at 3",
        "I'd rather write it down than have another quick call",
        "no need for a quick call, it is all in the doc",
        "why do we have a quick call for everything",
        'he always asks "quick call?" and then talks for an hour',
        "got a sec?",
        "can we sync the two folders?",
        "can we chat about the project?",
        "call me crazy, but I like it",
        "If the building burns, call me :)",
        "our keys are in a public repo, please call me",
        "can we talk about the call function in the docs?",
        "let's talk about it in the retro",
        "the zoom link is in the calendar",
        "can we zoom in on the chart a bit?",
        "will the huddle feature be in the next release?",
        "teams are free to choose",
        "let's call it v2",
        "can i call `next()` twice?",
        "The call is at 14:00, please be on time",
    ],
)
def test_what_is_planned_offered_or_told_is_no_wish_to_talk_now(text: str) -> None:
    assert rules(situation(text)) == []


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("quick call? I need to know which branch to deploy", Leaning.ASYNC),
        ("can we hop on a quick call about the Lisbon offer? They want an answer", Leaning.ASYNC),
        ("can we hop on a call to discuss the roadmap?", Leaning.CONSIDER),
        ("Quick call? We disagree on the architecture", Leaning.CONSIDER),
    ],
)
def test_the_litmus_tells_an_answer_from_a_discussion(text: str, leaning: Leaning) -> None:
    assert findings(situation(text))[Rule.QUICK_CALL].leaning is leaning


@pytest.mark.parametrize(
    "text",
    [
        "quick call? it's personal",
        "can we have a quick call about your feedback for me? It's a bit sensitive",
        "Could we hop on a call? I'm struggling a bit at the moment",
        "quick call to catch up? it's been too long",
        "can i call you about my salary",
        "can we have a quick call before our 1:1? I'd like to apologise for yesterday",
    ],
)
def test_who_seeks_people_or_speaks_of_something_delicate_should_talk(text: str) -> None:
    assert Rule.QUICK_CALL not in rules(situation(text))


def test_a_call_about_nothing_lacks_its_topic_and_its_question() -> None:
    assert findings(situation("quick call?"))[Rule.QUICK_CALL].missing == (
        Part.CONTEXT,
        Part.QUESTION,
    )


def test_a_call_that_says_what_it_is_about_lacks_nothing() -> None:
    found = findings(situation("quick call about the Vienna contract?"))
    assert found[Rule.QUICK_CALL].missing == ()


def test_the_hint_quotes_the_wish_without_mentions() -> None:
    found = findings(situation("<@U0ANA0000> hi! Can we hop on a call? It's the export."))
    assert found[Rule.QUICK_CALL].phrase == "Can we hop on a call?"
