"""The forms about a page that somebody is on."""

from collections.abc import Mapping
from typing import Final

from bot.core.blocks import (
    Block,
    choice_input,
    form,
    notice,
    people_input,
    section,
    select,
    text_input,
)
from bot.core.render import Mrkdwn, Quote, mrkdwn
from bot.core.replies import View

UPDATE_FORM: Final = "redphone.update_form"
RESOLVE_FORM: Final = "redphone.resolve_form"
INVITE_FORM: Final = "redphone.invite_form"
HAND_OVER_FORM: Final = "redphone.hand_over_form"
WORDS: Final = "words"
WHO: Final = "who"
ROTATION: Final = "rotation"
TO: Final = "to"
LONGEST: Final = 2_000


def update(page_id: str, what: str) -> View:
    """How it goes."""
    words = text_input(
        WORDS,
        "How does it go?",
        hint="Everybody who sees the page's card reads it.",
        multiline=True,
        max_length=LONGEST,
    )
    return form("Update", UPDATE_FORM, [_about(what), words], submit="Post", reference=page_id)


def resolve(page_id: str, what: str) -> View:
    """What it was."""
    words = text_input(
        WORDS,
        "What was it, and what was done?",
        hint="A sentence is enough. Everybody who sees the page's card reads it.",
        multiline=True,
        max_length=LONGEST,
    )
    return form("Resolve", RESOLVE_FORM, [_about(what), words], submit="Resolve", reference=page_id)


def invite(page_id: str, what: str, rotations: Mapping[str, str], most: int) -> View:
    """Who helps."""
    people = people_input(
        WHO,
        "Who joins you?",
        most=most,
        hint="They are paged at any hour, in Slack and wherever else they can be reached.",
        optional=bool(rotations),
    )
    blocks = [_about(what), people]
    if rotations:
        chosen = select(ROTATION, rotations, placeholder="Nobody")
        blocks.append(choice_input("Or whoever is on call", chosen, optional=True))
    return form("Join me", INVITE_FORM, blocks, submit="Ask them", reference=page_id)


def hand_over(page_id: str, what: str, others: Mapping[str, str]) -> View:
    """Who has it from then on."""
    chosen = choice_input("Who has it from now on?", select(TO, others))
    blocks = [_about(what), chosen]
    return form("Hand over", HAND_OVER_FORM, blocks, submit="Hand over", reference=page_id)


def told(title: str, *lines: Mrkdwn) -> View:
    """What became of it."""
    return notice(title, [section(each) for each in lines if each])


def _about(what: str) -> Block:
    return section(mrkdwn("{what}", what=Quote(what)))
