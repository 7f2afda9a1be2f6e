"""What asks say."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import Block, Message, actions, button, context, link_button, section
from bot.core.bot import DigestSection
from bot.core.quotations import linked, quoted
from bot.core.render import Channel, Link, Mention, Mrkdwn, local_time, mrkdwn
from bot.core.visibility import Sifted, held_back
from bot.features.asks.rules import REMINDERS, AskShown

DONE: Final = "asks.done"
OPEN_THREAD: Final = "asks.open_thread"
MAX_ON_HOME: Final = 20
MAX_IN_DIGEST: Final = 10
HELP: Final = (
    "*Asks.* Ask somebody something with an @mention and I keep track of it: they have one working "
    "day of their own to answer. A reply in the thread or a :white_check_mark: closes it. "
    "If the time passes, I remind them once, privately, while they work."
)
WAITING_ON_YOU: Final = "Waiting on you"
SETTLED_FOR_YOU: Final = "Settled for you"
KEEPS: Final = "Who asked whom for an answer, where, and when it came; the words are the messages'"
KEPT_FOR: Final = "a year"


def nudge(ask: AskShown, *, is_first: bool = False) -> Message:
    """The one reminder of an ask whose time has passed; the first ever says how to stop them."""
    intro = mrkdwn(
        "{asker} is still waiting for your answer in {channel}, asked {when} (your time):\n{quote}",
        asker=Mention(ask.asker_id),
        channel=Channel(ask.channel_id),
        when=local_time(ask.asked),
        quote=quoted(ask.quote),
    )
    about = frozenset({(ask.channel_id, ask.message_ts)})
    buttons = [
        link_button("Open the thread", OPEN_THREAD, ask.permalink),
        button("Done", DONE, ask.id),
    ]
    if not is_first:
        return Message(intro, [section(intro), actions(buttons)], about)
    why = mrkdwn(
        "I remind you once of each question that is overdue, only while you work. "
        "Your digest lists them anyway."
    )
    buttons.append(off_button(REMINDERS, "No more reminders"))
    return Message(intro, [section(intro), context(why), actions(buttons)], about)


def nudge_settled(asker_id: str) -> Message:
    """What the reminder becomes when there is nothing left to do."""
    text = mrkdwn(":white_check_mark: Settled, and {asker} sees it.", asker=Mention(asker_id))
    return Message(text, [section(text)])


def nudge_withdrawn(asker_id: str) -> Message:
    """What the reminder becomes when the question is gone."""
    text = mrkdwn("{asker} took the question back. Nothing to do.", asker=Mention(asker_id))
    return Message(text, [section(text)])


def waiting_line(ask: AskShown) -> Mrkdwn:
    """One line about something the reader is asked for."""
    return mrkdwn(
        "{asker} in {channel}, {due}: {link}",
        asker=Mention(ask.asker_id),
        channel=Channel(ask.channel_id),
        due=_due(ask),
        link=_quoted(ask),
    )


def settled_line(ask: AskShown) -> Mrkdwn:
    """One line about an answer the reader got, or something that was done for them."""
    return mrkdwn("{who}: {link}", who=Mention(ask.answerer_id), link=_quoted(ask))


def digest_section(
    title: str, found: Sifted[AskShown], line: Callable[[AskShown], Mrkdwn]
) -> DigestSection | None:
    """A part of a digest; of many asks it shows the first and says how many more there are."""
    asks = found.seen
    if not asks and not found.held_back:
        return None
    lines = [line(ask) for ask in asks[:MAX_IN_DIGEST]]
    if len(asks) > MAX_IN_DIGEST:
        lines.append(mrkdwn("and {count} more", count=len(asks) - MAX_IN_DIGEST))
    about = frozenset((ask.channel_id, ask.message_ts) for ask in asks)
    return DigestSection(title, lines, about, found.held_back)


def home(on_you: Sifted[AskShown], by_you: Sifted[AskShown]) -> list[Block]:
    """The part of asks of somebody's App Home."""
    waiting, asked = on_you.seen, by_you.seen
    blocks = [section(_counted("Waiting on you", waiting))]
    blocks += [
        section(waiting_line(ask), accessory=button("Done", DONE, ask.id))
        for ask in waiting[:MAX_ON_HOME]
    ]
    blocks += _more(waiting)
    if not waiting:
        blocks.append(section(mrkdwn("Nobody is waiting for you.")))
    blocks.append(section(_counted("You are waiting for", asked)))
    blocks += [section(_asked_line(ask)) for ask in asked[:MAX_ON_HOME]]
    blocks += _more(asked)
    if not asked:
        blocks.append(section(mrkdwn("You are not waiting for anybody.")))
    count = on_you.held_back + by_you.held_back
    return blocks + ([context(held_back(count))] if count else [])


def _more(asks: Sequence[AskShown]) -> list[Block]:
    count = len(asks) - MAX_ON_HOME
    return [context(mrkdwn("and {count} more", count=count))] if count > 0 else []


def _counted(title: str, asks: Sequence[AskShown]) -> Mrkdwn:
    count = f" ({len(asks)})" if asks else ""
    return mrkdwn("*{title}*{count}", title=title, count=count)


def _asked_line(ask: AskShown) -> Mrkdwn:
    return mrkdwn(
        "{who}, {due}: {link}",
        who=Mention(ask.answerer_id),
        due=_due(ask),
        link=_quoted(ask),
    )


def _due(ask: AskShown) -> str:
    return f"{'overdue since' if ask.is_overdue else 'due'} {local_time(ask.due)}"


def _quoted(ask: AskShown) -> Link:
    return linked(ask.permalink, ask.quote)
