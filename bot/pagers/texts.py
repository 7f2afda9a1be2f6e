"""What is said outside of Slack: plain text, without anything that cannot be seen or spoken."""

from typing import Final

from bot.core.ports import Act, Notice
from bot.core.render import clean, cut, shorten

TEST: Final = "[Test]"
LONGEST_SUBJECT: Final = 200
LONGEST_TEXT: Final = 4_000
LONGEST_SMS: Final = 300
LONGEST_SPEECH: Final = 600
OPEN: Final = "Say that you are on it: {link}"
IN_SLACK: Final = "Say in Slack that you are on it: an answer to this reaches nobody."
SPOKEN: Final = "Say in Slack that you are on it. This call cannot take your answer."
THIS_IS: Final = "This is Baton, for your team."
A_TEST: Final = "This is only a test."


def subject(notice: Notice, limit: int = LONGEST_SUBJECT) -> str:
    """The subject on one line; that of a test says so."""
    said = line(notice.subject, limit - len(TEST) - 1)
    return f"{TEST} {said}" if notice.is_test else said


def line(text: str, limit: int) -> str:
    """At most `limit` characters on one line."""
    return shorten(clean(text), limit)


def body(notice: Notice) -> str:
    """The text, and how to answer; it ends with a new line."""
    parts = [A_TEST] if notice.is_test else []
    parts += [cut(notice.text, LONGEST_TEXT), answering(notice)]
    return "\n\n".join(filter(None, parts)) + "\n"


def answering(notice: Notice) -> str:
    """How to say that one is on it; empty: there is nothing to be on."""
    if notice.act != Act.TRIGGER:
        return ""
    return OPEN.format(link=notice.link) if notice.link else IN_SLACK


def short(notice: Notice) -> str:
    """A subject, as much of the text as a phone shows, and how to answer."""
    said = line(notice.text, LONGEST_SMS)
    return "\n".join(filter(None, [subject(notice, LONGEST_SMS), said, answering(notice)]))


def spoken(notice: Notice) -> str:
    """What a voice reads aloud: no address, and how to answer."""
    opening = f"{THIS_IS} {A_TEST}" if notice.is_test else THIS_IS
    said = [line(text, LONGEST_SPEECH) for text in (notice.subject, notice.text)]
    sentences = [text.rstrip(".!? ") + "." for text in said if text]
    ending = SPOKEN if notice.act == Act.TRIGGER else ""
    return " ".join(filter(None, [opening, *sentences, ending]))
