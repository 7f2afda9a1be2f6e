"""What enrolment says."""

from typing import Final

from bot.core.blocks import Message, actions, button, confirmed, section
from bot.core.boards import BoardPart, BoardSection, Row
from bot.core.render import Channel, join, mrkdwn

PAUSE: Final = "enrolment.pause"
RESUME: Final = "enrolment.resume"
HELP: Final = (
    "*Pause.* Admins silence me with `/baton pause`: until `/baton resume` I write to nobody, "
    "except when somebody uses the red phone. What I would have said meanwhile is not said later."
)


def welcome(channel_id: str, kept_days: int) -> Message:
    """What a channel is told when Baton joins it, in five lines."""
    kept = (
        f"what is written here for {kept_days} days" if kept_days else "no text of what you write"
    )
    lines = [
        mrkdwn(
            ":wave: I am Baton, new in {channel}. Ask somebody something with an @mention and I "
            "keep track of it; each member gets one digest in their own morning; decisions get a "
            "number; `/redphone` is for emergencies.",
            channel=Channel(channel_id),
        ),
        mrkdwn(
            "I keep {kept}, and what was asked and decided. I read no presence, rank nobody, and "
            "forget a message when you delete it.",
            kept=kept,
        ),
        mrkdwn(
            "I coach nobody here yet, I only count: whoever made this channel or an admin can "
            "switch that on with `/baton settings channel`."
        ),
        mrkdwn(
            "For yourself, change anything with `/baton settings` or leave with `/baton off`; for "
            "everybody, admins have `/baton settings workspace` and `/baton pause`."
        ),
        mrkdwn("`/baton help` tells the rest, and `/remove @Baton` takes me out of this channel."),
    ]
    return Message(join("\n", lines), [section(line) for line in lines])


def paused(*, is_new: bool) -> Message:
    """Baton is silent now."""
    intro = "I am silent now" if is_new else "I am silent already"
    text = mrkdwn(
        "{intro}: I write to nobody until an admin resumes me, except when the red phone is used. "
        "What falls due meanwhile is not said later; it stays on everybody's Home tab.",
        intro=intro,
    )
    return Message(text, [section(text), actions([button("Resume", RESUME)])])


def resumed() -> Message:
    """Baton speaks again."""
    return Message(mrkdwn("I speak again, from now on."))


def not_allowed() -> Message:
    """Only admins silence Baton for everybody."""
    return Message(
        mrkdwn("Only admins pause and resume me for everybody. For yourself there is `/baton off`.")
    )


def on_board(*, is_paused: bool, is_admin: bool) -> BoardSection | None:
    """That Baton is paused; and the button for admins."""
    if is_paused:
        text = mrkdwn(":mute: *I am paused.* I write to nobody, except for the red phone.")
        row = Row(text, button("Resume", RESUME) if is_admin else None)
        return BoardSection("pause", BoardPart.STANDING, "", [row])
    if not is_admin:
        return None
    ask = confirmed(
        button("Pause Baton", PAUSE),
        "Pause Baton?",
        "It writes to nobody any more until an admin resumes it, except for the red phone.",
        yes="Pause",
        no="Cancel",
    )
    return BoardSection("pause", BoardPart.SETTINGS, "", elements=[ask])
