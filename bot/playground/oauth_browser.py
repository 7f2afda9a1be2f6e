"""A browser without a screen: keeps cookies, follows links, fills in forms and sends them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, Self
from urllib.parse import urljoin

import httpx2

PATIENCE: Final = 30.0
_BOXES: Final = frozenset({"checkbox", "radio"})


class NotOnPage(Exception):
    """There is no such link, button or box on the page."""


@dataclass(slots=True)
class Link:
    """A link, by its words."""

    address: str
    text: str = ""


@dataclass(slots=True)
class Field:
    """An input, or a button, which is sent along if it is the one that is pressed."""

    name: str
    value: str
    kind: str
    text: str = ""
    is_chosen: bool = False


@dataclass(slots=True)
class Form:
    """A form with its fields, in order."""

    address: str
    verb: str
    fields: list[Field] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser shows: where it ended up, and what stands there."""

    url: str
    status: int
    text: str
    links: list[Link]
    forms: list[Form]


class _Reader(HTMLParser):
    """Picks out of HTML what can be read, followed and sent."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[Link] = []
        self.forms: list[Form] = []
        self._open: list[Link | Field] = []
        self._is_hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._is_hidden = tag in {"style", "script", "title"}
        if tag == "a" and "href" in given:
            self.links.append(Link(given["href"]))
            self._open.append(self.links[-1])
        elif tag == "form":
            verb = given.get("method", "get").upper()
            self.forms.append(Form(given.get("action", ""), verb))
        elif tag in {"input", "button"} and self.forms:
            kind = "button" if tag == "button" else given.get("type", "text")
            value = given.get("value", "on" if kind in _BOXES else "")
            made = Field(given.get("name", ""), value, kind, is_chosen="checked" in given)
            self.forms[-1].fields.append(made)
            if tag == "button":
                self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        self._is_hidden = False
        if tag in {"a", "button"} and self._open:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._is_hidden:
            return
        self.words.append(data)
        for each in self._open:
            each.text += data


class Browser:
    """Somebody's browser; another one has other cookies. Of this machine it trusts plain http."""

    def __init__(self) -> None:
        policy = DefaultCookiePolicy(secure_protocols=("https", "http"))
        self._http = httpx2.Client(
            cookies=CookieJar(policy), follow_redirects=True, timeout=PATIENCE, trust_env=False
        )
        self._page: Page | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def page(self) -> Page:
        """What it shows now. Raises NotOnPage if nothing was opened yet."""
        if self._page is None:
            raise NotOnPage("nothing was opened yet")
        return self._page

    def opens(self, address: str) -> Page:
        """Goes to an address, and wherever that leads."""
        return self._shows(self._http.get(address))

    def follows(self, words: str) -> Page:
        """Follows the link with these words. Raises NotOnPage."""
        found = (link for link in self.page.links if link.text.strip() == words)
        link = next(found, None)
        if link is None:
            raise NotOnPage(f"no link {words!r} among {[each.text for each in self.page.links]}")
        return self.opens(urljoin(self.page.url, link.address))

    def presses(
        self, words: str, *, unticked: Collection[str] = (), chosen: Collection[str] = ()
    ) -> Page:
        """Presses a button; before, boxes are unticked and others chosen, by their values.

        Raises NotOnPage.
        """
        for form in self.page.forms:
            for button in form.fields:
                if button.kind == "button" and button.text.strip() == words:
                    return self._sends(form, button, unticked, chosen)
        raise NotOnPage(f"no button {words!r}")

    def _sends(
        self, form: Form, button: Field, unticked: Collection[str], chosen: Collection[str]
    ) -> Page:
        boxes = {each.value for each in form.fields if each.kind in _BOXES}
        if missing := {*unticked, *chosen} - boxes:
            raise NotOnPage(f"no boxes {sorted(missing)} among {sorted(boxes)}")
        groups = {each.name for each in form.fields if each.value in chosen}
        sent: dict[str, list[str]] = {}
        for each in form.fields:
            if each.kind == "button":
                goes = each is button
            elif each.kind in _BOXES:
                is_left = each.is_chosen and not (each.kind == "radio" and each.name in groups)
                goes = each.value in chosen or (is_left and each.value not in unticked)
            else:
                goes = True
            if goes and each.name:
                sent.setdefault(each.name, []).append(each.value)
        address = urljoin(self.page.url, form.address)
        if form.verb == "POST":
            return self._shows(self._http.post(address, data=sent))
        return self._shows(self._http.get(address, params=sent))

    def _shows(self, answer: httpx2.Response) -> Page:
        reader = _Reader()
        reader.feed(answer.text)
        text = " ".join(" ".join(reader.words).split())
        url = str(answer.url)
        self._page = Page(url, answer.status_code, text, reader.links, reader.forms)
        return self._page
