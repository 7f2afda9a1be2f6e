"""What people read about their own addresses outside of Slack."""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.addresses import EMAIL, PHONE
from bot.core.blocks import Element, Message, actions, button, confirmed, context, section
from bot.core.render import Mrkdwn, join, mrkdwn
from bot.features.redphone.rules.addresses import CODE_LASTS, Shown, Wrong
from bot.features.redphone.rules.policies import Way

ENTER: Final = "redphone.enter_address"
TYPE_CODE: Final = "redphone.type_code"
SEND_CODE: Final = "redphone.send_code"
TRY: Final = "redphone.try_address"
REMOVE: Final = "redphone.remove_address"
USAGE: Final = "contact"

NAMES: Final[Mapping[str, str]] = {EMAIL: "E-mail", PHONE: "Phone"}
_ADD: Final = {EMAIL: "Add an e-mail address…", PHONE: "Add a phone number…"}
_NEW_CODE: Final = {
    Way.EMAIL: "Send a new code",
    Way.SMS: "Text me a new code",
    Way.VOICE: "Call me with a new code",
}
_TEST: Final = {
    Way.EMAIL: "Send me a test",
    Way.SMS: "Text me a test",
    Way.VOICE: "Call me as a test",
}
_WHAT: Final = {
    Way.EMAIL: "the e-mail",
    Way.SMS: "the text message",
    Way.VOICE: "the call",
}
WRONG: Final[Mapping[Wrong, str]] = {
    Wrong.NO_EMAIL: "This does not look like an e-mail address, e.g. ana@example.com.",
    Wrong.NO_COUNTRY: "Please begin with a plus and your country's code, e.g. +49 151 23456789.",
    Wrong.NO_NUMBER: "This does not look like a phone number, e.g. +49 151 23456789.",
}
MINUTES: Final = int(CODE_LASTS.total_seconds()) // 60
CODE_SUBJECT: Final = "Your code for the red phone"
TEST_SUBJECT: Final = "The red phone reaches you here"
TEST_TEXT: Final = "You asked for this in Slack. Nothing is wrong, and there is nothing to do."
HINT: Final = (
    "Slack alone cannot break through “do not disturb”. `/redphone contact` adds an e-mail "
    "address or a phone number at which pages reach you, too."
)
ON_CALL: Final = (
    "You are on call, and Slack alone cannot break through “do not disturb”: add at least one."
)
NOT_SET_UP: Final = (
    "Pages reach you in Slack only: e-mail, text messages and calls are not set up here. Whoever "
    "runs Baton can do that; the README says how, under “The red phone”."
)
MEMBERS_ONLY: Final = "Only full members of this workspace can be paged, so I keep no address."
SENT_ENOUGH: Final = "That was three within an hour. You can have another one {at}."
NOTHING_WAITS: Final = "There is no address to confirm any more. `/redphone contact` adds one."
WRONG_CODE: Final = "That is not the code I sent. You can try {left} more times."
LAST_TRY: Final = "That is not the code I sent. You can try once more."
CODE_IS_OVER: Final = (
    "This code is no longer good: it was too old, or tried too often. Type /redphone contact and "
    "have a new one sent."
)


def code(spelled: str) -> str:
    """What goes to an address so that it is confirmed."""
    return (
        f"Your code is {spelled}. It is good for {MINUTES} minutes. Type it in Slack, where you "
        "asked for it. If you did not ask for it, you need not do anything."
    )


def contact(found: Sequence[Shown], note: str = "") -> Message:
    """What is known of the reader's addresses, and what they can do about them."""
    lead = mrkdwn(
        "*Where a page reaches you outside of Slack.* Only you see this, and only pages, codes "
        "and tests go there."
    )
    lines = [_line(each) for each in found]
    parts = [lead, *lines]
    blocks = [section(lead)]
    for each, line in zip(found, lines, strict=True):
        blocks += [section(line), actions(_buttons(each))]
    if note:
        blocks.append(context(_said(note)))
        parts.append(_said(note))
    return Message(join("\n", parts), blocks)


def said(sentence: str) -> Message:
    """One sentence."""
    return Message(_said(sentence))


def code_is_on_its_way(address: str) -> str:
    """The code goes there now; `address` is masked."""
    return f"A code is on its way to {address}. It is good for {MINUTES} minutes."


def test_is_on_its_way(address: str) -> str:
    """A test goes there now; `address` is masked."""
    return f"A test is on its way to {address}."


def is_confirmed(address: str) -> str:
    """From now on a page reaches them there, too."""
    return f"Confirmed: from now on a page reaches you at {address}, too."


def wrong_code(left: int) -> str:
    """Under the field."""
    return LAST_TRY if left == 1 else WRONG_CODE.format(left=left)


def not_sent(way: Way) -> Message:
    """What they asked for did not go out."""
    text = mrkdwn(
        "I could not send {what} you asked for. Is the address right? `/redphone contact` shows "
        "it, and sends again.",
        what=_WHAT[way],
    )
    return Message(text, [section(text)])


def _line(one: Shown) -> Mrkdwn:
    name = mrkdwn("*{name}:*", name=NAMES[one.kind])
    if one.address and one.wanted:
        told = mrkdwn(
            "{address}, confirmed. {wanted} takes its place once you type its code.",
            address=one.address,
            wanted=one.wanted,
        )
    elif one.address:
        told = mrkdwn("{address}, confirmed.", address=one.address)
    elif one.wanted:
        told = mrkdwn("{wanted} waits for its code, and is not used before.", wanted=one.wanted)
    else:
        told = mrkdwn("none yet.")
    return join(" ", [name, told])


def _buttons(one: Shown) -> list[Element]:
    found: list[Element] = []
    if one.has_code:
        found.append(button("Type the code…", TYPE_CODE, one.kind, style="primary"))
    if one.wanted:
        found += [button(_NEW_CODE[way], SEND_CODE, f"{one.kind}:{way}") for way in one.ways]
    elif one.address:
        found += [button(_TEST[way], TRY, f"{one.kind}:{way}") for way in one.ways]
    has_any = bool(one.address or one.wanted)
    found.append(button("Change…" if has_any else _ADD[one.kind], ENTER, one.kind))
    if has_any:
        found.append(_remove(one.kind))
    return found


def _remove(kind: str) -> Element:
    return confirmed(
        button("Remove", REMOVE, kind),
        "Remove it?",
        "A page does not reach you there any more.",
        yes="Remove",
        no="Keep it",
    )


def _said(sentence: str) -> Mrkdwn:
    return mrkdwn("{sentence}", sentence=sentence)
