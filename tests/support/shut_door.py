"""A database that takes in nothing of what comes, while all else goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from bot.core.db import Database


class ShutDoor(Database):
    """Nothing can be stored of what comes, while all else goes on."""

    is_shut = False

    @contextmanager
    def accepting(self) -> Iterator[Connection]:
        if self.is_shut:
            raise OperationalError("connect", None, Exception("too many clients already"))
        with super().accepting() as connection:
            yield connection
