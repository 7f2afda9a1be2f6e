"""Batons in words: what can be done about one, and what people are told of it."""

from collections.abc import Mapping
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, overflow, sections
from bot.core.locales import moment
from bot.core.people import Person
from bot.core.quotations import SOMEBODY
from bot.core.render import Instant, Link, Mention, Mrkdwn, Quote, join, mrkdwn, shorten
from bot.features.handoffs.rules.batons import TEXT_LENGTH
from bot.features.handoffs.rules.items import State, StepKind
from bot.features.handoffs.rules.shown import BatonShown

TAKE: Final = "handoffs.take"
ASK_BACK: Final = "handoffs.ask_back"
SEND_ON: Final = "handoffs.send_on"
DONE: Final = "handoffs.done"
TAKE_BACK: Final = "handoffs.take_back"
OFFER_AGAIN: Final = "handoffs.offer_again"
DO: Final = "handoffs.do"
"""The menu beside a line about a baton."""

_TAKE: Final = {TAKE: "I have it"}
_FURTHER: Final = {ASK_BACK: "Ask back…", SEND_ON: "Pass on…"}
_BACK: Final = {TAKE_BACK: "Take back"}
FOR_HOLDER: Final[Mapping[State, Mapping[str, str]]] = {
    State.OFFERED: {**_TAKE, **_FURTHER},
    State.RETURNED: {**_TAKE, SEND_ON: "Pass on…"},
    State.TAKEN: {DONE: "Done", **_FURTHER},
    State.BACK: {OFFER_AGAIN: "Offer again…", DONE: "Done", TAKE_BACK: "I keep it"},
    State.DONE: {},
    State.WITHDRAWN: {},
}
"""What whoever a baton is with can do about it, by its state: labels by the buttons' names."""
FOR_SENDER: Final[Mapping[State, Mapping[str, str]]] = {
    **dict.fromkeys((State.OFFERED, State.RETURNED, State.TAKEN), _BACK),
    State.BACK: FOR_HOLDER[State.BACK],
    State.DONE: {},
    State.WITHDRAWN: {},
}
"""The same for whoever handed it over."""
_WITH_OTHERS: Final[Mapping[State, str]] = {
    State.OFFERED: "It is offered to {who}.",
    State.TAKEN: "{who} has it, since {at}.",
    State.RETURNED: "{who} asked {sender} about it first.",
    State.BACK: "It is with {who} again.",
    State.DONE: "Done by {by}, {at}.",
    State.WITHDRAWN: "{by} took it back.",
}
_WITH_READER: Final[Mapping[State, str]] = {
    **_WITH_OTHERS,
    State.OFFERED: "It is offered to you.",
    State.TAKEN: "You have it.",
    State.RETURNED: "You asked {sender} about it first.",
    State.BACK: "It is with you again.",
}
_LEFT: Final = "It is closed: nobody is left to carry it on."
_OF_STATE: Final[Mapping[State, str]] = {
    State.TAKEN: "You have this, from {sender}:",
    State.RETURNED: "You asked {sender} about this first:",
    State.BACK: "Nobody could take this so far, so it is with you again:",
}
_OF_KIND: Final[Mapping[StepKind, str]] = {
    StepKind.PASSED_ON: "{by} passes on to you what {sender} handed over:",
    StepKind.MOVED: "What {sender} handed over is with you now:",
    StepKind.ANSWERED: "Your question is answered, so this is with you again, from {sender}:",
    StepKind.UNANSWERED: "Your question was closed without an answer. This is with you again, "
    "from {sender}:",
}
"""Why something is with whoever is to take it now."""
_WHAT: Final = 120


def menu(shown: BatonShown, reader_id: str) -> Element | None:
    """What a reader can do about a baton, beside a line about it; None: nothing."""
    of_state = FOR_HOLDER if reader_id == shown.holder_id else FOR_SENDER
    if reader_id not in {shown.holder_id, shown.sender_id} or not of_state[shown.state]:
        return None
    entries = of_state[shown.state].items()
    return overflow(DO, {f"{name}|{shown.id}": label for name, label in entries})


def buttons(shown: BatonShown, labels: Mapping[str, str], *, for_many: bool) -> list[Element]:
    """Buttons about a baton; `for_many`: on a card that everybody in a channel sees."""
    return [
        button(
            label,
            name,
            shown.id,
            style="primary" if name in {TAKE, OFFER_AGAIN} else None,
            # whoever comes second to take it is told who has it
            state=shown.bound_to if for_many and name != TAKE else None,
        )
        for name, label in labels.items()
    ]


def body(shown: BatonShown) -> list[Mrkdwn]:
    """What a baton says besides what it is about."""
    texts = {
        "*State:* {text}": shown.progress,
        "*Why:* {text}": shown.why,
        "*Next step:* {text}": shown.next_step,
        ":warning: *Watch out:* {text}": shown.watch_out,
    }
    parts = [mrkdwn(label, text=text) for label, text in texts.items() if text]
    if shown.links:
        parts.append(join("\n", [mrkdwn("• {link}", link=link) for link in shown.links]))
    return parts


def for_holder(shown: BatonShown, reader: Person) -> Message:
    """To whoever a baton is with now: what it is, and what they can do."""
    what = mrkdwn("*{what}*", what=shown.what)
    parts = [_opening(shown), what, *body(shown), *waits(shown)]
    if shown.added:
        words = Quote(shown.added, TEXT_LENGTH)
        parts.append(mrkdwn("{by} adds:\n{words}", by=Mention(shown.added_by), words=words))
    where = mrkdwn(
        "{link}, handed over {at}",
        link=Link(shown.link, "Its card"),
        at=moment(reader.working_time.local(shown.made_at), reader.locale),
    )
    blocks: list[Block] = [block for part in parts for block in sections(part)]
    doing = buttons(shown, FOR_HOLDER[shown.state], for_many=False)
    blocks += [context(where), *([actions(doing)] if doing else [])]
    return Message(join("\n", [*parts, where]), blocks, besides=frozenset({shown.channel_id}))


def waits(shown: BatonShown) -> list[Mrkdwn]:
    """Whom a baton waits for; they stand there by name, so that nobody is called."""
    return [
        mrkdwn(
            ":no_entry: *Waits for {who}:* {what}", who=shown.name(each.blocker_id), what=each.what
        )
        for each in shown.blockers
    ]


def where(shown: BatonShown, reader_id: str) -> Mrkdwn:
    """Where a baton is, in a sentence for one reader."""
    of_state = _WITH_READER if reader_id == shown.holder_id else _WITH_OTHERS
    is_left = shown.state is State.WITHDRAWN and not shown.by
    return mrkdwn(
        _LEFT if is_left else of_state[shown.state],
        who=Mention(shown.holder_id),
        sender=Mention(shown.sender_id),
        by=_by(shown),
        at=Instant(shown.since),
    )


def refused(shown: BatonShown, kind: StepKind, reader_id: str) -> Message:
    """Somebody cannot do that to a baton, or not now."""
    is_open = shown.is_open
    if is_open and kind is StepKind.WITHDRAWN and reader_id != shown.sender_id:
        who = Mention(shown.sender_id)
        return Message(mrkdwn("Only {who}, who handed it over, can take it back.", who=who))
    told = where(shown, reader_id)
    if shown.state is State.OFFERED and reader_id != shown.holder_id:
        who = Mention(shown.holder_id)
        return Message(mrkdwn("It is offered to {who}, so only {who} can do that.", who=who))
    return Message(told)


def done(shown: BatonShown, reader_id: str) -> Message:
    """Where a baton is, for whoever just did something about it, or had it."""
    return Message(join(" ", [mrkdwn("*{what}*:", what=_short(shown)), where(shown, reader_id)]))


def no_card(shown: BatonShown) -> Message:
    """To whoever handed something over whose card could not be posted."""
    text = mrkdwn(
        "I could not post the card of “{what}”: I may be missing in its channel, or not allowed "
        "to post there. {who} is told of it all the same.",
        what=_short(shown),
        who=Mention(shown.holder_id),
    )
    return Message(text)


def question_about(what: str) -> str:
    """What a question is about with which a baton was returned, as plain text."""
    return f"About what was handed over: {what}"


def cannot_ask(sender_id: str) -> Message:
    """To whoever would return a baton with a question that nobody can be asked."""
    text = (
        "I cannot ask {who} just now. Please ask somebody else in the channel, or pass it on: it "
        "is still with you."
    )
    return Message(mrkdwn(text, who=Mention(sender_id)))


def _opening(shown: BatonShown) -> Mrkdwn:
    """Why a baton is with its reader."""
    template = _OF_STATE.get(shown.state) or _OF_KIND.get(shown.kind, "{sender} hands over to you:")
    return mrkdwn(template, sender=Mention(shown.sender_id), by=_by(shown))


def _by(shown: BatonShown) -> Mention | str:
    return Mention(shown.by) if shown.by else SOMEBODY


def _short(shown: BatonShown) -> str:
    return shorten(shown.what, _WHAT)
