"""Servers to reach people by, and what is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.ports import Act, Notice
from tests.support.mail_server import MailServer
from tests.support.pagers_api import PagersApi


@pytest.fixture
def api() -> Iterator[PagersApi]:
    with PagersApi() as running:
        yield running


@pytest.fixture(params=["smtp+starttls", "smtps"])
def mail(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MailServer]:
    with MailServer(tmp_path, request.param) as running:
        yield running


@pytest.fixture
def notice() -> Notice:
    return Notice(
        key="redphone:p1:1:sms:U1",
        incident="redphone:p1",
        act=Act.TRIGGER,
        subject="Production down: the shop shows 500",
        text="Nobody can pay.\nIt hurts: all orders.\nTom paged you.",
        link="https://baton.example/l/token",
        details={"caller": "Tom"},
    )
