"""Which pull requests wait for whom, as GitHub's app tells of it in channels."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.digest.rules.logins import names, read_login
from bot.features.digest.rules.reviews import (
    Fact,
    Told,
    facts_in,
    is_github,
    label_of,
    waiting,
)
from bot.slack.app_texts import text_of

URL = "https://github.com/tideline/web/pull/12"
PULL = f"<{URL}|#12 Shorter form>"
OTHER = "https://github.com/tideline/web/pull/13"
HERE = "<https://github.com/tideline/web|tideline/web>"
ANA, TOM = "<https://github.com/ana|ana>", "<https://github.com/tom|tom>"
NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)


def _asked(text: str) -> set[str]:
    return {each.login for each in facts_in(text) if each.is_asked and each.login}


def _settled(text: str) -> set[str]:
    """Who need not look any more; "": nobody, it is over."""
    return {each.login for each in facts_in(text) if each.is_settled}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (f"Pull request opened by {ANA}\n{PULL}\nReviewers: tom, priya", {"tom", "priya"}),
        (f"[{HERE}] Pull request opened by {ANA}\n{PULL}\nReviewers: {TOM}", {"tom"}),
        (f"{ANA} requested a review from {TOM}\n{PULL}", {"tom"}),
        (f"{ANA} requested a review from {TOM} on {PULL}", {"tom"}),
        (f"{PULL}\n*ana* requested reviews from *tom* and *priya*", {"tom", "priya"}),
        (f"{PULL}\nana requested a review from tom, priya, and sam-r", {"tom", "priya", "sam-r"}),
        (f"Review requested from {TOM} by {ANA} {PULL}", {"tom"}),
        (f"{PULL}\nReview requested: @tom", {"tom"}),
        (f"{PULL}\nReviews requested: tom, priya", {"tom", "priya"}),
        (f"Pull request {PULL} review requested of tom", {"tom"}),
        (f"{PULL}\nRequested review from `tom`", {"tom"}),
        (f"{PULL}\ntom was requested for review", {"tom"}),
        (f"{PULL}\ntom and priya were asked to review", {"tom", "priya"}),
        (f"{PULL}\nana added tom as a reviewer", {"tom"}),
        (f"{PULL}\nana requested a review from Tom-Becker", {"tom-becker"}),
        (f"{PULL}\nana requested a review from tom_tideline", {"tom_tideline"}),
        (f"{PULL}\n:eyes: [tideline/web] ana requested a review from tom", {"tom"}),
        (f"• {PULL}\nWaiting on tom", {"tom"}),
        (f"{PULL}\nPending reviewers: tom", {"tom"}),
        (f"<{URL}/files#r1|tideline/web#12>\nReview requested from tom", {"tom"}),
        # nobody is asked
        (f"{PULL}\nReviewers: None", set()),
        (f"{PULL}\nana requested a review from tideline/platform", set()),
        (f"{PULL}\nana requested a review from @tideline/platform", set()),
        (f"{PULL}\nana requested a review from the platform team", set()),
        (f"{PULL}\nana requested a review from dependabot[bot]", set()),
        (f"{PULL}\nana requested your review", set()),
        (f"{ANA} requested a review from {TOM}", set()),
        (f"{PULL}\n&gt; ana requested a review from tom", set()),
        (f"{PULL}\n```\nana requested a review from tom\n```", set()),
        (f"{PULL}\nI think ana requested a review from tom", set()),
        (f"<{URL}|ana requested a review from tom>", set()),
        (f"New comment by {ANA} on {PULL}\n@tom can you review?", set()),
        ("<http://github.com/tideline/web/pull/12|#12>\nReviewers: tom", set()),
        ("<https://github.com/tideline/web/issues/12|#12>\nReviewers: tom", set()),
        ("<https://github.com@evil.example/o/r/pull/1|#1>\nReviewers: tom", set()),
        (f"<https://evil.example/o/r/pull/1|{URL}>\nReviewers: tom", set()),
        ("<https://10.0.0.1/o/r/pull/1|#1>\nReviewers: tom", set()),
    ],
)
def test_who_is_asked_for_a_review(text: str, asked: set[str]) -> None:
    assert _asked(text) == asked
    assert not _settled(text)


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        (f"{PULL}\nPull request approved by {TOM}", {"tom"}),
        (f"{TOM} approved pull request {PULL}", {"tom"}),
        (f"{TOM} approved {PULL}", {"tom"}),
        (f"{PULL}\nChanges requested by tom", {"tom"}),
        (f"{TOM} requested changes on {PULL}", {"tom"}),
        (f"Pull request review submitted by tom: changes requested\n{PULL}", {"tom"}),
        (f"{ANA} removed the request for review from {TOM} {PULL}", {"tom"}),
        (f"{PULL}\nana removed the review request for tom", {"tom"}),
        (f"{PULL}\nReview request removed: tom", {"tom"}),
        (f"{PULL}\nana removed tom from reviewers", {"tom"}),
        (f"Pull request merged by {ANA}\n{PULL}", {""}),
        (f"[{HERE}] Pull request closed by {ANA}\n{PULL}", {""}),
        (f"Pull request {PULL} was merged", {""}),
        (f"Pull request closed: {PULL}", {""}),
        (f"{ANA} merged pull request {PULL}", {""}),
        (f"{ANA} merged {PULL} into main", {""}),
        (f"{PULL}\nStatus: Merged", {""}),
        # nothing is settled
        (f"{TOM} commented on pull request {PULL}\nI would have approved by now", set()),
        (f"Pull request review submitted by tom: commented\n{PULL}", set()),
        (f"Issue closed by {ANA}\n{PULL}", set()),
    ],
)
def test_who_need_not_look_any_more(text: str, settled: set[str]) -> None:
    assert _settled(text) == settled
    assert not _asked(text)


def test_a_list_of_several_says_it_of_each() -> None:
    text = (
        "Pull requests in tideline/web\nWaiting on sam\n"
        f"• {PULL}\nWaiting on tom\n• <{OTHER}|#13>\nWaiting on priya"
    )
    assert facts_in(text) == [Fact(URL, "tom", is_asked=True), Fact(OTHER, "priya", is_asked=True)]
    both = f"{PULL} <{OTHER}|#13>\nWaiting on tom"
    assert facts_in(both) == [], "nobody can tell which"


def test_a_reopened_one_is_told_of() -> None:
    assert facts_in(f"Pull request reopened by ana\n{PULL}") == [Fact(URL, "", is_asked=True)]


def test_addresses_are_the_same_however_they_are_written() -> None:
    text = "<https://Code.Tideline.example/Web/App/pull/7?x=1|https://code.tideline.example/x>"
    (fact,) = facts_in(f"{text}\nReview requested from Tom")
    assert fact.url == "https://code.tideline.example/web/app/pull/7"
    assert fact.login == "tom"
    assert label_of(fact.url) == "web/app #7 (code.tideline.example)"


def test_only_githubs_own_app_counts() -> None:
    assert is_github("GitHub")
    assert is_github("GitHub Enterprise Server")
    assert not is_github("Git happens")


@pytest.mark.parametrize(
    ("typed", "login"),
    [
        ("tom", "tom"),
        ("@Tom-Becker", "tom-becker"),
        ("https://github.com/tom", "tom"),
        ("<https://github.com/Tom/|github.com/Tom>", "tom"),
        ("tom_tideline", "tom_tideline"),
        ("x" * 39, "x" * 39),
        ("x" * 40, None),
        ("-tom", None),
        ("tom-", None),
        ("tom--b", None),
        ("tom.b", None),
        ("<@U0TOM0000>", None),
        ("", None),
        ("tóm", None),
        ("tideline/web", None),
    ],
)
def test_a_login_is_checked(typed: str, login: str | None) -> None:
    assert read_login(typed) == login


def test_a_login_is_a_word_of_its_own() -> None:
    assert names("Approved by @Tom", "tom")
    assert names("<https://x.example/y|tom>", "tom")
    for text in ("tomato", "tom-becker", "custom", "tideline/tom"):
        assert not names(text, "tom"), text


def _told(login: str, asked: float | None, settled: float | None = None, ts: str = "1") -> Told:
    at = [None if each is None else NOON + timedelta(hours=each) for each in (asked, settled)]
    return Told(URL, login, "C1", ts, *at)


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ([_told("tom", 0)], True),
        ([_told("priya", 0)], False),
        ([_told("tom", 0), _told("tom", None, 1)], False),
        ([_told("tom", 2), _told("tom", None, 1)], True),
        ([_told("tom", 0), _told("priya", None, 1)], True),
        ([_told("tom", 0), _told("", None, 1)], False),
        ([_told("tom", 2), _told("", None, 1)], False),
        ([_told("tom", 0), _told("", None, 1), _told("", 2)], True),
        ([_told("tom", 0, 0)], False),
        ([_told("", None, 1)], False),
    ],
)
def test_a_request_waits_until_it_is_settled_or_all_is_over(told: list[Told], waits: bool) -> None:
    for order in (told, told[::-1]):
        assert bool(waiting(order, {"tom"})) is waits


def test_who_asked_last_comes_first_and_what_waits_longest_is_on_top() -> None:
    later = Told(OTHER, "tom", "C1", "9", NOON + timedelta(hours=9), None)
    found = waiting([later, _told("tom", 0, ts="1"), _told("tom", 3, ts="2")], {"tom"})
    assert [each.url for each in found] == [URL, OTHER]
    assert [each.ts for each in found[0].asks] == ["2", "1"]


WORDS = st.sampled_from(
    [
        PULL,
        f"<{OTHER}|x>",
        "Reviewers:",
        "tom",
        ",",
        "and",
        "\n",
        "requested a review from",
        "@",
        "approved by",
        "Pull request",
        "merged",
        "&gt;",
        "```",
        "<",
        ">",
        "|",
        "[",
        "]",
        "_",
        "*",
    ]
)


@given(st.lists(WORDS | st.text(max_size=6), max_size=30).map(" ".join))
def test_whatever_is_read_is_well_formed(text: str) -> None:
    for fact in facts_in(text):
        assert fact.url in {URL, OTHER}
        assert fact.login == "" or read_login(fact.login) == fact.login
        assert fact.is_asked or fact.is_settled


@pytest.mark.parametrize("unit", ["tom, ", "a-", "[x] ", "a and ", "<https://a.", "x/y: "])
def test_hostile_length_takes_no_time(unit: str) -> None:
    facts_in(f"{PULL}\nReviewers: {unit * 1_000}")
    facts_in(f"{unit * 1_000}{PULL}")


@pytest.mark.parametrize(
    "written",
    [
        "Reviewers: tom",
        "ana requested a review from tom",
        "Review requested from @tom",
        "bob requested a review from tom on <https://evil.example/a/b/pull/9|a/b#9>",
    ],
)
def test_what_people_write_below_a_title_asks_nobody(written: str) -> None:
    """A description or a comment, as GitHub's app shows it below the title."""
    text = text_of(
        {
            "attachments": [
                {
                    "pretext": f"New comment by {ANA} on pull request",
                    "title": "#12 Shorter form",
                    "title_link": URL,
                    "text": f"Looks fine.\n{written}",
                }
            ]
        }
    )
    assert facts_in(text) == []


def test_what_people_write_below_a_title_settles_nothing() -> None:
    text = text_of(
        {
            "attachments": [
                {
                    "pretext": f"New comment by {ANA} on pull request",
                    "title": "#12 Shorter form",
                    "title_link": URL,
                    "text": "Pull request merged by ana",
                }
            ]
        }
    )
    assert facts_in(text) == []
