"""What the working agreement says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.core.agreement.refusals import Refused
from bot.core.agreement.setting import Setting
from bot.core.agreement.switches import off_button, on_button
from bot.core.blocks import Message, actions, button, section
from bot.core.boards import BoardPart, BoardSection
from bot.core.render import Mention, Mrkdwn, local_time, mrkdwn
from bot.features.agreement.rules import Changed

OPEN_MINE: Final = "agreement.open_mine"
OPEN_WORKSPACE: Final = "agreement.open_workspace"
USAGE: Final = "settings [channel | workspace]"
HELP: Final = (
    "*Settings.* `/baton settings` shows and changes yours, `/baton settings channel` those of the "
    "channel you type it in, `/baton settings workspace` everybody's (admins)."
)

_WHY: Final = {
    "is_archived": "it is archived",
    "channel_not_found": "I cannot find it any more",
    "not_in_channel": "I am not in it any more",
}
_RESTRICTED: Final = "only some people may post there"
_TO_DO: Final = {
    "is_archived": "Unarchive it, or change that setting",
    "channel_not_found": "Invite me if it is still there, or change that setting",
    "not_in_channel": "Invite me again, or change that setting",
}
_LET_ME: Final = (
    "Let me post there, too, in the channel's settings in Slack, or change that setting"
)
ABOUT: Final = "channels of settings"
ALL_OPEN: Final = "Slack refuses none"
OPEN_THEM: Final = "Whoever set it is told; let Baton post there, or change the setting."


@dataclass(frozen=True, slots=True)
class Past:
    """A change that somebody made."""

    at: datetime
    by: str
    what: Changed


def past_line(past: Past, local: datetime) -> Mrkdwn:
    """One line of what was changed, in the reader's time; an operator has no id."""
    by = Mention(past.by) if past.by.startswith(("U", "W")) else "Whoever runs me"
    return mrkdwn(
        "{by}, {when}: {label} from {before} to {after}",
        by=by,
        when=local_time(local),
        label=past.what.label,
        before=past.what.before,
        after=past.what.after,
    )


def changed_line(changed: Changed) -> Mrkdwn:
    """One line about what is different now."""
    return mrkdwn(
        "*{label}*: {after} (before: {before})",
        label=changed.label,
        after=changed.after,
        before=changed.before,
    )


def not_allowed(title: str) -> Message:
    """Somebody may not change that."""
    return Message(
        mrkdwn(
            "{title}: you may not change that. Only admins change what holds for everybody; in a "
            "channel its creator may, too. `/baton settings` shows yours.",
            title=title,
        )
    )


def unclear(text: str) -> Message:
    """It is not clear whose settings are meant."""
    return Message(
        mrkdwn(
            "I do not know whose settings you mean by “{text}”. `/baton settings` shows yours, "
            "`/baton settings channel` this channel's, `/baton settings workspace` everybody's.",
            text=text,
        )
    )


def not_here() -> Message:
    """A channel has settings only where Baton is."""
    return Message(
        mrkdwn("I am not in this conversation. Type that in a channel that I am in, please.")
    )


def switched(setting: Setting[Any], *, on: bool) -> Message:
    """One click changed something; another one takes it back."""
    text = mrkdwn("“{label}” is {state} now.", label=setting.label, state="on" if on else "off")
    back = off_button(setting, "Undo") if on else on_button(setting, "Undo")
    return Message(text, [section(text), actions([back])])


def no_such_switch() -> Message:
    """A button of an older version."""
    return Message(mrkdwn("That switch is gone. `/baton settings` shows the ones there are."))


def on_board(refused: Sequence[Mrkdwn], *, is_admin: bool) -> BoardSection:
    """The buttons that open settings, and what of them cannot be done."""
    buttons = [button("My settings", OPEN_MINE)]
    if is_admin:
        buttons.append(button("Workspace settings", OPEN_WORKSPACE))
    return BoardSection("settings", BoardPart.SETTINGS, "", elements=buttons, notes=refused)


def lines(changes: Sequence[Changed]) -> list[Mrkdwn]:
    """What is different now, a line each."""
    return [changed_line(each) for each in changes] or [mrkdwn("Nothing is different.")]


def cannot_post(code: str) -> str:
    """Why a setting does nothing now, as a sentence without its full stop."""
    return f"Slack does not let me post there: {_WHY.get(code, _RESTRICTED)}"


def refused(setting: Setting[Any], channel: str, code: str) -> Message:
    """Somebody is told, once, that what they set cannot be done; `channel` is empty: unnamed."""
    text = mrkdwn(
        "{line} {to_do}: {command} shows it. I try again whenever it is due, and do not write to "
        "you about it again.",
        line=refused_line(setting, channel, code),
        to_do=_TO_DO.get(code, _LET_ME),
        command=mrkdwn("`/baton settings {layer}`", layer=setting.layers[0]),
    )
    return Message(text)


def refused_line(setting: Setting[Any], channel: str, code: str) -> Mrkdwn:
    """One line about what cannot be done; `channel` is empty: the reader may not see its name."""
    return mrkdwn(
        "“{label}” does nothing now. Slack does not let me post in {place}: {why}.",
        label=setting.label,
        place=f"#{channel}" if channel else "its channel",
        why=_WHY.get(code, _RESTRICTED),
    )


def some_refused(refused: Sequence[Refused]) -> str:
    """What `baton doctor` says of settings whose channels are closed to Baton."""
    return ", ".join(f"{each.key} in {each.team_id} {each.scope} ({each.code})" for each in refused)
