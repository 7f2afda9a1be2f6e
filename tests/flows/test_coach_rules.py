"""Each rule of the coach once, and each thing that it leaves alone once, over the local Slack."""

import pytest

from bot.core.agreement.setting import channel_scope
from tests.support.town import Town

WEBSITE = channel_scope("C0WEBSITE")


@pytest.fixture
def quiet(quiet: Town) -> Town:
    quiet.sets("coach.mode", "on")
    quiet.nobody_is_new()
    quiet.tom.invites("Baton", "#general")
    quiet.settle()
    return quiet


def _later(town: Town) -> None:
    town.advance(seconds=95)


SINGLE = {
    "naked_hello": ("#infra", "hello @Priya", "is all there is to answer so far"),
    "vague_ask": ("#infra", "@Priya quick question about the export", "leaves open what you need"),
    "bare_problem": ("#infra", "@Priya the preview doesn't work", "not yet what you saw or tried"),
    "missing_link": (
        "#infra",
        "@Priya could you take a look at my PR?",
        "points to something that is not linked",
    ),
    "nobody_asked": ("#infra", "Someone should look at the deploy", "for anybody, so perhaps"),
    "no_date": (
        "#infra",
        (
            "@Priya I can't go on with the sync until you decide which ids we store, ours or the "
            "vendor's. Can you decide?"
        ),
        "it does not say by when",
    ),
    "broadcast": (
        "#infra",
        "@here can someone delete the tag `api:broken` from the registry?",
        "notifies everybody at once",
    ),
    "wrong_channel": (
        "#general",
        "@Priya could you review the deploy pipeline change for the api repo?",
        "is work, and this channel is for everybody",
    ),
    "quick_call": ("#infra", "@Priya quick call?", "write the question"),
    "heated": (
        "#infra",
        "@Priya are you kidding me? Who broke the build AGAIN, this is ridiculous, do your job",
        "may land harder than you mean it",
    ),
    "off_hours": (
        "#infra",
        "@Sam could you check which certificate https://shop.example uses? It says 2024.",
        "arrives outside their day",
    ),
}


@pytest.mark.parametrize("rule", SINGLE)
def test_each_rule_tells_the_author_alone(rule: str, quiet: Town) -> None:
    channel, text, told = SINGLE[rule]
    quiet.tom.says(channel, text)
    _later(quiet)
    assert [told in hint for hint in quiet.whispers_to(quiet.tom)] == [True]
    assert quiet.whispers_to(quiet.priya) == []
    assert quiet.posts_in(channel) == []


def test_a_reply_beside_its_thread_is_told(quiet: Town) -> None:
    root = quiet.priya.says("#infra", "Which pool size do we take for the import?")
    quiet.mei.says("#infra", "I would take 20.", reply_to=root)
    quiet.sam.says("#infra", "The disks are in.")
    quiet.tom.says("#infra", "@Priya yes, 20 works for the nightly import, too.")
    _later(quiet)
    assert ["reads like a reply" in hint for hint in quiet.whispers_to(quiet.tom)] == [True]


def test_what_is_asked_among_a_few_may_belong_in_a_channel(quiet: Town) -> None:
    place = quiet.tom.direct_with("Priya", "Baton")
    quiet.tom.says(place, "How do we rotate the API key of the mail server, and who has access?")
    _later(quiet)
    assert ["could be of use to others" in hint for hint in quiet.whispers_to(quiet.tom)] == [True]


ALONE = {
    "quotes": "&gt; hello @Priya",
    "code": "```\nhello\n```",
    "a link": "https://docs.example/nohello",
    "a greeting with content": "hello @Priya, the new disks are in, thank you!",
    "a language it does not know": "hej @Priya, kan du hjälpa mig lite med det här?",
    "a clear ask": "@Priya can you restart the import of last night before Thursday noon? Its log "
    "says `no space left on device`: https://logs.example/4711",
}


@pytest.mark.parametrize("what", ALONE)
def test_each_kind_of_words_that_is_left_alone(what: str, quiet: Town) -> None:
    quiet.tom.says("#infra", ALONE[what])
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []


def test_social_channels_are_left_alone_but_for_requests_for_work(quiet: Town) -> None:
    quiet.sets("coach.social", "on", WEBSITE)
    quiet.tom.says("#web-relaunch", SINGLE["heated"][1])
    quiet.ana.says("#web-relaunch", "@Priya could you review the PR of the deploy pipeline?")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
    told = ["is work, and this channel" in hint for hint in quiet.whispers_to(quiet.ana)]
    assert told == [True]


def test_a_lively_thread_is_left_alone(quiet: Town) -> None:
    root = quiet.priya.says("#infra", "The import is slow since the update.")
    for number in range(3):
        quiet.mei.says("#infra", f"Host {number} looks fine to me.", reply_to=root)
        quiet.sam.says("#infra", f"Host {number} is slow here.", reply_to=root)
    quiet.tom.says("#infra", "any idea why?", reply_to=root)
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []


def test_a_follow_up_whose_context_stands_above_is_left_alone(quiet: Town) -> None:
    quiet.tom.says("#infra", "The nightly import stops at row 4711 with `duplicate key`.")
    quiet.advance(minutes=4)
    quiet.tom.says("#infra", "@Priya any idea why?")
    _later(quiet)
    assert quiet.whispers_to(quiet.tom) == []
