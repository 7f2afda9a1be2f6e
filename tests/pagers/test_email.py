"""E-mail, handed in at a local mail server that insists on encryption and a login."""

import socket
from dataclasses import replace
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.clock import monotonic
from bot.core.errors import BatonError, PagerOutcomeUnknown, PagerRefused, PagerUnavailable
from bot.core.ports import Notice
from bot.pagers.email import SECONDS, Email, server
from tests.support.mail_server import SENDER, Mail, MailServer

ANA = "ana+pager@acme.example"
SHORT = 2.0
"""Seconds: enough for a busy machine, and where nothing comes not long to wait."""


def _email(mail: MailServer, seconds: float = SECONDS) -> Email:
    return Email(server(mail.url), mail.trusted, seconds=seconds)


def _only(mail: MailServer) -> Mail:
    (taken,) = mail.post.mails
    return taken


def test_a_mail_that_is_taken_is_handed_in_once(mail: MailServer, notice: Notice) -> None:
    _email(mail).call(notice, ANA)
    taken = _only(mail)
    assert (taken.sender, taken.recipients) == (SENDER, [ANA])
    assert taken.message["From"] == f"Baton <{SENDER}>"
    assert taken.message["To"] == ANA
    assert taken.message["Subject"] == notice.subject
    assert parsedate_to_datetime(taken.message["Date"]) is not None
    wanted = f"{notice.text}\n\nSay that you are on it: {notice.link}\n"
    assert taken.message.get_content().replace("\r\n", "\n") == wanted


def test_the_same_attempt_has_the_same_id_and_a_page_is_one_conversation(
    mail: MailServer, notice: Notice
) -> None:
    for each in (notice, notice, replace(notice, key="another")):
        _email(mail).call(each, ANA)
    messages = [taken.message for taken in mail.post.mails]
    first, again, other = (message["Message-ID"] for message in messages)
    assert first == again != other
    assert first.endswith("@acme.example>")
    assert notice.key not in first
    assert len({message["References"] for message in messages}) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "means", "code"),
    [
        ("MAIL 421 busy canary", PagerUnavailable, "(421)"),
        ("RCPT 550 canary unknown", PagerRefused, "(550)"),
        ("RCPT 450 later", PagerUnavailable, "(450)"),
        ("DATA 451 later", PagerUnavailable, "(451)"),
        ("DATA 554 spam", PagerRefused, "(554)"),
        ("DATA hello canary", PagerOutcomeUnknown, "(-1)"),
        ("DATA cut", PagerOutcomeUnknown, "(SMTPServerDisconnected)"),
        ("DATA silent", PagerOutcomeUnknown, "(SMTPServerDisconnected)"),
        ("DATA slow", PagerOutcomeUnknown, "(SMTPServerDisconnected)"),
    ],
)
def test_an_answer_that_is_no_yes_is_told_by_its_code_and_nothing_else(
    answer: str, means: type[BatonError], code: str, mail: MailServer, notice: Notice
) -> None:
    step, _, said = answer.partition(" ")
    mail.post.answers[step] = said
    began = monotonic()
    with pytest.raises(means) as problem:
        _email(mail, SHORT).call(notice, ANA)
    assert monotonic() - began < SECONDS
    assert problem.value.detail == code
    assert mail.post.mails == []


def test_a_wrong_password_is_refused(mail: MailServer, notice: Notice) -> None:
    wrong = replace(server(mail.url), password="another")
    with pytest.raises(PagerRefused, match="535"):
        Email(wrong, mail.trusted).call(notice, ANA)


def test_a_certificate_of_nobody_we_know_gets_neither_mail_nor_password(
    mail: MailServer, notice: Notice
) -> None:
    with pytest.raises(PagerUnavailable, match="SSLCertVerificationError"):
        Email(server(mail.url)).call(notice, ANA)


def test_a_certificate_for_another_host_does_not_count(mail: MailServer, notice: Notice) -> None:
    elsewhere = replace(server(mail.url), host="localhost")
    with pytest.raises(PagerUnavailable, match="SSLCertVerificationError"):
        Email(elsewhere, mail.trusted).call(notice, ANA)


@pytest.mark.parametrize("scheme", ["smtps", "smtp+starttls"])
def test_where_nobody_answers_nobody_was_reached(scheme: str, notice: Notice) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        where = server(f"{scheme}://127.0.0.1:{port}?from={SENDER}")
        with pytest.raises(PagerUnavailable):
            Email(where, seconds=SHORT / 4).call(notice, ANA)
    with pytest.raises(PagerUnavailable, match="ConnectionRefusedError"):
        Email(where, seconds=SHORT / 4).call(notice, ANA)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@acme.example\nBcc: eve@evil.example",
        "ana@acme.example, eve@evil.example",
        "<ana@acme.example>",
        "ana@acme.example> RCPT TO:<eve@evil.example",
        "änä@acme.example",
        '"a b"@acme.example',
    ],
)
def test_what_is_no_address_gets_no_mail(address: str, mail: MailServer, notice: Notice) -> None:
    with pytest.raises(PagerRefused):
        _email(mail).call(notice, address)
    assert mail.post.mails == []


@pytest.mark.slow
@given(st.text(max_size=400), st.text(max_size=400))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_becomes_a_header(
    mail: MailServer, notice: Notice, subject: str, text: str
) -> None:
    mail.post.mails.clear()
    _email(mail).call(replace(notice, subject=f"a{subject}\r\nBcc: eve@evil.example"), ANA)
    _email(mail).call(replace(notice, text=f"{text}\r\n.\r\nMAIL FROM:<eve@evil.example>"), ANA)
    plain, tricky = (taken.message for taken in mail.post.mails)
    assert plain.keys() == tricky.keys()
    assert plain["Bcc"] is None
    assert [taken.recipients for taken in mail.post.mails] == [[ANA], [ANA]]
    assert "Bcc: eve@evil.example" in plain["Subject"] or len(subject) > 50
    assert "MAIL FROM:<eve@evil.example>" in tricky.get_content()


def test_a_test_says_so(mail: MailServer, notice: Notice) -> None:
    _email(mail).call(replace(notice, is_test=True), ANA)
    message = _only(mail).message
    assert message["Subject"].startswith("[Test] ")
    assert message.get_content().startswith("This is only a test.")
