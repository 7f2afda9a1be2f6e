"""What the working agreement says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

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


def on_board(*, is_admin: bool) -> BoardSection:
    """The buttons that open settings."""
    buttons = [button("My settings", OPEN_MINE)]
    if is_admin:
        buttons.append(button("Workspace settings", OPEN_WORKSPACE))
    return BoardSection("settings", BoardPart.SETTINGS, "", elements=buttons)


def lines(changes: Sequence[Changed]) -> list[Mrkdwn]:
    """What is different now, a line each."""
    return [changed_line(each) for each in changes] or [mrkdwn("Nothing is different.")]
