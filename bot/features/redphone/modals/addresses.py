"""The forms in which people enter their own address, and confirm it."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.addresses import EMAIL, PHONE
from bot.core.blocks import choice_input, context, form, notice, radio, section, text_input
from bot.core.render import mrkdwn
from bot.core.replies import View
from bot.features.redphone.messages import addresses as messages
from bot.features.redphone.rules.addresses import LONGEST_EMAIL
from bot.features.redphone.rules.policies import Way

ADDRESS_FORM: Final = "redphone.address_form"
CODE_FORM: Final = "redphone.code_form"
ADDRESS: Final = "address"
WAY: Final = "way"
CODE: Final = "code"
TITLE: Final = "Reach me"
_LABELS: Final[Mapping[str, str]] = {EMAIL: "Your e-mail address", PHONE: "Your phone number"}
_HINTS: Final[Mapping[str, str]] = {
    EMAIL: "One that rings or shows up on your phone is best.",
    PHONE: "With your country's code, e.g. +49 151 23456789.",
}
_BY: Final[Mapping[Way, str]] = {
    Way.EMAIL: "By e-mail",
    Way.SMS: "As a text message",
    Way.VOICE: "By a call that reads it aloud",
}


def enter(kind: str, ways: Sequence[Way]) -> View:
    """Asks for an address; where there are several ways, by which one the code shall come."""
    fields = [
        text_input(ADDRESS, _LABELS[kind], hint=_HINTS[kind], max_length=LONGEST_EMAIL),
    ]
    if len(ways) > 1:
        by = radio(WAY, {way.value: _BY[way] for way in ways}, initial=ways[0].value)
        fields.append(choice_input("How shall your code come?", by))
    fields.append(
        context(
            mrkdwn(
                "It is kept encrypted and shown to nobody. Only pages, codes and tests go there; "
                "you can remove it at any time."
            )
        )
    )
    return form(TITLE, ADDRESS_FORM, fields, submit="Send me a code", reference=kind)


def type_code(kind: str, address: str) -> View:
    """Asks for the code that went to an address, which is masked."""
    told = mrkdwn("{told}", told=messages.code_is_on_its_way(address))
    code = text_input(CODE, "The six digits", max_length=20)
    return form(TITLE, CODE_FORM, [section(told), code], submit="Confirm", reference=kind)


def told(sentence: str) -> View:
    """What came of it."""
    return notice(TITLE, [section(mrkdwn("{sentence}", sentence=sentence))])
