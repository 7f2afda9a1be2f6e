"""Every method of Slack's that Baton may call, and for what; the gateway calls no other.

None tells whether somebody is there, searches, or finds people by what they are called elsewhere.
"""

from collections.abc import Mapping
from typing import Final

ALLOWED: Final[Mapping[str, str]] = {
    "apps.connections.open": "Socket Mode",
    "auth.revoke": "gives a token back that is not kept",
    "auth.teams.list": "the workspaces of an organisation that it works in",
    "auth.test": "which workspace a token is for",
    "chat.postEphemeral": "speaks to one of a channel",
    "chat.postMessage": "speaks",
    "chat.update": "corrects what it said",
    "conversations.archive": "the channel of an incident",
    "conversations.create": "the channel of an incident",
    "conversations.history": "finds a post of its own again; what was said while it heard nothing",
    "conversations.info": "what kind of channel one is",
    "conversations.invite": "the channel of an incident",
    "conversations.members": "who may see what was said there",
    "conversations.open": "a direct message of its own",
    "conversations.replies": "finds a post of its own again; what was said while it heard nothing",
    "conversations.setTopic": "the channel of an incident",
    "files.completeUploadExternal": "shows a picture of its own",
    "files.getUploadURLExternal": "shows a picture of its own",
    "functions.completeError": "a workflow's step of its own",
    "functions.completeSuccess": "a workflow's step of its own",
    "oauth.v2.access": "a workspace installs it",
    "usergroups.list": "what groups are called",
    "usergroups.users.list": "who is meant by a group",
    "users.conversations": "the channels that it is in",
    "users.info": "somebody's name, zone and status",
    "views.open": "a form",
    "views.publish": "the Home tab",
    "views.update": "a form",
}
