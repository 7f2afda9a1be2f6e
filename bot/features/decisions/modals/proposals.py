"""The forms of proposals."""

from collections.abc import Collection, Sequence
from typing import Final

from bot.core.blocks import (
    Block,
    channel_input,
    checkboxes,
    choice_input,
    form,
    number_input,
    people_input,
    radio,
    text_input,
)
from bot.core.events import FormSubmitted
from bot.core.render import shorten
from bot.core.replies import View
from bot.features.decisions.messages.proposals import SAYS, body
from bot.features.decisions.modals import fields as field_blocks
from bot.features.decisions.rules.proposals import (
    COMMENT_LENGTH,
    LEAST_DAYS,
    MAX_REVIEWERS,
    MOST_DAYS,
    NAME_LENGTH,
    WORDS_LENGTH,
    Concern,
    Proposal,
    Terms,
    Vote,
    days_in,
    options_in,
)
from bot.features.decisions.rules.registry import Decision, Fields

FORM: Final = "decisions.propose_form"
CHANGE_FORM: Final = "decisions.change_form"
REVIEW_FORM: Final = "decisions.speak_form"
CONCERN_FORM: Final = "decisions.concern_form"
SETTLE_FORM: Final = "decisions.settle_form"
REOPEN_FORM: Final = "decisions.reopen_form"
WITHDRAW_FORM: Final = "decisions.withdraw_form"

OPTIONS: Final = "options"
REVIEWERS: Final = "reviewers"
CHANNEL: Final = "channel"
DAYS: Final = "days"
LAZY: Final = "lazy"
VOTE: Final = "vote"
WORDS: Final = "words"
NAME: Final = "name"
WHICH: Final = "which"
_SILENCE: Final = "silence"
LABEL: Final = 70
_HINTS: Final = {
    field_blocks.TITLE: "What you propose, in one sentence, as it would stand once accepted.",
    field_blocks.TEXT: "What is proposed, in the words that count.",
    field_blocks.CONTEXT: "What it is about, and what speaks for it.",
}
"""The fields about what is proposed, in order; what was considered and objected comes later."""
_VOTES: Final = {str(vote): label for vote, label in SAYS.items()}


def propose(fields: Fields, terms: Terms, *, channel_id: str | None, reference: str) -> View:
    """The form that proposes, and asks where."""
    where = channel_input(
        CHANNEL,
        "Where?",
        initial=channel_id,
        hint="A channel that you and I are in. The card stands there for everybody to see.",
    )
    blocks = _blocks(fields, terms, [where])
    return form("Propose a decision", FORM, blocks, submit="Propose", reference=reference)


def propose_in_thread(fields: Fields, terms: Terms, *, reference: str) -> View:
    """The same for a thread, in which the card will stand."""
    blocks = _blocks(fields, terms)
    return form("Propose a decision", FORM, blocks, submit="Propose", reference=reference)


def change(name: str, fields: Fields, terms: Terms, *, reference: str) -> View:
    """The form that changes the proposal of this name."""
    title, blocks = f"Change {name}", _blocks(fields, terms)
    return form(title, CHANGE_FORM, blocks, submit="Change it", reference=reference)


def review(decision: Decision, proposal: Proposal, vote: Vote, comment: str) -> View:
    """The form in which somebody reads a proposal and says what they think."""
    blocks = [
        *body(decision, proposal),
        choice_input("What do you say?", radio(VOTE, _VOTES, initial=vote or None)),
        text_input(
            WORDS,
            "Your comment",
            initial=comment,
            hint="For “Agree with comment”. Everybody in the channel sees it.",
            optional=True,
            multiline=True,
            max_length=COMMENT_LENGTH,
        ),
    ]
    title = f"Your vote on {decision.name}"
    return form(title, REVIEW_FORM, blocks, submit="Vote", reference=proposal.reference)


def concern(decision: Decision, proposal: Proposal) -> View:
    """The form that raises a concern."""
    blocks = [
        text_input(
            NAME,
            "A short name",
            hint="One or two words, so that people can talk about it.",
            max_length=NAME_LENGTH,
        ),
        text_input(
            WORDS,
            "What is your concern?",
            hint="What could go wrong, and what would settle it. It stays in the way until you "
            "settle it.",
            multiline=True,
            max_length=WORDS_LENGTH,
        ),
    ]
    title = f"A concern about {decision.name}"
    return form(title, CONCERN_FORM, blocks, submit="Raise it", reference=proposal.reference)


def settle(
    decision: Decision, concerns: Sequence[Concern], own: Collection[int], *, reference: str
) -> View:
    """The form that settles a concern; those that are not one's `own` it overrules."""
    has_others = any(each.serial not in own for each in concerns)
    hint = "For a concern of somebody else, write why an admin takes it out of the way."
    blocks = [
        choice_input("Which one?", _which(concerns)),
        text_input(
            WORDS,
            "How was it settled?",
            hint=hint if has_others else "",
            multiline=True,
            max_length=WORDS_LENGTH,
        ),
    ]
    title = f"Concerns about {decision.name}"
    return form(title, SETTLE_FORM, blocks, submit="Settle it", reference=reference)


def reopen(decision: Decision, concerns: Sequence[Concern], *, reference: str) -> View:
    """The form that puts a concern of one's own in the way again."""
    blocks: list[Block] = [choice_input("Which one?", _which(concerns))]
    title = f"Concerns about {decision.name}"
    return form(title, REOPEN_FORM, blocks, submit="Reopen it", reference=reference)


def withdraw(decision: Decision, *, reference: str) -> View:
    """The form that takes a proposal back."""
    why = text_input(
        WORDS,
        "Why?",
        hint="Everybody in the channel sees it.",
        multiline=True,
        max_length=WORDS_LENGTH,
    )
    title = f"Withdraw {decision.name}"
    return form(title, WITHDRAW_FORM, [why], submit="Withdraw it", reference=reference)


def read_terms(event: FormSubmitted) -> Terms | None:
    """What somebody filled in besides the fields of a decision; None: no such comment period."""
    days = days_in(event.values.get(DAYS, ""))
    if days is None:
        return None
    options = options_in(event.values.get(OPTIONS, ""))
    reviewers = event.chosen.get(REVIEWERS, ())
    return Terms(options, reviewers, days, is_lazy=_SILENCE in event.chosen.get(LAZY, ()))


def _blocks(fields: Fields, terms: Terms, where: Sequence[Block] = ()) -> list[Block]:
    """What is proposed, how it comes to a decision, and what else there is to say of it."""
    words = field_blocks.words(fields, _HINTS)
    return [*words, *_terms(terms), *where, *field_blocks.details(fields)]


def _terms(terms: Terms) -> list[Block]:
    lazy = checkboxes(
        LAZY,
        {_SILENCE: "Silence counts as agreement"},
        initial=[_SILENCE] if terms.is_lazy else (),
    )
    return [
        text_input(
            OPTIONS,
            "Options you weighed",
            initial="\n".join(terms.options),
            hint="One on each line. Which one you propose, the decision itself says.",
            optional=True,
            multiline=True,
        ),
        people_input(
            REVIEWERS,
            "Reviewers",
            initial=terms.reviewers,
            most=MAX_REVIEWERS,
            hint="Whose agreement counts. Others can join them and raise concerns.",
        ),
        number_input(
            DAYS,
            "Comment period in working days",
            initial=terms.days,
            least=LEAST_DAYS,
            most=MOST_DAYS,
            hint="Of each reviewer's own; leave and holidays extend it. A close that was shown "
            "never moves earlier, also not with fewer days.",
        ),
        choice_input(
            "If reviewers say nothing",
            lazy,
            hint="Only for what can be undone. Otherwise a majority has to agree.",
            optional=True,
        ),
    ]


def _which(concerns: Sequence[Concern]) -> dict[str, object]:
    options = {
        str(each.serial): shorten(f"{each.serial}. {each.name}", LABEL) for each in concerns[:10]
    }
    return radio(WHICH, options, initial=next(iter(options)))
