"""What a reader alone sees of a kind reading."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import Block, Message, context, notice, section
from bot.core.quotations import WORDED, linked
from bot.core.render import Link, Mrkdwn, Quote, join, mrkdwn
from bot.core.replies import View
from bot.features.coach.rules.kindly import Behind, Reading

NAME: Final = "Help me read this kindly"
DESCRIPTION: Final = "A charitable reading and a reply, for you alone"
TITLE: Final = "Read kindly"

_NEEDS: Final = "*What they may need*"
_BEHIND: Final = "*What may be behind it*"
_REPLY: Final = "*A reply you could send*"
_UNCLEAR: Final = (
    "Nothing is asked for in so many words. Asking what would help is the kindest way to find out."
)
_WORDLESS: Final = "There are no words in this message that I could read for you."
_FOOTER: Final = (
    "From the words alone, by rules, no AI used. Nobody else learns that you asked, and I keep "
    "nothing of it."
)
_FOLLOWS: Final = (
    "A version that a model words follows as a direct message. Nobody else learns that you asked."
)
_WORDED_FOOTER: Final = (
    "Drafted with AI from the linked message; a guess, and only yours to see. Change the reply "
    "until it is yours."
)
_NONE: Final = (
    "I could not word a kinder reading of {message} this time; what I showed you at once is all I "
    "have."
)
_TAKEN_BACK: Final = (
    "I took back my reading of a message that says something else now, or is gone: {message}"
)
_GONE: Final = "The message you wanted to read kindly is not there any more."
_INTRO: Final = "A kind reading, as you asked:"
_MAY_BE: Final[Mapping[Behind, str]] = {
    Behind.WAITS: "They may not be able to go on before they have an answer.",
    Behind.HELD_UP: "Something does not work as it should, and that may hold up their day.",
    Behind.DATE: "There is a date in it, which somebody may be waiting for.",
    Behind.REPEATED: "It may not be the first time they ran into it.",
    Behind.HURRY: "It may have been written in a hurry; written words have no tone of voice.",
}
_REPLY_TO_NEED: Final = (
    "Thanks for telling me. If I read you right, this is what you need: “{need}” I can do _____ "
    "(what?) by _____ (when?). What would help me: _____ (what is missing?)."
)
_REPLY_TO_NOTHING: Final = (
    "Thanks for writing. I want to get this right: what would help you most, and by when? From "
    "what I know so far I can do _____ (what?)."
)


def view(reading: Reading, *, follows: bool) -> View:
    """The reading by rules; `follows`: one that a model words will come."""
    needs = [mrkdwn("• “{need}”", need=need) for need in reading.needs] or [mrkdwn(_UNCLEAR)]
    behind = [mrkdwn("• {it}", it=_MAY_BE[each]) for each in reading.behind]
    footer = _FOLLOWS if follows else _FOOTER
    blocks: list[Block] = [
        section(join("\n", [mrkdwn(_NEEDS), *needs])),
        section(join("\n", [mrkdwn(_BEHIND), *behind])),
        section(join("\n", [mrkdwn(_REPLY), mrkdwn("{reply}", reply=Quote(_reply(reading), 600))])),
        context(mrkdwn(footer)),
    ]
    return notice(TITLE, blocks)


def wordless() -> View:
    """A message without words."""
    return notice(TITLE, [section(mrkdwn(_WORDLESS))])


def worded(
    readings: Sequence[Mrkdwn],
    replies: Sequence[Mrkdwn],
    permalink: str,
    words: str,
    *,
    about: frozenset[tuple[str, str]],
) -> Message:
    """The reading that a model worded, each line with a link to what it is `about`."""
    link = mrkdwn("{worded}{message}", worded=WORDED, message=linked(permalink, words))
    told = [join("", [mrkdwn("• "), each, mrkdwn(" "), link]) for each in readings]
    parts = [mrkdwn(_INTRO), join("\n", told), join("\n", [mrkdwn(_REPLY), *replies])]
    footer = mrkdwn(_WORDED_FOOTER)
    blocks = [*map(section, parts), context(footer)]
    instead = mrkdwn(_TAKEN_BACK, message=linked(permalink, words))
    return Message(join("\n\n", [*parts, footer]), blocks, about, instead)


def none(permalink: str) -> Message:
    """A model worded nothing that can be shown."""
    return Message(mrkdwn(_NONE, message=Link(permalink, "that message")))


def gone() -> Message:
    """The message was deleted meanwhile."""
    return Message(mrkdwn(_GONE))


def _reply(reading: Reading) -> str:
    if not reading.needs:
        return _REPLY_TO_NOTHING
    return _REPLY_TO_NEED.format(need=reading.needs[0])
