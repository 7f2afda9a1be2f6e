"""How somebody has Baton installed from a browser: what is asked of it, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Protocol

PATH: Final = "/slack/install"
RETURN_PATH: Final = "/slack/oauth_redirect"


class Outcome(StrEnum):
    """What came of an installation that was begun; only with the first two it is one."""

    INSTALLED = "installed"
    INSTALLED_IN_ORGANISATION = "installed_in_organisation"
    DECLINED = "declined"  # somebody said no to Slack
    NOT_BEGUN_HERE = "not_begun_here"  # but on a page of Slack's, so nobody knows in which browser
    INCOMPLETE = "incomplete"
    OVER = "over"  # it was finished before, or there never was one
    EXPIRED = "expired"
    OTHER_BROWSER = "other_browser"
    NOT_ALLOWED = "not_allowed"  # whoever runs Baton lets others in only
    SCOPES_MISSING = "scopes_missing"
    SLACK_SILENT = "slack_silent"
    SLACK_REFUSED = "slack_refused"
    SET_UP_WRONG = "set_up_wrong"  # by whoever runs Baton
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Begun:
    """An installation that begins: the address where Slack asks, and what the browser keeps."""

    address: str
    browser: str


@dataclass(frozen=True, slots=True)
class Returned:
    """What a browser brings back from Slack, each empty if it is not there; any of it may be lies.

    `error` is what Slack calls a no.
    """

    state: str = ""
    code: str = ""
    error: str = ""
    browser: str = ""


@dataclass(frozen=True, slots=True)
class Finished:
    """What came of it, in which workspace or organisation, and the address that opens it.

    `lacks` says what is off there, since it was not granted, a sentence each.
    """

    outcome: Outcome
    name: str = ""
    address: str = ""
    lacks: Sequence[str] = ()


class Installing(Protocol):
    """Has Baton installed by whoever comes with a browser. It calls Slack."""

    def begin(self, browser: str) -> Begun:
        """Begins an installation; `browser` is what an earlier one left there, or anything."""
        ...

    def finish(self, returned: Returned) -> Finished:
        """Finishes one that was begun in this browser, once."""
        ...
