"""Whoever is woken up by e-mail says that they are on it by the link in it."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from bot.core.encryption import new_key
from bot.playground.client import Person
from tests.support.databases import Rows, fill
from tests.support.pagers import NotingPager, set_up
from tests.support.pages import pages_somebody
from tests.support.ports import free_port
from tests.support.town import Town, town


@pytest.fixture
def email() -> NotingPager:
    return NotingPager("email")


@pytest.fixture
def linked(database_url: str, acquaintance: Rows, email: NotingPager) -> Iterator[Town]:
    """A town that is reached from outside of Slack, though its events come over sockets."""
    fill(database_url, acquaintance)
    port = free_port()
    address = {"baton_public_url": f"http://127.0.0.1:{port}", "port": port}
    given = address | {"baton_encryption_keys": new_key()}
    with town(database_url, settings=given, register=set_up(email)) as living:
        _confirm(living, living.priya, email)
        yield living


def test_a_link_acknowledges_once_and_everybody_sees_it(linked: Town, email: NotingPager) -> None:
    pages_somebody(linked, linked.tom, "Priya")
    notice, to = email.calls[-1]
    assert to == "priya@example.com"
    with httpx2.Client(trust_env=False) as phone:
        shown = phone.get(notice.link)
        assert shown.status_code == 200
        assert "Tom needs you" in shown.text
        assert "Nobody can sign up" in shown.text
        linked.settle()
        assert not [text for text in linked.writes_to(linked.tom) if "is on it" in text]
        pressed = phone.post(notice.link)
        assert "You are on it" in pressed.text
        again = phone.post(notice.link)
        assert again.status_code == 200
        assert "You are on it" in again.text
        assert "<button" not in again.text
    told = [text for text in linked.writes_to(linked.tom) if "@Priya is on it" in text]
    assert len(told) == 1
    sent = len(email.calls)
    linked.advance(minutes=20)
    assert len([each for each, _ in email.calls[sent:] if each.act == "trigger"]) == 0


def test_whoever_presses_second_is_told_who_has_it(linked: Town, email: NotingPager) -> None:
    pages_somebody(linked, linked.tom, "Priya")
    link = email.calls[-1][0].link
    linked.priya.presses("I'm on it")
    linked.settle()
    with httpx2.Client(trust_env=False) as phone:
        assert "You are on it" in phone.get(link).text
        assert "You are on it" in phone.post(link).text
    assert len([text for text in linked.writes_to(linked.tom) if "is on it" in text]) == 1


def _confirm(town: Town, person: Person, email: NotingPager) -> None:
    person.types("#infra", "/redphone contact")
    town.settle()
    person.presses("Add an e-mail address…")
    person.fills_in({"Your e-mail address": "priya@example.com"})
    town.settle()
    found = re.search(r"Your code is (\d+ \d+)\.", email.calls[-1][0].text)
    assert found
    person.fills_in({"The six digits": found[1]})
    town.settle()
