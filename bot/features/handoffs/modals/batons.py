"""The forms about a baton."""

from typing import Final

from bot.core.blocks import Block, form, notice, person_input, section, text_input
from bot.core.render import Mention, Mrkdwn, mrkdwn
from bot.core.replies import View
from bot.features.handoffs.rules.batons import TEXT_LENGTH
from bot.features.handoffs.rules.shown import BatonShown

ASK_FORM: Final = "handoffs.ask_back_form"
SEND_FORM: Final = "handoffs.send_on_form"
AGAIN_FORM: Final = "handoffs.offer_again_form"
WORDS: Final = "words"
WHOM: Final = "whom"


def ask_back(shown: BatonShown) -> View:
    """The form that returns a baton with a question."""
    text = "*{what}*\nI ask {who} in the channel, in your name. With the answer it is yours again."
    blocks = [
        section(mrkdwn(text, what=shown.what, who=Mention(shown.sender_id))),
        text_input(
            WORDS, "What do you need to know first?", multiline=True, max_length=TEXT_LENGTH
        ),
    ]
    return form("Ask back", ASK_FORM, blocks, submit="Ask", reference=shown.id)


def send_on(shown: BatonShown) -> View:
    """The form that passes a baton on."""
    words = text_input(
        WORDS,
        "What should they know?",
        hint="Everybody in the channel sees it.",
        optional=True,
        multiline=True,
        max_length=TEXT_LENGTH,
    )
    blocks = [section(mrkdwn("*{what}*", what=shown.what)), _whom(), words]
    return form("Pass on", SEND_FORM, blocks, submit="Pass on", reference=shown.id)


def offer_again(shown: BatonShown) -> View:
    """The form that offers a baton again that came back."""
    blocks = [section(mrkdwn("*{what}*", what=shown.what)), _whom()]
    return form("Offer it again", AGAIN_FORM, blocks, submit="Offer it", reference=shown.id)


def told(title: str, text: Mrkdwn) -> View:
    """What became of it."""
    return notice(title, [section(text)])


def _whom() -> Block:
    hint = "Empty: whoever is next in the chain."
    return person_input(WHOM, "Who carries it on?", hint=hint, optional=True)
