"""The pages on which people allow an app to be installed, as HTML."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode

from bot.playground import oauth_scopes
from bot.playground.workspaces import GROUP
from bot.playground.world import APP_ID, Organisation, Team, User

AUTHORIZE: Final = "/oauth/v2/authorize"
LISTING: Final = f"/apps/{APP_ID}"
"""Where Slack itself shows the app, and where an installation may begin."""
ADD: Final = f"/manage/{GROUP.id}/integrations/profile/{APP_ID}/workspaces/add"
"""Where the admins of an organisation say in which workspaces its app is to work."""
ALLOW, CANCEL = "allow", "cancel"
EVERYWHERE: Final = "organisation"
AS: Final = "as"
"""The field that tells who looks at the page: the id of a workspace, and of one of its people."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What an app asks for. `asked` is its link's query, which the form sends back as it came."""

    app: str
    required: frozenset[str]
    optional: frozenset[str]
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a page, and where."""

    person: User
    team: Team

    @property
    def mark(self) -> str:
        """How a page's address names them."""
        return f"{self.team.id}:{self.person.id}"


def consent(
    ask: Ask, reader: Reader, others: Iterable[Reader], organisation: Organisation | None
) -> str:
    """Somebody is asked whether an app may be installed; in one workspace, or in all of them."""
    app, team = escape(ask.app), escape(reader.team.name)
    hidden = "".join(_hidden(name, value) for name, value in ask.asked.items())
    title = f"{app} wants to be installed in <b>{team}</b>"
    return _page(
        f"Install {ask.app}",
        f"""{_who(ask, reader, others)}
<main><div class="icons"><span class="app">{app[:1]}</span><span class="dots">···</span>
<span class="team">{team[:1]}</span></div><h1>{title}</h1>
<form method="post" action="{AUTHORIZE}">{hidden}{_hidden(AS, reader.mark)}
{_where(reader.team, organisation)}{_required(ask.required)}{_optional(ask.optional)}
<div class="answer"><button name="answer" value="{CANCEL}">Cancel</button>
<button class="primary" name="answer" value="{ALLOW}">Allow</button></div></form></main>""",
    )


def choice(app: str, organisation: Organisation, teams: Sequence[Team]) -> str:
    """An admin chooses the workspaces to which their organisation's app is added."""
    boxes = "".join(
        f'<label><input type="checkbox" name="team" value="{escape(team.id)}" checked>'
        f"{escape(team.name)}</label>"
        for team in teams
    )
    form = (
        f'<form method="post" action="{ADD}">{boxes}<div class="answer">'
        '<button class="primary">Add to workspaces</button></div></form>'
    )
    title = f"Where in <b>{escape(organisation.name)}</b> is {escape(app)} to work?"
    there = "<p>It works in every workspace.</p>"
    return _page(f"Add {app}", f"<main><h1>{title}</h1>{form if teams else there}</main>")


def listing(app: str, description: str, link: str) -> str:
    """The app in Slack's own directory, where an installation can begin, too."""
    return _page(
        app,
        f"""<main><div class="icons"><span class="app">{escape(app[:1])}</span></div>
<h1>{escape(app)}</h1><p>{escape(description)}</p>
<div class="answer"><a class="primary" href="{escape(link)}">Add to Slack</a></div></main>""",
    )


def problem(code: str, told: str) -> str:
    """Nobody is asked, as the link was wrong."""
    return _page(
        "Something went wrong",
        f"<main><h1>Something went wrong</h1><p>{escape(told)}</p>"
        f"<p>Error: <code>{escape(code)}</code></p></main>",
    )


def _who(ask: Ask, reader: Reader, others: Iterable[Reader]) -> str:
    entries = (
        f'<a href="{AUTHORIZE}?{escape(urlencode({**ask.asked, AS: each.mark}))}">'
        f"{_named(each)}</a>"
        for each in others
    )
    return (
        f'<details class="who"><summary>Signed in as {_named(reader)}</summary>'
        f"<nav>{''.join(entries)}</nav></details>"
    )


def _named(reader: Reader) -> str:
    return f"{escape(reader.person.name)} · {escape(reader.team.name)}"


def _where(team: Team, organisation: Organisation | None) -> str:
    if organisation is None:
        return ""
    return (
        "<fieldset><legend>Where?</legend>"
        f'<label><input type="radio" name="where" value="workspace" checked>'
        f"Only in {escape(team.name)}</label>"
        f'<label><input type="radio" name="where" value="{EVERYWHERE}">'
        f"For all of {escape(organisation.name)}; admins choose the workspaces</label></fieldset>"
    )


def _required(scopes: Collection[str]) -> str:
    return "".join(
        f"<h2>{heading}</h2><ul>{''.join(_line(*each) for each in lines)}</ul>"
        for heading, lines in oauth_scopes.by_heading(scopes).items()
    )


def _line(scope: str, meaning: str) -> str:
    return f'<li title="{escape(scope)}">{escape(meaning)}</li>'


def _optional(scopes: Collection[str]) -> str:
    lines = [each for found in oauth_scopes.by_heading(scopes).values() for each in found]
    boxes = (
        f'<label title="{escape(scope)}"><input type="checkbox" name="grant" '
        f'value="{escape(scope)}" checked>{escape(meaning)}</label>'
        for scope, meaning in lines
    )
    legend = "<legend>Optional: it works without these, too</legend>"
    return f"<fieldset>{legend}{''.join(boxes)}</fieldset>" if lines else ""


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Local Slack</title>"
        f'<link rel="stylesheet" href="/oauth.css"></head><body>{body}</body></html>'
    )
