"""Installs the app as people do, in a browser; and takes it away again."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urljoin

from bot.playground.oauth_browser import Browser, Page
from bot.playground.oauth_events import REVOKED, UNINSTALLED
from bot.playground.oauth_pages import AUTHORIZE, EVERYWHERE, LISTING
from bot.playground.world import Json

ORDER: Final = (REVOKED, UNINSTALLED)
"""In which order the app is told that it was uninstalled; Slack promises none."""


class Installing(ABC):
    """What can be done with the app in one workspace of a local Slack."""

    url: str

    @abstractmethod
    def see(self, person: str) -> Json:
        """Everything in front of somebody."""

    @abstractmethod
    def _do(self, what: str, given: Mapping[str, Any]) -> Json:
        """Does something at the local Slack. Raises NotPossible."""

    def installs(
        self,
        person: str,
        start: str | None = None,
        *,
        without: Collection[str] = (),
        everywhere: bool = False,
        allows: bool = True,
        browser: Browser | None = None,
    ) -> Page:
        """Somebody opens an address where an installation begins, and says yes; or no.

        Returns the page that they end up on. Without a `start` they begin on Slack's own page of
        the app. `without` are optional scopes that they do not grant. `everywhere`: for all of
        their organisation. A `browser` of their own keeps its cookies.
        """

        def answers(used: Browser) -> Page:
            if start is None:
                used.opens(urljoin(self.url, LISTING))
                used.follows("Add to Slack")
            else:
                used.opens(start)
            if AUTHORIZE not in used.page.url:
                return used.page  # it was not sent to Slack
            used.follows(f"{person} · {self.see(person)['team']['name']}")
            chosen = [EVERYWHERE] if everywhere else []
            return used.presses("Allow" if allows else "Cancel", unticked=without, chosen=chosen)

        return _with(browser, answers)

    def uninstalls(
        self,
        person: str,
        *,
        order: Sequence[str] = ORDER,
        late: Collection[str] = (),
        names_team: bool = False,
    ) -> None:
        """An admin uninstalls the app; from all of the organisation, if it is installed there.

        What is `late` the app hears only at `catches_up`. `names_team`: what it hears of a whole
        organisation's install names this workspace.
        """
        given = {"person": person, "order": list(order), "late": list(late)}
        self._do("uninstall", given | {"names_team": names_team})

    def catches_up(self) -> None:
        """The app hears what is late."""
        self._do("catch_up", {})

    def revokes_tokens(self) -> None:
        """Slack takes the app's token back."""
        self._do("revoke", {})

    def adds_app(self, person: str) -> None:
        """An admin lets the organisation's app work in this workspace, too."""
        self._do("access", {"person": person, "is_granted": True})

    def removes_app(self, person: str) -> None:
        """An admin lets the organisation's app work in this workspace no longer."""
        self._do("access", {"person": person, "is_granted": False})


def _with(browser: Browser | None, do: Callable[[Browser], Page]) -> Page:
    if browser is not None:
        return do(browser)
    with Browser() as own:
        return do(own)
