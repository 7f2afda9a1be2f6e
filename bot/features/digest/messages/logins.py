"""What is said about logins in other services."""

from typing import Final

from bot.core.blocks import Message, actions, button, section
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.digest.rules.logins import GITHUB

LINK_USAGE: Final = "link github your-login"
UNLINK_USAGE: Final = "unlink github"
UNLINK: Final = "digest.unlink"
LINK_AGAIN: Final = "digest.link_again"
KEEPS: Final = "How you are called on GitHub, if you told me"
KEPT_FOR: Final = "until you unlink it"

_HOW: Final = "`/baton link github your-login`"


def linked(login: str, *, is_shared: bool) -> Message:
    """Somebody told their login; one click takes it back."""
    parts = [
        mrkdwn(
            "You are *{login}* on GitHub. Pull requests that wait for your review come in your "
            "digest, where GitHub's app tells of them in a channel you can see.",
            login=login,
        )
    ]
    if is_shared:
        parts.append(
            mrkdwn(
                "Somebody else here linked the same login. That is fine: each of you gets only "
                "what you could read anyway."
            )
        )
    return _with_button(join(" ", parts), "Undo", UNLINK, GITHUB)


def shown(login: str | None) -> Message:
    """What is linked."""
    if login is None:
        return nothing_linked()
    text = mrkdwn("You are *{login}* on GitHub.", login=login)
    return _with_button(text, "Unlink", UNLINK, GITHUB)


def nothing_linked() -> Message:
    """No login is known."""
    how = mrkdwn(_HOW)
    return Message(
        join(
            " ",
            [
                mrkdwn("You have not linked a login. With"),
                how,
                mrkdwn("pull requests that wait for your review come in your digest."),
            ],
        )
    )


def unlinked(login: str) -> Message:
    """A login is forgotten; one click brings it back."""
    text = mrkdwn("I do not look for *{login}* on GitHub any more.", login=login)
    return _with_button(text, "Link it again", LINK_AGAIN, login)


def no_login() -> Message:
    """What was typed cannot be a login."""
    return Message(
        mrkdwn(
            "A login on GitHub has letters, digits and single hyphens between them, at most 39 in "
            "all; one that a company manages ends in an underscore and a short code, like "
            "`tom_acme`. Type, for example, `/baton link github mona-lisa`."
        )
    )


def unknown_service() -> Message:
    """What was typed names no service."""
    return Message(join(" ", [mrkdwn("I can link a login on GitHub, and no other:"), mrkdwn(_HOW)]))


def _with_button(text: Mrkdwn, label: str, action_id: str, value: str) -> Message:
    return Message(text, [section(text), actions([button(label, action_id, value)])])
