"""Which pull requests wait for whom, read from what GitHub's app posts in channels.

Only sentences in which GitHub tells of it count, from the beginning of a line: what people write
into titles, descriptions and comments must not ask anybody for anything.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final

from bot.core.patterns import regex
from bot.core.render import plain
from bot.features.digest.rules.logins import GITHUB, LOGIN

KEPT_FOR: Final = timedelta(days=90)
"""A review that was asked for longer ago waits for nobody."""
MAX_ADDRESS: Final = 300
MAX_LINES: Final = 200
MAX_PULLS: Final = 30
MAX_LOGINS: Final = 20
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

_FLAGS: Final = re.IGNORECASE | re.ASCII
_HOST: Final = r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}"
_HOME: Final = f"{GITHUB}.com"
_PULL: Final = regex(
    rf"<(https://({_HOST})/([\w.-]{{1,100}}/[\w.-]{{1,100}})/pull/(\d{{1,9}}))(?=[/?#|>])"
    r"[^|<>\s]*(?:\|([^<>]*))?>",
    _FLAGS,
)
_NUMBER: Final = regex(r"^(?:[\w.-]+/[\w.-]+)?#\d+:?")
_HOST_IN_LABEL: Final = regex(r"(?:https?://|www\.)([^/\s:]+)", _FLAGS)
_PREFIX: Final = regex(
    r"^(?:[•\-\u2013\u2014*]\s+|:[\w+-]+:\s*|\[[^\]]*\]\s*|[\w.-]+/[\w.-]+:\s+)+"
)
_EMPHASIS: Final = regex(r"[*~`]|(?<!\w)_|_(?!\w)")
_NAMED: Final = rf"@?{LOGIN}(?![\w/\[-])"
_ONE: Final = rf"(?P<one>{_NAMED})"
_SOME: Final = rf"(?P<some>{_NAMED}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_NAMED})*)"
_WHO: Final = rf"{_NAMED} "  # whoever did it does not matter
_PR: Final = r"(?:(?:the|this|a) )?(?:pull request|PR|#\d+)(?: #\d+)?"
_REQUEST: Final = "(?:review requests?|requests? for (?:an? )?review)"
_GONE: Final = "(?:removed|withdrawn)"
_WAS: Final = r"(?: (?:was|were|is|are|has been|have been))?"
_NOT_LOGINS: Final = frozenset(
    {"a", "an", "the", "this", "that", "you", "your", "yours", "me", "team", "none", "no", "one"}
    | {"everyone", "somebody", "someone", "nobody", "reviewer", "reviewers", "review", "reviews"}
    | {"code", "owners", "codeowners"}
)

_ASKED: Final = (
    rf"(?:{_WHO})?requested (?:an? )?reviews? (?:on {_PR} )?(?:from|of|by) {_SOME}",
    rf"(?:{_PR}[:,]? )?(?:an? )?reviews?{_WAS} requested(?: (?:from|of|for)|:) ?{_SOME}",
    rf"{_SOME}{_WAS} (?:requested|asked) (?:for|to) (?:an? |your )?review",
    rf"(?:{_WHO})?added {_SOME} as (?:an? )?reviewers?",
    rf"(?:requested |pending )?reviewers?: ?{_SOME}$",
    rf"(?:{_PR}[:,]? )?waiting (?:on|for) (?:(?:an? )?reviews? (?:from|by|of) )?{_SOME}$",
)
_SETTLED: Final = (
    rf"(?:{_PR})?{_WAS} ?approved by {_ONE}",
    rf"{_ONE} approved\b",
    rf"changes{_WAS} requested(?: on {_PR})? by {_ONE}",
    rf"{_ONE} requested changes\b",
    rf"(?:{_PR} )?review submitted by {_ONE}: (?:approved|changes requested)",
    rf"(?:{_WHO})?removed (?:the |an? )?{_REQUEST} (?:for|from|of) {_SOME}",
    rf"(?:the )?{_REQUEST} (?:for|from|of) {_SOME}{_WAS} {_GONE}",
    rf"{_REQUEST}{_WAS} {_GONE}:? (?:(?:for|from|of) )?{_SOME}",
    rf"(?:{_WHO})?removed {_SOME} (?:as (?:an? )?reviewers?|from (?:the )?reviewers)",
)
_OVER: Final = (
    rf"{_PR}{_WAS}(?: successfully)? (?:merged|closed)\b",
    rf"(?:{_WHO})?(?:merged and )?(?:merged|closed) {_PR}\b",
    r"(?:state|status): ?(?:merged|closed)\b",
)
_AGAIN: Final = (rf"{_PR}{_WAS} (?:reopened|re-opened)\b", rf"{_WHO}re-?opened {_PR}\b")


def _any_of(sentences: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(regex(f"^{sentence}", _FLAGS) for sentence in sentences)


_SENTENCES: Final = {
    "asked": _any_of(_ASKED),
    "settled": _any_of(_SETTLED),
    "over": _any_of(_OVER),
    "again": _any_of(_AGAIN),
}
_OPENING: Final = frozenset({"asked", "again"})


@dataclass(frozen=True, slots=True)
class Fact:
    """What a message says of one pull request: that a login is asked for a review, or no more.

    Without a login: that it is open again, or merged or closed.
    """

    url: str
    login: str
    is_asked: bool = False
    is_settled: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and the message that tells it; each time is None where it does not say so."""

    url: str
    login: str
    channel_id: str
    ts: str
    asked_at: datetime | None
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A pull request that waits for a review of somebody's; who asked last comes first."""

    url: str
    asks: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request that a message links to, and what the link says besides its number."""

    url: str
    title: str


def is_github(app: str) -> bool:
    """Whether an app is GitHub's, or that of a company's own GitHub, by its name."""
    return "github" in app.lower()


def facts_in(text: str) -> list[Fact]:
    """What a text of GitHub's says of pull requests; in each of them once per login."""
    found: dict[tuple[str, str], set[str]] = {}
    lines = list(_lines(text))
    pulls = list(dict.fromkeys(url for _, urls in lines for url in urls))[:MAX_PULLS]
    meant = pulls[0] if len(pulls) == 1 else None
    for words, urls in lines:
        if len(pulls) > 1 and urls:
            meant = urls[0] if len(set(urls)) == 1 and urls[0] in pulls else None
        if meant is not None:
            for login, what in _said(words):
                found.setdefault((meant, login), set()).add(what)
    return [
        Fact(url, login, is_asked=bool(said & _OPENING), is_settled=bool(said - _OPENING))
        for (url, login), said in found.items()
    ]


def pulls_in(text: str) -> list[Pull]:
    """The pull requests that GitHub's own lines link to, each once, with what is said of them."""
    titles: dict[str, str] = {}
    for found in (each for line in _own_lines(text) for each in _PULL.finditer(line)):
        url = _address(found)
        if url is not None:
            title = _NUMBER.sub("", plain(found[5] or "")).strip()
            titles[url] = titles.get(url) or ("" if "://" in title else title)
    return [Pull(url, title) for url, title in list(titles.items())[:MAX_PULLS]]


def waiting(told: Iterable[Told], logins: Collection[str]) -> list[Waiting]:
    """Which pull requests wait for somebody of these logins, longest first."""
    by_address = sorted(told, key=lambda each: each.url)
    found = [
        Waiting(url, asks)
        for url, facts in groupby(by_address, key=lambda each: each.url)
        if (asks := _open_asks(list(facts), logins))
    ]
    return sorted(found, key=lambda each: (each.asks[0].asked_at or LONG_AGO, each.url))


def label_of(url: str) -> str:
    """How people write a pull request, e.g. `tideline/web #12`; GitHub's own host is left out."""
    host, _, place = url.removeprefix("https://").partition("/")
    repository, _, number = place.partition("/pull/")
    where = "" if host == _HOME else f" ({host})"
    return f"{repository} #{number}{where}"


def _open_asks(facts: list[Told], logins: Collection[str]) -> list[Told]:
    of_pull = [each for each in facts if not each.login]
    mine = [each for each in facts if each.login in logins]
    closed = _latest(each.settled_at for each in of_pull)
    if closed > LONG_AGO and closed >= _latest(each.asked_at for each in of_pull):
        return []
    settled = _latest(each.settled_at for each in mine)
    asks = [each for each in mine if each.asked_at and each.asked_at > settled]
    return sorted(asks, key=lambda each: (each.asked_at or LONG_AGO, each.ts), reverse=True)


def _latest(times: Iterable[datetime | None]) -> datetime:
    return max(filter(None, times), default=LONG_AGO)


def _lines(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each line as people read it, without what is quoted, and the pull requests it links to."""
    for line in _own_lines(text):
        urls = [url for found in _PULL.finditer(line) if (url := _address(found))]
        words = plain(_PULL.sub(lambda found: f"#{found[4]}", line))
        yield _PREFIX.sub("", " ".join(_EMPHASIS.sub("", words).split())), urls


def _own_lines(text: str) -> Iterator[str]:
    """Each line without what is quoted."""
    is_code = False
    for line in text.splitlines()[:MAX_LINES]:
        fences = line.count("```")
        if not is_code and not fences and not line.lstrip().startswith(("&gt;", ">")):
            yield line
        is_code = is_code is not bool(fences % 2)


def _address(link: re.Match[str]) -> str | None:
    """The address of a pull request; None if the link claims to lead to another place."""
    claimed = _HOST_IN_LABEL.match((link[5] or "").strip())
    if claimed is not None and claimed[1].lower() != link[2].lower():
        return None
    url = link[1].lower()
    return url if len(url) <= MAX_ADDRESS else None


def _said(words: str) -> Iterator[tuple[str, str]]:
    for what, sentences in _SENTENCES.items():
        for sentence in sentences:
            found = sentence.match(words)
            if found is not None:
                yield from ((login, what) for login in _named(found))
                break


def _named(found: re.Match[str]) -> list[str]:
    groups = found.groupdict()
    named = groups.get("some") or groups.get("one")
    if named is None:
        return [""]
    logins = re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", named, flags=re.IGNORECASE)
    clean = [login.removeprefix("@").lower() for login in logins[:MAX_LOGINS]]
    return [login for login in clean if login not in _NOT_LOGINS]
