"""What asks tell people directly."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Final

from bot.core.agreement.switches import off_button
from bot.core.blocks import (
    Element,
    Message,
    actions,
    button,
    context,
    link_button,
    section,
    sections,
)
from bot.core.quotations import linked, quoted
from bot.core.render import Channel, Mention, Mrkdwn, Quote, local_time, mrkdwn
from bot.features.asks.messages import names
from bot.features.asks.messages.cards import WHOLE
from bot.features.asks.rules.notices import ASKING, REMINDERS, Notice
from bot.features.asks.rules.settings import REMINDERS as WANTS_REMINDERS
from bot.features.asks.rules.shown import AskShown, Words
from bot.features.asks.rules.states import State

_WHOLE: Final = ASKING | {Notice.NOT_POSTED}
_SETTLED: Final = {
    State.ANSWERED: ":white_check_mark: Settled, and {asker} sees it.",
    State.DECLINED: "You declined; {asker} was told.",
    State.DELEGATED: "Passed on; {asker} sees to whom.",
    State.WITHDRAWN: "{asker} took the question back. Nothing to do.",
    State.EXPIRED: "This question of {asker}'s expired. Nothing to do.",
    State.WENT_AHEAD: "{asker} went ahead. Nothing to do.",
    State.ACCEPTED: ":eyes: You are on it; {asker} sees it.",
}


def notice(
    kind: Notice,
    ask: AskShown,
    *,
    reader_id: str,
    said: str = "",
    words: Words | None = None,
    is_first: bool = False,
) -> Message:
    """A message about an ask; `said` are the last words of the other side in a form."""
    intro = _TEXTS[kind](ask, reader_id, said)
    details = _details(words) if kind in _WHOLE and words is not None else []
    blocks = [block for part in (intro, *details) for block in sections(part)]
    if kind in REMINDERS and is_first:
        blocks.append(context(mrkdwn(_WHY)))
    buttons = _buttons(kind, ask, is_first=is_first)
    blocks += [actions(buttons)] if buttons else []
    return Message(Mrkdwn("\n".join([intro, *details])), blocks, ask.told_from)


def settled(state: State, asker_id: str, *, back_to: str = "", instead: str = "") -> Message:
    """What a notice becomes when there is nothing left to do, or the clock stands still.

    `back_to`: who has it again, since it was returned. `instead`: who is asked in the place of the
    reader, who is away.
    """
    if instead:
        gone = "{asker} asked {who} instead while you were away. Nothing to do."
        text = mrkdwn(gone, asker=Mention(asker_id), who=Mention(instead))
        return Message(text, [section(text)])
    if back_to:
        text = mrkdwn("You returned it; {before} has it again.", before=Mention(back_to))
        return Message(text, [section(text)])
    words = _SETTLED.get(state, "{asker} owes you an answer first. The clock stands still.")
    text = mrkdwn(words, asker=Mention(asker_id))
    return Message(text, [section(text)])


def age(length: timedelta) -> str:
    """A length of working time as people say it, to the nearest minute."""
    minutes = round(length.total_seconds() / 60)
    hours, rest = divmod(minutes, 60)
    if hours and rest:
        return f"{hours} h {rest} min"
    return f"{hours} h" if hours else f"{rest} min"


ELSEWHERE: Final = "(in a conversation that I am not in: open it to read on)"
_WHY: Final = (
    "I remind you only while you work: of each question once before it is due, if no digest comes "
    "first, and once when it is overdue. Your digest lists them anyway."
)
_Text = Callable[[AskShown, str, str], Mrkdwn]


def _about(template: str, *, whole: bool = False) -> _Text:
    def text(ask: AskShown, _reader_id: str, said: str) -> Mrkdwn:
        parts = {f"part{n}": linked(each.permalink, each.quote) for n, each in enumerate(ask.parts)}
        where = " in {channel}" if _is_in_channel(ask) else ""
        quote = "\n".join(f"• {{{name}}}" for name in parts) or "{quote}"
        return mrkdwn(
            template.replace("{where}", where).replace("{quote}", quote),
            **parts,
            asker=Mention(ask.asker_id),
            answerer=Mention(ask.answerer_id),
            before=Mention(ask.parent_answerer_id or ask.answerer_id),
            holder=Mention(ask.holder_id or ask.answerer_id),
            channel=Channel(ask.channel_id),
            asked=local_time(ask.asked),
            due=local_time(ask.due, ask.asked),
            age=age(ask.age),
            fallback=ask.fallback,
            said=said,
            quote=_quote(ask, whole=whole and not _is_in_channel(ask)),
        )

    return text


def _by_reader(for_answerer: str, for_asker: str) -> _Text:
    def text(ask: AskShown, reader_id: str, said: str) -> Mrkdwn:
        template = for_answerer if reader_id == ask.answerer_id else for_asker
        return _about(template)(ask, reader_id, said)

    return text


def _asking(template: str, words: str = "") -> _Text:
    """What asks for an answer: where it can be read nowhere else, it is told whole."""
    return _with_words(template, words, whole=True)


def _with_words(template: str, words: str, *, whole: bool = False) -> _Text:
    def text(ask: AskShown, reader_id: str, said: str) -> Mrkdwn:
        return _about(f"{template}{words if said else ''}", whole=whole)(ask, reader_id, said)

    return text


_TEXTS: Final[Mapping[Notice, _Text]] = {
    Notice.ASKED: _asking("{asker} asks you{where}, due {due}:\n{quote}"),
    Notice.DUE_SOON: _about(
        "{asker} waits for your answer{where}, due {due} (your time):\n{quote}"
    ),
    Notice.OVERDUE: _about(
        "{asker} is still waiting for your answer{where}, asked {asked} (your time), "
        "{age} of your working time ago:\n{quote}"
    ),
    Notice.DELEGATED: _asking(
        "{before} passed a question of {asker}'s{where} on to you, due {due}:\n{quote}",
        "\nThey add: {said}",
    ),
    Notice.STANDS_IN: _asking(
        "{before} is away, so {asker} asks you in their place{where}, due {due}:\n{quote}"
    ),
    Notice.ESCALATED: _asking(
        "{asker} could not reach {before} and asks you{where}, due {due}:\n{quote}"
    ),
    Notice.RETURNED: _asking(
        "A question of {asker}'s{where} came back to you, due {due}:\n{quote}",
        "\nThey say: {said}",
    ),
    Notice.ASKED_BACK: _with_words(
        "{asker} asks back before they can answer you, due {due}:\n{quote}",
        "\n*You had asked:* {said}",
    ),
    Notice.RESUMED: _with_words(
        "{asker} answered what you asked back. Their question waits for you again, due {due}:"
        "\n{quote}",
        "\n*Answer:* {said}",
    ),
    Notice.PASSED_ON: _about(
        "{answerer} passed your question{where} on to {holder}, who has until {due}:\n{quote}"
    ),
    Notice.ADDED: _by_reader(
        "*{asker} adds:* {said}\n{quote}", "*{answerer} adds:* {said}\n{quote}"
    ),
    Notice.ANSWERED: _with_words(
        ":white_check_mark: {answerer} answered{where}:\n{quote}", "\n*Answer:* {said}"
    ),
    Notice.DECLINED: _with_words("{answerer} cannot do it{where}:\n{quote}", "\n*Because:* {said}"),
    Notice.WENT_AHEAD: _by_reader(
        "{asker} got no answer from you by {due} and goes ahead{where}: {fallback}\n{quote}",
        "{answerer} did not answer by {due}, so go ahead{where}: {fallback}\n{quote}",
    ),
    Notice.EXPIRED: _by_reader(
        "A question of {asker}'s{where} expired, asked {asked}. Nothing to do any more:\n{quote}",
        "Your question to {answerer}{where} expired without an answer. Ask again if you still "
        "need it:\n{quote}",
    ),
    Notice.LEFT: _about(
        "Nobody is asked any more, since {answerer} is no full member of this workspace now. Ask "
        "somebody else if you still need it{where}:\n{quote}"
    ),
    Notice.NOT_POSTED: _about(
        ":warning: Slack did not let me post your question{where}. Nobody was asked:\n{quote}",
        whole=True,
    ),
    Notice.UNREACHABLE: _about(
        "Baton may not write to {answerer}, who has not heard of your question{where} from me. "
        "Please ask them yourself:\n{quote}"
    ),
    Notice.WAS_URGENT: _about(
        "You answered an urgent ask of {asker}'s. Was it urgent? Only {asker} sees the count."
    ),
}


def _buttons(kind: Notice, ask: AskShown, *, is_first: bool) -> list[Element]:
    if kind is Notice.WAS_URGENT:
        return [
            button("Yes, it was", names.WAS_URGENT, ask.id),
            button("It could have waited", names.WAS_NOT, ask.id),
        ]
    if kind not in ASKING:
        return [link_button("Open", names.OPEN_THREAD, ask.permalink)] if ask.permalink else []
    answer = (
        link_button("Open the thread", names.OPEN_THREAD, ask.permalink)
        if _is_in_channel(ask) and not ask.is_elsewhere
        else button("Answer", names.ANSWER, ask.id, style="primary")
    )
    buttons = [
        answer,
        button("Done", names.DONE, ask.id),
        button("On it", names.ACCEPT, ask.id),
        button("Delegate", names.DELEGATE, ask.id),
        button("Decline", names.DECLINE, ask.id),
    ]
    if kind in {Notice.DELEGATED, Notice.STANDS_IN}:
        buttons.append(button("Return it", names.GIVE_BACK, ask.id))
    if kind in REMINDERS:
        buttons.append(button("Snooze", names.SNOOZE, ask.id))
    if is_first:
        buttons.append(off_button(WANTS_REMINDERS, "No more reminders"))
    return buttons


def _details(words: Words) -> list[Mrkdwn]:
    given = (
        ("Context", words.context),
        ("Proposal", words.proposal),
        ("Urgent", words.reason),
        ("If nobody answers by then", words.fallback),
    )
    return [mrkdwn("*{title}:* {text}", title=title, text=text) for title, text in given if text]


def _is_in_channel(ask: AskShown) -> bool:
    return not ask.is_direct and bool(ask.message_ts)


def _quote(ask: AskShown, *, whole: bool) -> Quote:
    if ask.is_elsewhere and ask.quote is None:
        return Quote(ELSEWHERE)
    return Quote(ask.quote, WHOLE) if whole and ask.quote else quoted(ask.quote)
