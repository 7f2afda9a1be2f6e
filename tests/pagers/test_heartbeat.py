"""The address outside that is called while all is well."""

import pytest

from bot.pagers.heartbeat import WebHeartbeat
from tests.support.local_api import Answer, Fault
from tests.support.pagers_api import PagersApi


def test_it_is_heard(api: PagersApi) -> None:
    assert WebHeartbeat(f"{api.url}/beat").beat()
    assert api.lines() == ["GET /beat"]


def test_where_only_posts_are_taken_it_posts(api: PagersApi) -> None:
    api.faults.append(Fault(Answer({}, 405), "GET"))
    assert WebHeartbeat(f"{api.url}/beat").beat()
    assert api.lines() == ["GET /beat", "POST /beat"]


@pytest.mark.parametrize(
    "answer", [Answer({}, 500), Answer({}, 302, {"location": "/beat"}), Answer({}, is_lost=True)]
)
def test_it_is_told_when_it_was_not_heard(answer: Answer, api: PagersApi) -> None:
    api.faults.append(Fault(answer))
    assert not WebHeartbeat(f"{api.url}/beat").beat()
    assert len(api.journal) == 1
