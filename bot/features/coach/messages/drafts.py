"""What is said about a draft before anybody sees it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.blocks import Block, Element, Message, actions, button, context, section, sections
from bot.core.patterns import regex
from bot.core.render import Mention, Mrkdwn, join, local_time, mrkdwn
from bot.features.coach.messages.hints import said
from bot.features.coach.messages.names import POST_DRAFT, REVIEW_DRAFT, USE_AS_ASK
from bot.features.coach.rules.catalogue import Finding, Part, Rule
from bot.features.coach.rules.languages import Language
from bot.features.coach.rules.situation import Addressee
from bot.features.coach.rules.template import Blank, Line, Section

OFFER: Final = "Review the draft"

KEEPS: Final = "Drafts you had reviewed, each with its version in order"
KEPT_FOR: Final = "7 days, or until you change or delete the draft"

GONE: Final = "That draft is not there any more, so there is nothing to review."
OFF: Final = (
    "You asked me to leave you alone, so I kept nothing of this draft and cannot review it. "
    "`/baton on` has me work for you again."
)
NOT_KEPT: Final = "I do not keep this text any more. Send it to me once more, and I review it."
EMPTY: Final = "There are no words in it that I could review."
PAUSED: Final = "I am paused in this workspace and review nothing for now."
ONCE: Final = "I reviewed this draft already; you find it below. Change it, and I review it anew."
CHANGED: Final = "You changed the draft since. Press “Review the draft” again for what it says now."
DELETED: Final = "(You deleted the draft that this was about.)"
FORGOTTEN: Final = "(I keep nothing of this draft any more, so its review is gone, too.)"
NO_FORM: Final = "I have no form for that here. You can copy the text from above."

_FINE: Final = "This can be answered as it is."
_ASKS_NOTHING: Final = (
    "I see nothing in it that asks for something. If somebody should answer or do something, say "
    "what; if they should only know it, it is fine."
)
_NO_CONTEXT: Final = "It says what you want. A line of context saves whoever reads it asking back."
_FOR_OTHERS: Final = "This could be of use to others: a channel is a good place for it."
_FOUND: Final = "Before anybody sees it:"
_LANGUAGE: Final = (
    "I cannot tell which language this is, so I cannot say whether it can be answered; I only put "
    "its sentences in order."
)
_LESS: Final = "I found nothing missing; in this language I know less to look for than in English."
_EDITED: Final = "This is about the draft as you changed it."
_IN_ORDER: Final = "*In order:*"
_WITH_BLANKS: Final = "*In order*, with a blank for what only you can fill in:"
_WORKING: Final = "I am writing a version in order…"
_TOO_LONG: Final = (
    "With {count} characters it is too long to repeat here; it stays as you wrote it. A shorter "
    "one I put in order for you."
)
_BY_RULES: Final = "Your own sentences, no AI used. Only you see this."
_BY_MODEL: Final = (
    "Drafted with AI from your words; what it left out stands there as you wrote it. Read it "
    "before you use it. Only you see this."
)
_USED: Final = "You sent this off. For something else, write me a new draft."
_THERE: Final = (
    "It is {now} for {who}; their day starts {starts}. “Use as an ask” can have it go out then."
)
_HEADINGS: Final[Mapping[Section, str]] = {
    Section.CONTEXT: "Context",
    Section.PROPOSAL: "Proposal",
    Section.QUESTION: "Question",
    Section.BY: "By when",
}
_WORTH_A_BLANK: Final = frozenset({Section.CONTEXT, Section.QUESTION})
"""What no message can do without: in a text to be posted a blank stands for it."""
_BLANKS: Final[Mapping[Blank, str]] = {
    Blank.TRIED: "_____ (what is it about, and what did you see and try?)",
    Blank.LINK: "_____ (the link)",
    Blank.PROPOSAL: "_____ (what would you do?)",
    Blank.QUESTION: "_____ (what do you need to know, or to be done?)",
    Blank.WHOM: "_____ (who should answer?)",
    Blank.BY: "_____ (until when do you need it, if that matters?)",
}
_QUIET: Final = frozenset({Blank.BY})
"""Blanks that may well stay empty."""
_BY: Final = regex(r"by[ ]+(?=\S)", re.IGNORECASE)
"""What the heading says already."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review found, for its author; `lacking` is what the sorted draft has nothing of."""

    findings: Sequence[Finding]
    lacking: Sequence[Part]
    addressees: Sequence[Addressee]
    language: Language
    is_edited: bool
    length: int


@dataclass(frozen=True, slots=True)
class Uses:
    """What can be done with a version; `reference` is the id under which it is known.

    `is_used`: it was sent off already.
    """

    reference: str
    can_ask: bool = False
    can_post: bool = False
    is_used: bool = False


def offer(place: str) -> Element:
    """A button under what somebody wrote to Baton: have it reviewed."""
    return button(OFFER, REVIEW_DRAFT, place)


def with_template(reviewed: Reviewed, lines: Sequence[Line], uses: Uses) -> Message:
    """The review, and the author's sentences in order."""
    told = [*_review(reviewed), _intro(lines)]
    return _message(told, lines, uses, _BY_RULES)


def announcing(reviewed: Reviewed) -> Message:
    """The review; a version that a model words follows."""
    return _message([*_review(reviewed), mrkdwn(_WORKING)])


def without_version(reviewed: Reviewed, uses: Uses) -> Message:
    """The review of a draft that is too long to be repeated."""
    length = f"{reviewed.length:,}"
    told = [*_review(reviewed), mrkdwn(_TOO_LONG, count=length)]
    return _message(told, (), uses)


def version(lines: Sequence[Line], uses: Uses, *, is_drafted: bool) -> Message:
    """The version that was announced; or the author's sentences, if no model worded one."""
    return _message([_intro(lines)], lines, uses, _BY_MODEL if is_drafted else _BY_RULES)


def sentence(text: str) -> Message:
    """One of the sentences above."""
    return Message(mrkdwn(text))


def to_post(lines: Sequence[Line]) -> str:
    """The sections of a message as plain text, with a mark for each blank.

    A single one needs no heading.
    """
    shown = [
        line for line in lines if line.text or (line.blanks and line.section in _WORTH_A_BLANK)
    ]
    if len(shown) == 1:
        return _filled(shown[0])
    return "\n".join(f"{_HEADINGS[line.section]}: {_filled(line)}" for line in shown)


def _intro(lines: Sequence[Line]) -> Mrkdwn:
    blanks = {blank for line in lines for blank in line.blanks}
    return mrkdwn(_WITH_BLANKS if blanks - _QUIET else _IN_ORDER)


def _review(reviewed: Reviewed) -> list[Mrkdwn]:
    findings = [each for each in reviewed.findings if each.rule is not Rule.IN_PRIVATE]
    told = [_verdict(reviewed)] if not findings else [mrkdwn(_FOUND)]
    told += [join("", [mrkdwn("• "), said(each, (), each.phrase)]) for each in findings]
    told += [mrkdwn(_FOR_OTHERS)] if len(findings) < len(reviewed.findings) else []
    told += [_there(each) for each in reviewed.addressees if each.starts_at is not None]
    return [mrkdwn(_EDITED), *told] if reviewed.is_edited else told


def _verdict(reviewed: Reviewed) -> Mrkdwn:
    if reviewed.language is Language.UNKNOWN:
        return mrkdwn(_LANGUAGE)
    if Part.QUESTION in reviewed.lacking:
        return mrkdwn(_ASKS_NOTHING)
    if Part.CONTEXT in reviewed.lacking:
        return mrkdwn(_NO_CONTEXT)
    return mrkdwn(_FINE if reviewed.language is Language.ENGLISH else _LESS)


def _there(addressee: Addressee) -> Mrkdwn:
    starts = addressee.starts_at or addressee.local_now
    return mrkdwn(
        _THERE,
        now=f"{addressee.local_now:%H:%M}",
        who=Mention(addressee.user_id),
        starts=local_time(starts, addressee.local_now),
    )


def _message(
    told: Sequence[Mrkdwn], lines: Sequence[Line] = (), uses: Uses | None = None, footer: str = ""
) -> Message:
    shown = [mrkdwn("*{heading}*\n{text}", **_texts(line)) for line in lines]
    small_print = [mrkdwn(footer)] if footer else []
    small_print += [mrkdwn(_USED)] if uses and uses.is_used else []
    buttons = _buttons(uses) if uses else []
    blocks: list[Block] = [section(join("\n", list(told)))]
    for each in shown:
        blocks += sections(each)
    blocks += [context(each) for each in small_print]
    blocks += [actions(buttons)] if buttons else []
    return Message(join("\n\n", [join("\n", list(told)), *shown, *small_print]), blocks)


def _texts(line: Line) -> dict[str, str]:
    return {"heading": _HEADINGS[line.section], "text": _filled(line)}


def _filled(line: Line) -> str:
    text = _without_by(line.text) if line.section is Section.BY else line.text
    return "\n".join([*([text] if text else []), *(_BLANKS[each] for each in line.blanks)])


def _without_by(text: str) -> str:
    found = _BY.match(text)
    return text[found.end() :] if found else text


def _buttons(uses: Uses) -> list[Element]:
    ask = button("Use as an ask", USE_AS_ASK, uses.reference, style="primary")
    post = button("Post in a channel", POST_DRAFT, uses.reference)
    return [*([ask] if uses.can_ask else []), *([post] if uses.can_post else [])]
