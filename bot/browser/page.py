"""The frame of every page for a browser: no scripts, nothing from elsewhere, nothing kept."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from bot.core.links import LinkPage

_STYLE: Final = Path(__file__).with_name("page.css").read_text()
_STYLE_DIGEST: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_DIGEST}'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": _POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""What a browser is told about it besides."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where somebody goes on from a page: what it is called, and its address."""

    words: str
    address: str


def html(page: LinkPage, way: Way | None = None) -> str:
    """A page as HTML; its button sends a form without fields to where the page came from."""
    more = "".join(f"<p>{_lines(each)}</p>" for each in page.more)
    button = (
        f'<form method="post"><button type="submit">{escape(page.button)}</button></form>'
        if page.button
        else ""
    )
    if way:
        button += f'<a class="way" href="{escape(way.address)}">{escape(way.words)}</a>'
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="robots" content="noindex"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head>"
        f'<body><main><h1>{escape(page.title)}</h1><p class="lead">{_lines(page.text)}</p>'
        f"{f'<section>{more}</section>' if more else ''}{button}</main>"
        "<footer>Baton</footer></body></html>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
