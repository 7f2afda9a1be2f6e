"""What scopes mean to whoever is asked for them."""

from collections.abc import Iterable
from typing import Final

_VIEW: Final = {
    "channels:history": "Messages in public channels that it was added to",
    "groups:history": "Messages in private channels that it was added to",
    "im:history": "Messages in direct conversations with it",
    "mpim:history": "Messages in group conversations that it was added to",
    "channels:read": "Basic information about public channels",
    "groups:read": "Basic information about private channels that it was added to",
    "im:read": "Basic information about direct conversations with it",
    "mpim:read": "Basic information about group conversations that it was added to",
    "users:read": "The people in the workspace",
    "usergroups:read": "The user groups in the workspace",
    "reactions:read": "Reactions and their messages",
    "team:read": "The name and address of the workspace",
}
_DO: Final = {
    "chat:write": "Send messages as itself",
    "commands": "Add shortcuts and slash commands that people can use",
    "files:write": "Upload, change and delete files as itself",
    "channels:manage": "Make public channels, and look after those it made",
    "channels:write.invites": "Invite people to public channels",
    "groups:write": "Make private channels, and look after those it made",
    "groups:write.invites": "Invite people to private channels",
    "im:write": "Start direct conversations with people",
    "reactions:write": "Add and change reactions",
}
HEADINGS: Final = ("What can it see?", "What can it do?")


def by_heading(scopes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """The scopes with their meaning, under what people ask; one that is unknown stands last."""
    see, do = HEADINGS
    found: dict[str, list[tuple[str, str]]] = {see: [], do: []}
    for scope in sorted(scopes, key=lambda each: [*_VIEW, *_DO, each].index(each)):
        heading = see if scope in _VIEW else do
        found[heading].append((scope, (_VIEW | _DO).get(scope, scope)))
    return {heading: lines for heading, lines in found.items() if lines}
