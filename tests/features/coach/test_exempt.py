"""What the coach leaves alone, though a rule holds: each once."""

from collections.abc import Sequence

import pytest

from bot.core.message_store import StoredMessage
from bot.features.coach.rules.catalogue import GROUP_OF, Group, Rule
from bot.features.coach.rules.exempt import is_answered, is_exempt, is_lively
from bot.features.coach.rules.reading import read
from bot.features.coach.rules.situation import Situation
from tests.features.coach.talk import ANA, PRIYA, TOM, message, situation

NORMS = [rule for rule in Rule if GROUP_OF[rule] is Group.NORM]
ROOT = message("which price do we show?", ANA)


def _exempt(rule: Rule, given: Situation) -> bool:
    return is_exempt(rule, read(given.message.text), given)


def _crowd(count: int, *people: str, minute: float = 25) -> Sequence[StoredMessage]:
    return [
        message("and the discount?", people[place % len(people)], minute=minute + place / 10)
        for place in range(count)
    ]


@pytest.mark.parametrize("rule", Rule)
def test_somebodys_own_words_in_a_work_channel_are_not_exempt(rule: Rule) -> None:
    assert not _exempt(rule, situation("can you look at this, please?"))


@pytest.mark.parametrize(
    "text", ["&gt; can you look?", "```can you look```", "<https://a.example>", ":wave:", ""]
)
def test_quotes_code_links_and_emoji_alone_are_left_alone(text: str) -> None:
    assert all(_exempt(rule, situation(text)) for rule in Rule)


@pytest.mark.parametrize("user", ["deploy-bot", "zendesk_bot", "ci[bot]", "Slackbot", "bot"])
def test_a_bot_is_left_alone(user: str) -> None:
    given = Situation(message("can you look at this, please?", user))
    assert all(_exempt(rule, given) for rule in Rule)


def test_in_a_social_channel_only_work_is_noticed() -> None:
    given = situation("can you look at this, please?", channel="random")
    assert [rule for rule in NORMS if not _exempt(rule, given)] == [Rule.WRONG_CHANNEL]
    assert not _exempt(Rule.VAGUE_ASK, given)


@pytest.mark.parametrize(
    "text",
    [
        "quelqu'un peut regarder le bug svp, c'est urgent pour la démo",
        "kann jemand bitte mal schauen, das ist nicht so einfach",
        "kan iemand naar de build kijken, het is een beetje raar",
    ],
)
def test_the_norms_know_english_alone(text: str) -> None:
    assert all(_exempt(rule, situation(text)) for rule in NORMS)


def test_words_too_few_to_tell_a_language_may_be_english() -> None:
    assert not _exempt(Rule.QUICK_CALL, situation("huddle?"))


def test_a_lively_thread_is_left_alone() -> None:
    crowd = _crowd(5, ANA, PRIYA)
    given = situation("can you look at this?", before=crowd, thread=ROOT.ts)
    assert _exempt(Rule.VAGUE_ASK, given)
    assert _exempt(Rule.NO_DATE, given)
    assert not _exempt(Rule.HEATED, given)


@pytest.mark.parametrize(
    ("before", "thread"),
    [
        (_crowd(4, ANA, PRIYA), ROOT.ts),
        (_crowd(9, ANA), ROOT.ts),
        (_crowd(5, ANA, PRIYA, minute=19), ROOT.ts),
        (_crowd(5, ANA, PRIYA), None),
    ],
    ids=["four messages", "one person", "eleven minutes ago", "in the channel"],
)
def test_less_than_a_crowd_is_not_lively(
    before: Sequence[StoredMessage], thread: str | None
) -> None:
    assert not is_lively(situation("can you look?", before=before, thread=thread))


def test_what_somebody_else_answered_is_left_alone() -> None:
    answer = message("sure, on it", ANA, minute=31)
    given = situation("can you look at this?", after=[answer])
    assert _exempt(Rule.VAGUE_ASK, given)
    assert not _exempt(Rule.BROADCAST, given)


def test_the_authors_own_next_message_is_no_answer() -> None:
    more = message("the second one, I mean", TOM, minute=31)
    assert not is_answered(situation("can you look?", after=[more]))


def test_in_a_channel_later_talk_of_others_is_no_answer() -> None:
    after = [message("I mean the second", TOM, minute=31), message("lunch?", ANA, minute=32)]
    assert not is_answered(situation("can you look?", after=after))
    below = [message(each.text, each.user_id, minute=33, thread=ROOT.ts) for each in after]
    assert is_answered(situation("can you look?", after=below, thread=ROOT.ts))


def test_a_reply_under_a_message_of_the_channel_is_an_answer_however_late() -> None:
    given = situation("can you look?")
    under = message("sure", ANA, minute=33, thread=given.message.ts)
    after = [message("I mean the second", TOM, minute=31), under]
    assert is_answered(situation("can you look?", after=after))
