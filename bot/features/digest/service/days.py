"""What pull requests tell of somebody's day: those that wait for them, and their own."""

from collections.abc import Iterator

from bot.core import channels, people
from bot.core.days import Day, DayItem, DayKind
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.messages import days as messages
from bot.features.digest.queries import apps as queries
from bot.features.digest.queries import logins
from bot.features.digest.rules import logins as login_rules
from bot.features.digest.rules import reviews as rules
from bot.features.digest.rules.apps import AppMessage
from bot.features.digest.rules.logins import GITHUB
from bot.features.digest.service import reviews


def of_day(uow: UnitOfWork, day: Day) -> list[DayItem]:
    """For somebody who told their login: reviews they owe, and their pull requests of that day."""
    login = logins.of_person(uow, day.person.user_id).get(GITHUB)
    if login is None:
        return []
    owed = [
        DayItem(
            DayKind.IN_PROGRESS,
            messages.to_review(ask.url),
            f"link:{ask.url}",
            ask.asked_at or uow.now,
            (ask.url, reviews.permalink(uow, ask.channel_id, ask.ts)),
            ask.channel_id,
            about=frozenset({(ask.channel_id, ask.ts)}),
        )
        for ask in reviews.waiting_for(uow, day.person).seen
    ]
    return [*owed, *(item for each in _posted(uow, day) for item in _told(uow, each, login))]


def _posted(uow: UnitOfWork, day: Day) -> Iterator[AppMessage]:
    """What GitHub's app posted that day in channels that the person is in."""
    for each in channels.shared_with(uow.session, uow.team_id, day.person.user_id):
        posted = queries.between(uow, each.channel_id, day.since, day.until)
        yield from (message for message in posted if rules.is_github(message.app))


def _told(uow: UnitOfWork, message: AppMessage, login: str) -> Iterator[DayItem]:
    """The pull requests of a message that speaks of somebody's login and asks nothing of them."""
    if not login_rules.names(message.text, login):
        return
    facts = rules.facts_in(message.text)
    link = reviews.permalink(uow, message.channel_id, message.ts)
    for pull in rules.pulls_in(message.text):
        said = [each for each in facts if each.url == pull.url]
        theirs = [each for each in said if each.login == login]
        if any(each.is_asked for each in theirs):
            continue
        is_over = any(each.is_settled and not each.login for each in said)
        was_reviewed = any(each.is_settled for each in theirs)
        title = people.readable(uow.session, uow.team_id, pull.title)
        what = messages.reviewed(pull.url) if was_reviewed else messages.told(pull.url, title)
        yield DayItem(
            DayKind.DONE if is_over or was_reviewed else DayKind.IN_PROGRESS,
            what,
            f"link:{pull.url}",
            message.at,
            (pull.url, link),
            message.channel_id,
            about=frozenset({(message.channel_id, message.ts)}),
        )
