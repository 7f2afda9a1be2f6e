"""What an author alone sees beside their message."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.blocks import Element, Message, actions, button, section
from bot.core.render import Mention, Mrkdwn, join, local_day, local_time, mrkdwn
from bot.features.coach.messages import about
from bot.features.coach.messages.names import ADD, AGAIN, NOT_HELPFUL, STOP, WHY
from bot.features.coach.messages.words import DISCUSSION, MISSING, WORDS
from bot.features.coach.rules.catalogue import Finding, Leaning, Rule
from bot.features.coach.rules.hint_reference import HintReference
from bot.features.coach.rules.settings import NAMES
from bot.features.coach.rules.situation import Addressee, Situation

COMPLETED_BY_FORM: Final = frozenset(
    {
        Rule.NAKED_HELLO,
        Rule.VAGUE_ASK,
        Rule.BARE_PROBLEM,
        Rule.MISSING_LINK,
        Rule.NOBODY_ASKED,
        Rule.QUICK_CALL,
        Rule.NO_DATE,
    }
)
"""The rules whose messages a form can complete."""


def hint(
    finding: Finding, situation: Situation, phrase: str, agenda: Sequence[str] = ()
) -> Message:
    """The hint for a finding; `phrase` is the author's words as people read them."""
    reference = HintReference(situation.message.channel_id, situation.message.ts, finding.rule)
    lines = [said(finding, situation.addressees, phrase)]
    lines += [mrkdwn("• {point}", point=point) for point in agenda]
    text = join("\n", lines)
    return Message(text, [section(text), actions(_buttons(reference))])


def said(finding: Finding, addressees: Sequence[Addressee], phrase: str) -> Mrkdwn:
    """One friendly sentence that quotes the phrase, and what is missing."""
    template = WORDS[finding.rule].hint
    if finding.rule is Rule.QUICK_CALL and finding.leaning is Leaning.CONSIDER:
        template = DISCUSSION
    sentence = mrkdwn(template, phrase=phrase)
    there = _there(addressees) if finding.rule in {Rule.NAKED_HELLO, Rule.OFF_HOURS} else None
    missing = [MISSING[part] for part in finding.missing]
    told = mrkdwn("It needs {parts}.", parts="; ".join(missing)) if missing else None
    return join(" ", [part for part in (there, sentence, told) if part is not None])


def explained(reference: HintReference) -> Message:
    """Why a hint was given, in its place."""
    told = about.example(reference.rule)
    return Message(told.text, [*told.blocks, actions(_buttons(reference, why=False))])


def noted() -> Message:
    """Somebody says that a hint was of no help."""
    return Message(mrkdwn("Thank you, I noted that. Nobody else sees it."))


def stays_away(rule: Rule, until: datetime) -> Message:
    """A kind of hint was of no help three times."""
    text = mrkdwn(
        "Thank you. That was the third time, so hints about “{name}” stay away from you until "
        "{until}.",
        name=NAMES[rule].lower(),
        until=local_day(until),
    )
    return Message(text, [section(text), actions([_again(rule)])])


def stopped(rule: Rule) -> Message:
    """A kind of hint is switched off for somebody."""
    text = mrkdwn(
        "You get no hints about “{name}” any more. The others stay; `/baton settings` has them "
        "all.",
        name=NAMES[rule].lower(),
    )
    return Message(text, [section(text), actions([_again(rule)])])


def back(rule: Rule) -> Message:
    """A kind of hint is switched on again."""
    return Message(mrkdwn("Hints about “{name}” come again.", name=NAMES[rule].lower()))


def gone() -> Message:
    """The message of a hint was deleted, or is not stored any more."""
    return Message(mrkdwn("That message is not there any more, so there is nothing to complete."))


def _buttons(reference: HintReference, *, why: bool = True) -> list[Element]:
    value = str(reference)
    label = "Write it down" if reference.rule is Rule.QUICK_CALL else "Add context"
    add = [button(label, ADD, value, style="primary")]
    return [
        *(add if reference.rule in COMPLETED_BY_FORM else []),
        *([button("Why?", WHY, value)] if why else []),
        button("Not helpful", NOT_HELPFUL, value),
        button("Stop this kind", STOP, value),
    ]


def _again(rule: Rule) -> Element:
    return button("Undo", AGAIN, rule.value)


def _there(addressees: Sequence[Addressee]) -> Mrkdwn | None:
    """What time it is for whom a message is for, and when their day begins."""
    if not addressees:
        return None
    one = addressees[0]
    if one.starts_at is None:
        return mrkdwn("It is {now} for {who}.", now=f"{one.local_now:%H:%M}", who=_who(one))
    return mrkdwn(
        "It is {now} for {who}, whose day begins {starts}.",
        now=f"{one.local_now:%H:%M}",
        who=_who(one),
        starts=local_time(one.starts_at, one.local_now),
    )


def _who(addressee: Addressee) -> Mention:
    return Mention(addressee.user_id)
