"""What can go wrong, as nouns; an error's docstring is its sentence."""

from datetime import timedelta


class BatonError(Exception):
    """Something went wrong."""

    def __init__(self, detail: str = "") -> None:
        sentence = (type(self).__doc__ or "").partition("\n")[0]
        super().__init__(f"{sentence} {detail}".strip())
        self.detail = detail


class SlackError(BatonError):
    """Slack did not do what was asked.

    `code` says why in a few words, none of them anybody's.
    """

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.code = detail.strip("()")


class SlackUnreachable(SlackError):
    """Slack could not be reached; nothing was sent."""


class SlackOutcomeUnknown(SlackError):
    """Slack was asked but the answer was lost; it may or may not have acted."""


class SlackDown(SlackOutcomeUnknown):
    """Slack failed, or did not answer in time; it may or may not have acted."""


class SlackRateLimited(SlackError):
    """Slack asked for a pause."""

    def __init__(self, retry_after: timedelta) -> None:
        super().__init__(f"({retry_after.total_seconds():.0f} s)")
        self.retry_after = retry_after


class SlackAtRest(SlackRateLimited):
    """Slack was not well, so it is left alone for a while; nothing was sent."""


class SlackRefused(SlackError):
    """Slack refused.

    `code` is Slack's own error code, e.g. channel_not_found.
    """

    def __init__(self, code: str, more: str = "") -> None:
        super().__init__(f"({code} {more})" if more else f"({code})")
        self.code = code


class SlackTokenDead(SlackRefused):
    """Slack no longer accepts the token of this workspace."""


class SlackTokenMissing(SlackTokenDead):
    """There is no token for this workspace that Slack takes; nothing was sent."""


class SlackAppTokenDead(SlackRefused):
    """Slack does not take SLACK_APP_TOKEN: the app's page, Basic Information, makes a new one."""


class SlackScopeMissing(SlackRefused):
    """The app was not granted a scope it needs; update it from the manifest and reinstall it."""


class CannotDecrypt(BatonError):
    """What is kept encrypted cannot be read: check BATON_ENCRYPTION_KEYS."""


class PagerUnavailable(BatonError):
    """Somebody cannot be reached this way now, and was not: try another way."""


class PagerOutcomeUnknown(BatonError):
    """The answer of a pager was lost; it may or may not have reached somebody."""


class PagerRefused(BatonError):
    """A pager does not take it: check its settings, or the address."""


class CalendarUnavailable(BatonError):
    """A calendar does not answer now; it is tried again."""


class CalendarRefused(BatonError):
    """A calendar cannot be taken: check its address."""


class ChartNotDrawn(BatonError):
    """A chart could not be drawn: see `baton doctor`."""


class RecordUnavailable(BatonError):
    """The system of record does not answer now; it is tried again.

    `retry_after` is how long it asked to be left alone.
    """

    def __init__(self, detail: str = "", retry_after: timedelta | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after


class RecordConflict(BatonError):
    """Somebody else wrote to the system of record at the same time."""


class RecordRefused(BatonError):
    """The system of record does not take it: check its settings."""


class LeaseLost(BatonError):
    """Another worker took this piece of work over; what was done with it does not count."""


class DatabaseUnreachable(BatonError):
    """The database cannot be opened: check DATABASE_URL and that the server runs."""


class DatabaseBusy(BatonError):
    """The database is busy just now: try again in a moment."""


class TooMuchWaits(BatonError):
    """More waits to be stored than can be in time."""


class DatabaseMissing(BatonError):
    """There is no database yet: `baton run` makes it, or `baton migrate`."""


class SchemaOutdated(BatonError):
    """The database has an older schema than this version needs: run `baton migrate`."""


class SchemaNewer(BatonError):
    """The database has a newer schema than this version knows: run the newer version."""


class DatabaseInUse(BatonError):
    """Baton or somebody else uses the database: stop them first."""


class BackupExists(BatonError):
    """There is a file of that name already: choose another one."""


class BackupIsFolder(BatonError):
    """A folder has that name: name a file in it."""


class BackupMissing(BatonError):
    """There is no such file."""


class BackupUnusable(BatonError):
    """This file is no whole backup of Baton's."""


class UnsafeDatabase(BatonError):
    """The database may lose what it has confirmed."""


class PortTaken(BatonError):
    """The address to listen on is not free: set HOST and PORT to another one."""


class NoDeadLetter(BatonError):
    """There is no single dead letter with this id: see `baton dead-letters list`."""


class UnknownWorkspace(BatonError):
    """No workspace with this id is installed."""


class WorkspaceGone(BatonError):
    """Baton is not installed in this workspace any more."""


class TokenUnreadable(SlackUnreachable):
    """The token of this workspace cannot be decrypted: check BATON_ENCRYPTION_KEYS."""


class UnknownCrashPoint(BatonError):
    """BATON_CRASH_AT names no known point."""


class RowUnfit(BatonError):
    """This row cannot be judged."""


class NoJudge(BatonError):
    """No feature has a judge of this name."""


class NoReplayer(BatonError):
    """No feature has rules of this name that can be run over talk that is over."""


class NoRule(BatonError):
    """There is no rule of this name."""


class NothingToReplay(BatonError):
    """There is no message of a person in it: nothing was looked at."""


class FileUnreadable(BatonError):
    """The file to read cannot be read."""


class FileUnwritable(BatonError):
    """The file to write cannot be written."""


class NothingToJudge(BatonError):
    """The file has no rows: there is nothing to judge."""
