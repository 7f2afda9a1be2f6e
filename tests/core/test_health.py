"""Whether a process can do its work, and which part keeps it from that."""

import pytest
from sqlalchemy import Connection, event, text

from bot.core import breakers, schema
from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.errors import SlackUnreachable
from bot.core.health import Health, Report, Stage
from tests.support.shut_door import ShutDoor


def _health(bot: Bot) -> Health:
    health = Health(bot)
    health.stage = Stage.RUNNING
    return health


def _report(health: Health) -> Report:
    looking = health.look()
    looking.exception(10)
    return health.report(looking)


def _revision(bot: Bot, revision: str) -> None:
    with bot.database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": revision})


def test_all_is_well(bot: Bot) -> None:
    report = _report(_health(bot))
    assert report.is_ready
    assert report.text == "ready\nprocess: running\ndatabase: takes writes\nslack: answers\n"


def test_a_process_that_starts_or_stops_is_not_ready(bot: Bot) -> None:
    health = Health(bot)
    assert not _report(health).is_ready
    health.stage = Stage.STOPPING
    assert not _report(health).is_ready
    assert "process: stopping" in _report(health).text


def test_f16_while_slack_is_down_it_is_degraded_and_stays_ready(bot: Bot) -> None:
    with bot.database.transaction() as session:
        for _ in range(breakers.TRIPS_AFTER):
            breakers.note(session, "T1", SlackUnreachable(), now=bot.machine_clock.now())
    report = _report(_health(bot))
    assert report.is_ready
    assert report.text.startswith("degraded\n")
    assert "slack: is not well in 1 workspace" in report.text


def test_f16_until_slack_has_answered_at_all_it_is_degraded_and_says_so(bot: Bot) -> None:
    health = Health(bot)
    health.stage = Stage.WAITING
    report = _report(health)
    assert report.is_ready
    assert report.text.startswith("degraded\n")
    assert "slack: has not answered yet" in report.text


def test_a_database_that_takes_no_writes_is_not_ready(bot: Bot) -> None:
    def refuse(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
        elif not connection.get_execution_options().get("baton_read_only"):
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("INSERT INTO nowhere VALUES (1)")

    event.listen(bot.database.engine, "begin", refuse)
    report = _report(_health(bot))
    event.remove(bot.database.engine, "begin", refuse)
    assert not report.is_ready
    assert report.text.startswith("not ready\n")
    assert "database:" in report.text


def test_a_database_that_does_not_answer_is_told_without_waiting_for_it(bot: Bot) -> None:
    health = _health(bot)
    with bot.database.transaction() as session:
        session.execute(text("UPDATE alembic_version SET version_num = version_num"))
        looking = health.look()
        if bot.database.dialect == "sqlite":  # its writers wait for one another
            report = health.report(looking)
            assert not report.is_ready
            assert "does not answer within" in report.text
    looking.exception(10)
    assert health.report(looking).is_ready


def test_older_tables_are_not_enough(bot: Bot) -> None:
    _revision(bot, "0001")
    report = _report(_health(bot))
    _revision(bot, schema.REVISION)
    assert not report.is_ready
    assert "baton migrate" in report.text


def test_while_a_newer_version_is_rolled_out_what_runs_goes_on(bot: Bot) -> None:
    _revision(bot, "9999")
    report = _report(_health(bot))
    _revision(bot, schema.REVISION)
    assert report.is_ready
    assert "schema: newer than this version" in report.text


def test_who_cannot_store_what_comes_is_not_ready(database_url: str) -> None:
    database = ShutDoor(database_url)
    if database.dialect == "sqlite":
        pytest.skip("nothing can be stored while all else goes on: one file, one way in")
    bot = Bot(database, SystemClock(), SystemClock())
    database.is_shut = True
    health = _health(bot)
    assert _report(health).is_ready, "a process that takes nothing in stores nothing"
    health = _health(bot)
    health.takes_in = True
    report = _report(health)
    assert not report.is_ready
    assert "database: " in report.text
    database.close()
