"""What a later message means for a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import monotonic
from bot.features.asks.rules.replies import Meaning, Role, answers_in_channel, meaning

LIMIT = "<@U2> where is the rate limit configured?"


@pytest.mark.parametrize(
    ("question", "text", "means"),
    [
        ("can you review this?", "sure", "accept"),
        ("can you review this?", "yes", "accept"),
        ("can you review this?", "reviewed, two comments", "answer"),
        ("can you send me the password?", "sure, it's in 1Password under infra", "answer"),
        ("can you review this?", "sorry, no time this week", "decline"),
        ("is it live?", "checking", "holding"),
        ("is it live?", "not yet", "answer"),
        ("is it live?", "which region?", "asks_back"),
        ("is it live?", "thanks for asking", "nothing"),
        ("Can I merge this?", "sure", "answer"),
        ("please fix the header", "done", "answer"),
        ("please fix the header", "on it", "accept"),
        ("please fix the header", "will do tomorrow", "accept"),
        ("please fix the header", ":+1:", "accept"),
        ("what is the limit?", ":eyes:", "nothing"),
        ("what is the limit?", "you need to check the docs, section limits", "answer"),
        ("what is the limit?", "let me check", "holding"),
        (
            "what is the limit?",
            "let me check. ok it is 500 per minute and 20k per day, set in the gateway",
            "answer",
        ),
        ("where is the doc?", "<https://x.example>", "answer"),
        ("where is the doc?", "no idea", "holding"),
        ("where is the doc?", "Out of office until Monday", "nothing"),
        ("please review", "can do it tonight", "accept"),
        ("can you join at 3?", "can't, I'm at the dentist", "decline"),
        ("can we do it in elm?", "can't be done without ports", "answer"),
        ("kannst du das prüfen?", "mache ich", "accept"),
        ("wo liegt die datei?", "schau ich gleich nach", "holding"),
        ("red or blue?", "blue", "answer"),
        ("ok to deploy?", "ok", "answer"),
        ("did you send it?", "yes, yesterday", "answer"),
        ("what is the plan?", "I'll get back to you on Monday", "holding"),
        ("could you look at it?", "I'll have a look tomorrow", "holding"),
        ("could you look at it?", "looking now", "holding"),
        ("please fix the header", ":white_check_mark:", "answer"),
        ("ok to deploy?", ":white_check_mark:", "answer"),
        ("which one?", "the `blue` one", "answer"),
        ("is it live?", "I see it, too", "nothing"),
        ("how do I do that?", "have you tried `make clean`?", "answer"),
        ("how do I do that?", "maybe with a macro?", "answer"),
        ("does anybody else see this?", "same here", "answer"),
        ("why is it red?", "haha", "nothing"),
        ("why is it red?", "good question", "nothing"),
    ],
)
def test_what_somebody_who_was_asked_says(question: str, text: str, means: str) -> None:
    assert meaning(text, Role.ANSWERER, question) == means


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("thanks!", "solved"),
        ("nvm", "never_mind"),
        ("that worked", "solved"),
        ("any update?", "nothing"),
        ("works now", "solved"),
        ("ok thanks, but how do I start it?", "nothing"),
        ("found it", "solved"),
        ("I tried that and it does not work", "nothing"),
        ("it works for the first one but not for the second", "nothing"),
        ("no longer needed, we cancelled", "never_mind"),
        ("ping", "nothing"),
        ("got it, thank you", "solved"),
        ("thanks in advance", "nothing"),
        ("never mind the first error, the second one is what I need", "nothing"),
    ],
)
def test_what_whoever_asked_says_later(text: str, means: str) -> None:
    assert meaning(text, Role.ASKER, "is it done?") == means


@pytest.mark.parametrize(
    ("question", "text", "means"),
    [
        ("<@U1> where is the rate limit configured?", "I see it, too", "nothing"),
        ("<@U1> where is the rate limit configured?", "in `gateway/limits.yaml`", "answer"),
        ("<@U1> where is the rate limit configured?", "haha good luck", "nothing"),
        ("<@U1> where is the rate limit configured?", "we should all go for lunch", "nothing"),
        ("<@U1> is the release out?", "yes, since noon", "answer"),
        ("<@U1> is the release out?", "no idea", "nothing"),
        ("<@U1> is the release out?", "I would like to know, too", "nothing"),
        ("<@U1> is the release out?", "the build is red btw", "nothing"),
        ("<@U1> can you send me the deck?", "here it is: <https://x.example/deck>", "answer"),
    ],
)
def test_somebody_else_has_to_speak_of_the_question(question: str, text: str, means: str) -> None:
    assert meaning(text, Role.OTHER, question) == means


def test_a_promise_of_somebody_else_is_not_asked_for() -> None:
    assert meaning("on it", Role.ANSWERER, "please fix the header") is Meaning.ACCEPT
    assert meaning("on it", Role.OTHER, "please fix the header") is Meaning.NOTHING


def _answers(
    text: str, *, names_asker: bool = False, is_next: bool = True, minutes: float = 5
) -> bool:
    return answers_in_channel(
        text, LIMIT, names_asker=names_asker, is_next=is_next, minutes=minutes
    )


def test_the_next_words_in_the_channel_answer_if_they_come_soon() -> None:
    assert _answers("in the gateway")
    assert not _answers("we have cake", minutes=60)
    assert _answers("in `gateway/limits.yaml`", minutes=60)
    assert not _answers("in `gateway/limits.yaml`", minutes=600)


def test_who_names_the_asker_answers_for_hours() -> None:
    assert _answers("<@U1> ask Mei", names_asker=True, is_next=False, minutes=200)
    assert not _answers("<@U1> nice weather", names_asker=True, is_next=False, minutes=600)


def test_once_others_have_written_an_answer_has_to_share_words() -> None:
    assert _answers("the rate limit is configured in `limits.yaml`", is_next=False)
    assert not _answers("you can use `main` for that", is_next=False)


@pytest.mark.parametrize(
    "text", ["<@U3> in the gateway", "let me check", "which one?", "thanks", "reminder: lunch"]
)
def test_words_to_others_news_and_questions_answer_nothing_in_the_channel(text: str) -> None:
    assert not _answers(text)


@given(st.text(max_size=200), st.sampled_from(Role), st.text(max_size=200))
def test_every_text_has_a_meaning(text: str, role: Role, question: str) -> None:
    assert meaning(text, role, question) in Meaning


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("piece", ["hello there ", "oh wow ", "ok then ", "so but ", "x(", "a_"])
def test_a_long_text_takes_no_longer_than_it_has_words(piece: str, role: Role) -> None:
    text = (piece * 20_000)[:40_000] + "\u2603x"
    start = monotonic()
    meaning(text, role, text)
    assert monotonic() - start < 0.5
