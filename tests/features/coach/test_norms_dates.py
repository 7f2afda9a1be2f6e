"""Blocking requests: with a date, or without."""

import pytest

from bot.features.coach.rules.catalogue import Part, Rule
from tests.features.coach.talk import ANA, TOM, findings, rules, situation, told


@pytest.mark.parametrize(
    "text",
    [
        "<@U0ANA0000> this blocks me, please decide.",
        "Today: can't start on the sync. <@U0ANA0000> this blocks me, please decide.",
        "I can't print the badges until I get the list from you <@U0GIL0000>. Can you send it?",
        "<@U0SAM0000> I left you a comment, please answer, can't go on without it",
        "<@U0NOOR000> the mobile people wait for your ok on the pagination change",
        "<@U0PRIYA00> we can't open the books until we have the rounding rule. Can you find out?",
        "<@U0ANA0000> I'm blocked by the missing key, could you add it to the vault?",
        "<@U0ANA0000> could you have a look at the spec? It's blocking us",
        "We are stuck without your approval, could you check the form?",
        "I'm blocked on your review of the schema, can you have a look?",
        "<@U0MEI0000> can you unblock me? the repo needs your approval",
        "<@U0SAM0000> still waiting for your answer on the tariff, can you decide?",
        "<@U0SAM0000> need your input to continue, which one is it?",
        "Waiting on <@U0SAM0000> for the credentials, nothing works without. Please send them.",
        "<@U0SAM0000> I need the final copy from you to start the layout.",
        "<@U0SAM0000> A or B? Nobody can build anything before this is decided.",
        "<@U0SAM0000> the legal text blocks the launch page. When can we have it?",
        "<@U0SAM0000> please sign the DPA, the customer cannot go live without it",
    ],
)
def test_a_blocking_request_without_a_date_is_found(text: str) -> None:
    assert rules(situation(text)) == [Rule.NO_DATE]


@pytest.mark.parametrize(
    "text",
    [
        "<@U0ANA0000> this blocks me, please decide by Thursday.",
        "<@U0ANA0000> this blocks me, can you decide today?",
        "I can't print the badges until I get the list <@U0GIL0000>. Can you send it before 14:00?",
        "<@U0SAM0000> can't go on without your answer, need it before the demo",
        "<@U0SAM0000> I'm blocked by the key, could you add it? No rush, tomorrow is fine",
        "<@U0SAM0000> this blocks me, asap please",
        "I'm blocked on the review, no idea who does it",
        "this blocks the main thread, use a worker",
        "my ad blocker blocks me from reading it, can you help?",
        "was blocked by the firewall, works now, thanks <@U0ANA0000>",
        "<@U0ANA0000> I can't wait until you see this, can you guess?",
        "<@U0ANA0000> are you blocked by anything? If you're stuck, can you tell me?",
        "<@U0ANA0000> not a blocker, could you have a look whenever you have time?",
        "don't wait for me, can you start without me?",
        "waiting for the bus, can you start the standup <@U0ANA0000>?",
        "You can't merge without an approval, can you ask <@U0ANA0000>?",
        "<@U0TOM0000> main is red and that blocks all of us, please fix or revert",
        "Async standup. Blocked: no.",
        "until you restart it, it can't see the key",
        "how do I wait until the element is visible? can't find it in the docs",
    ],
)
def test_a_date_or_no_block_or_nobody_asked_is_no_finding(text: str) -> None:
    assert Rule.NO_DATE not in rules(situation(text))


def test_it_lacks_a_date_and_quotes_the_block() -> None:
    found = findings(situation("<@U0ANA0000> morning! This blocks me, please decide."))
    assert found[Rule.NO_DATE].missing == (Part.DATE,)
    assert found[Rule.NO_DATE].phrase == "This blocks me, please decide."


def test_a_date_in_the_authors_message_before_counts() -> None:
    asked = "<@U0ANA0000> this blocks me, please decide."
    own = told((TOM, "I need the colours by Thursday"))
    of_somebody_else = told((ANA, "I need the colours by Thursday"))
    assert rules(situation(asked, before=own)) == []
    assert rules(situation(asked, before=of_somebody_else)) == [Rule.NO_DATE]
