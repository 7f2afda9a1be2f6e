"""The forms of asks."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.blocks import (
    MAX_INPUT,
    Block,
    Options,
    channel_input,
    choice_input,
    context,
    form,
    notice,
    people_input,
    person_input,
    radio,
    section,
    sections,
    select,
    text_input,
)
from bot.core.render import Mention, Mrkdwn, Quote, mrkdwn, shorten
from bot.core.replies import View
from bot.core.response_clock import ClockPolicy
from bot.features.asks.messages.cards import KINDS
from bot.features.asks.rules.pointing import Heard
from bot.features.asks.rules.scheduling import When
from bot.features.asks.rules.settings import in_words
from bot.features.asks.rules.shown import AskShown, Words

COMPOSER: Final = "asks.composer"
EDITOR: Final = "asks.editor"
ANSWER_FORM: Final = "asks.answer_form"
DECLINE_FORM: Final = "asks.decline_form"
DELEGATE_FORM: Final = "asks.delegate_form"
ESCALATE_FORM: Final = "asks.escalate_form"
URGENT_FORM: Final = "asks.urgent_form"
WAIT_FORM: Final = "asks.wait_form"
SEVERAL_FORM: Final = "asks.several_form"
POST_FORM: Final = "asks.post_form"
WHOM: Final = "whom"
WHERE: Final = "where"
WHAT: Final = "what"
CONTEXT: Final = "context"
KIND: Final = "kind"
PROPOSAL: Final = "proposal"
BY: Final = "by"
URGENCY: Final = "urgency"
REASON: Final = "reason"
FALLBACK: Final = "fallback"
WHEN: Final = "when"
AT: Final = "at"
AT_A_TIME: Final = "At a time"
CREATOR: Final = "creator"
SOMEBODY: Final = "somebody"
LONGEST: Final = MAX_INPUT
"""A longer text has no field in a form: it stays as it is."""
LONGEST_TIME: Final = 100
MOST_PEOPLE: Final = 10
MOST_ANSWERS: Final = 10
FIRST_WORDS: Final = 40
_WHO_HEARS: Final = (
    "Whoever your message mentions is notified, if they are in the channel. Whoever it asks is "
    "asked, in your name."
)
_TOGETHER: Final = "Of several people: as soon as all of them are at work."
_WHAT_CLOSES: Final = {
    Heard.KNOWN: "An answer in the thread or a ✅ closes it.",
    Heard.MISSED: "I did not hear that message when it came, so I keep it for you. An answer in "
    "the thread or a ✅ closes it. They get the link, not the words.",
    Heard.ELSEWHERE: "I am not in that conversation: I keep only this message for you, see no "
    "answer, and only a button closes it. They get the link, not the words.",
}


def composer(
    words: Words,
    *,
    people: Sequence[str] = (),
    channel_id: str = "",
    is_urgent: bool = False,
    urgent: ClockPolicy,
    standard: ClockPolicy,
    source: str = "",
    by: str = "",
) -> View:
    """The form that asks somebody; `source` is the message that its text was written in, if any.

    `by` are the words that name a time.
    """
    urgency = {
        "standard": f"Standard: within {in_words(standard)}",
        "urgent": f"Urgent: within {in_words(urgent)}",
    }
    menu = select(URGENCY, urgency, initial="urgent" if is_urgent else "standard")
    reason = "If urgent: why can it not wait?"
    where = "A channel that I am in. Empty: I send it to them directly, in your name."
    begins = "When their working day begins"
    blocks = [
        people_input(WHOM, "Whom do you ask?", initial=people, most=MOST_PEOPLE),
        *_words(words),
        _by(by),
        choice_input("How urgent is it?", menu),
        text_input(REASON, reason, initial=words.reason, optional=True),
        _fallback(words),
        channel_input(WHERE, "Where?", initial=channel_id or None, optional=True, hint=where),
        *_when({When.NOW: "Now", When.WORKDAY: begins, When.AT: AT_A_TIME}, _TOGETHER),
    ]
    return form("Ask async", COMPOSER, blocks, submit="Ask", reference=source)


def editor(text_id: str, words: Words) -> View:
    """The form that changes what was asked."""
    blocks = [*_words(words), _by(), _fallback(words)]
    return form("Edit what you ask", EDITOR, blocks, submit="Save", reference=text_id)


def answer(ask: AskShown) -> View:
    """The form that answers one ask."""
    field = text_input(WHAT, "Your answer", multiline=True, max_length=LONGEST)
    return form("Answer", ANSWER_FORM, [*_question(ask), field], submit="Answer", reference=ask.id)


def several(asks: Sequence[AskShown], people: Mapping[str, str]) -> View:
    """One form that answers several asks, each in its own thread; `people` are names by id."""
    blocks: list[Block] = []
    for ask in asks[:MOST_ANSWERS]:
        blocks += _question(ask)
        label = _answer_to(ask, people.get(ask.asker_id, ""))
        blocks.append(text_input(ask.id, label, optional=True, multiline=True, max_length=LONGEST))
    left = len(asks) - MOST_ANSWERS
    more = f" {left} more wait: open this form again for them." if left > 0 else ""
    note = f"Each answer goes to its own question. What you leave empty goes on waiting.{more}"
    blocks.append(context(mrkdwn("{note}", note=note)))
    return form("Answer several", SEVERAL_FORM, blocks, submit="Answer")


def decline(ask: AskShown) -> View:
    """The form that declines."""
    field = text_input(
        REASON,
        "Why not?",
        hint="So that they need not ask back: what would have to change, or who could do it.",
        multiline=True,
        max_length=500,
    )
    return form(
        "Decline", DECLINE_FORM, [*_question(ask), field], submit="Decline", reference=ask.id
    )


def delegate(ask: AskShown) -> View:
    """The form that passes an ask on."""
    blocks = [
        *_question(ask),
        person_input(WHOM, "Who can answer it?", hint="They get a clock of their own."),
        text_input(REASON, "What should they know?", optional=True, max_length=500),
    ]
    return form("Delegate", DELEGATE_FORM, blocks, submit="Pass it on", reference=ask.id)


def escalate(ask: AskShown, creator_id: str) -> View:
    """The form that asks others, too."""
    options = {SOMEBODY: "Somebody I name below"}
    if creator_id and creator_id not in {ask.asker_id, ask.answerer_id}:
        options = {CREATOR: "Whoever made this channel", **options}
    menu = radio(KIND, options, initial=next(iter(options)))
    blocks = [
        *_question(ask),
        choice_input("Whom?", menu),
        people_input(
            WHOM,
            "A stand-in, or several people",
            most=5,
            optional=True,
            hint="One answer of theirs is enough. Nothing is posted in public.",
        ),
    ]
    return form("Ask somebody else", ESCALATE_FORM, blocks, submit="Ask them", reference=ask.id)


def urgent(ask: AskShown, within: ClockPolicy) -> View:
    """The form that makes an ask urgent."""
    hint = f"It is then due within {in_words(within)}. Each week has only a few of these."
    field = text_input(REASON, "Why can it not wait?", hint=hint, max_length=300)
    return form("Urgent", URGENT_FORM, [*_question(ask), field], submit="It is", reference=ask.id)


def wait_for(reference: str, *, whom: str, heard: Heard) -> View:
    """The form behind "Waiting for a reply"."""
    where, usual = _WHAT_CLOSES[heard], "Empty: the usual time."
    blocks = [
        person_input(WHOM, "From whom?", initial=whom or None),
        text_input(BY, "By when?", optional=True, max_length=LONGEST_TIME, hint=usual),
        context(mrkdwn("{where}", where=where)),
    ]
    return form("Waiting for a reply", WAIT_FORM, blocks, submit="Wait for it", reference=reference)


def post(words: str, source: str) -> View:
    """The form that posts a text in a channel, in its author's name; `source` is its message."""
    blocks = [
        channel_input(WHERE, "Where?", hint="A channel that you and I are in."),
        _text(WHAT, "What?", words, hint=_WHO_HEARS),
        *_when({When.NOW: "Now", When.AT: AT_A_TIME}),
    ]
    return form("Post in a channel", POST_FORM, blocks, submit="Post", reference=source)


def told(title: str, text: Mrkdwn) -> View:
    """What came of a form."""
    return notice(title, sections(text))


def history(blocks: Sequence[Block]) -> View:
    """What happened to an ask so far."""
    return notice("What happened", list(blocks))


def _answer_to(ask: AskShown, asker: str) -> str:
    to = f"Your answer to {asker}" if asker else "Your answer"
    return f"{to}: “{shorten(ask.quote, FIRST_WORDS)}”" if ask.quote else to


def _by(words: str = "") -> Block:
    hint = "In your time, e.g. Thursday 2 pm, or tomorrow noon. Empty: as it is, or the usual time."
    # of words that the field cannot hold, a part would name another time
    initial = words if len(words) <= LONGEST_TIME else ""
    return text_input(
        BY, "By when?", initial=initial, optional=True, hint=hint, max_length=LONGEST_TIME
    )


def _when(options: Options, about: str = "") -> list[Block]:
    """When it goes out; what is typed counts for one of the options only."""
    menu = select(WHEN, options, initial=When.NOW)
    hint = "Only for “At a time”. In your time, e.g. tomorrow 9:00."
    return [
        choice_input("When?", menu, hint=about),
        text_input(AT, "At what time?", optional=True, hint=hint, max_length=LONGEST_TIME),
    ]


def _fallback(words: Words) -> Block:
    return text_input(
        FALLBACK,
        "If nobody answers by then, I will …",
        initial=words.fallback,
        optional=True,
        hint="At that time I tell you both, and you go ahead.",
        max_length=500,
    )


def _words(words: Words) -> list[Block]:
    kinds = {"": "", **KINDS}
    del kinds[""]
    return [
        _text(WHAT, "What do you ask?", words.what),
        _text(CONTEXT, "Context, with a link", words.context, optional=True),
        choice_input(
            "Blocker or update?",
            select(KIND, kinds, initial=words.kind or None, placeholder="Neither"),
            optional=True,
        ),
        _text(
            PROPOSAL,
            "What do you propose?",
            words.proposal,
            optional=True,
            hint="With a proposal, a yes is an answer.",
        ),
    ]


def _text(name: str, label: str, text: str, *, optional: bool = False, hint: str = "") -> Block:
    """A field with a text; of one that a field cannot hold it says that it stays."""
    if len(text) > LONGEST:
        stays = mrkdwn(
            "*{label}* The text is longer than a form can hold. It stays as you wrote it: “{text}”",
            label=label,
            text=shorten(text, 150),
        )
        return section(stays)
    return text_input(name, label, initial=text, hint=hint, optional=optional, multiline=True)


def _question(ask: AskShown) -> list[Block]:
    text = mrkdwn(
        "{asker} asks:\n{quote}",
        asker=Mention(ask.asker_id),
        quote=Quote(ask.quote or "(text not kept)"),
    )
    return [section(text)]
