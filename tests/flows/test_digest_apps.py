"""What other apps post: in digests, as pull requests that wait, and nowhere else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import permutations

import pytest
from sqlalchemy import func, select

from bot.core import keeping
from bot.core.agreement.setting import person_scope
from bot.core.attention import OFF
from bot.core.digests import DigestSection, Line, Reader
from bot.core.events import AppPosted, ChannelKind, MessageDeleted
from bot.core.message_store import MessageRow
from bot.core.people import find as person_of
from bot.core.unit_of_work import UnitOfWork
from bot.features.digest.models import DigestAppMessageRow, DigestReviewRow
from bot.features.digest.service import apps, reviews
from bot.playground.client import Person
from bot.playground.world import TEAM_ID, Json
from tests.support.town import Town

NIGHT = datetime(2026, 10, 6, 20, 0, tzinfo=UTC)
MORNING = datetime(2026, 10, 7, 7, 0, tzinfo=UTC)  # 09:00 in Berlin
URL = "https://github.com/tideline/web/pull/12"
OTHER = "https://code.tideline.example/tideline/app/pull/7"
TOM = "U0TOM0000"
INFRA, TS = "C0INFRA00", "1791316800.000100"
WAITS = "Pull requests that wait for you"


def _opened(*reviewers: str, url: str = URL) -> Json:
    """How GitHub's app tells that a pull request was opened."""
    return {
        "fallback": "[tideline/web] Pull request opened by ana",
        "pretext": "Pull request opened by <https://github.com/ana|ana>",
        "title": "#12 Shorter form",
        "title_link": url,
        "text": "Three fields less.",
        "fields": [{"title": "Reviewers", "value": ", ".join(reviewers)}] if reviewers else [],
        "footer": "<https://github.com/tideline/web|tideline/web>",
    }


def _link(town: Town, person: Person, login: str) -> str:
    person.types("#general", f"/baton link github {login}")
    return town.whispers_to(person)[-1]


def _digest(town: Town, person: Person) -> str:
    town.settle()
    person.types("#general", "/digest now")
    return town.whispers_to(person)[-1]


def test_what_apps_post_is_told_after_what_people_say(lively: Town) -> None:
    lively.move_to(NIGHT)
    lively.mei.says("#infra", "The pump is back.")
    for build in (4711, 4712, 4713):
        lively.slack.app_says("CI", "#infra", f"Build {build} passed")
    failed = lively.slack.app_says("CI", "#infra", "Build 4714 is running")
    lively.slack.app_edits("#infra", failed, "Build 4714 failed on main", attachments=[])
    gone = lively.slack.app_says("Statuspage", "#infra", "Incident: checkout is down")
    lively.slack.app_deletes("#infra", gone)
    lively.move_to(MORNING)
    digest = lively.writes_to(lively.tom)[-1]
    assert "CI: “Build 4714 failed on main”" in digest
    assert "CI: 3 more messages" in digest
    assert digest.index("The pump is back") < digest.index("Build 4714")
    assert "is running" not in digest
    assert "checkout" not in digest


@pytest.mark.needs("asks", "coach", "decisions")
def test_apps_ask_nobody_decide_nothing_and_are_not_coached(lively: Town) -> None:
    lively.sets("coach.mode", "on")
    lively.nobody_is_new()
    ts = lively.slack.app_says(
        "GitHub", "#infra", f"<@{TOM}> can you review <{URL}|#12> asap??", attachments=[_opened()]
    )
    lively.slack.app_says("CI", "#infra", "hi <!here>")
    lively.slack.app_says("CI", "#infra", "Decision: we ship on Friday.", reply_to=ts)
    lively.advance(minutes=5)
    lively.tom.types("#general", "/ask list")
    assert "review" not in lively.whispers_to(lively.tom)[-1]
    assert lively.posts_in("#infra") == []
    assert lively.writes_to(lively.tom) == []
    with lively.app.bot.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(MessageRow)) == 0


def test_a_pull_request_waits_until_it_is_merged(lively: Town) -> None:
    assert "You are tom on GitHub" in _link(lively, lively.tom, "Tom")
    lively.move_to(NIGHT)
    lively.slack.app_says("GitHub", "#infra", "", attachments=[_opened("tom", "priya")])
    asked = lively.slack.app_says(
        "GitHub Enterprise",
        "#web-relaunch",
        f"ana requested a review from tom on <{OTHER}/files|app#7>",
    )
    digest = _digest(lively, lively.tom)
    assert WAITS in digest
    assert "“Pull request opened by ana" in digest
    assert "tideline/web #12" in digest
    assert "tideline/app #7" in digest
    assert digest.count("Pull request opened by ana") == 1, "it is not told of twice"
    assert WAITS not in _digest(lively, lively.priya), "nobody is told who linked nothing"
    lively.slack.app_says("GitHub", "#infra", f"Pull request merged by ana <{URL}|#12>")
    lively.slack.app_edits("#web-relaunch", asked, f"tom approved <{OTHER}|app#7>")
    assert WAITS not in _digest(lively, lively.tom)


def test_a_link_leads_to_the_pull_request_itself(quiet: Town) -> None:
    _link(quiet, quiet.tom, "tom")
    quiet.slack.app_says("GitHub", "#infra", "", attachments=[_opened("tom")])
    quiet.settle()
    section = _section(quiet)
    assert section is not None
    (line,) = section.lines
    assert isinstance(line, Line)
    assert line.links[1].url == URL
    assert "/archives/C0INFRA00/p" in line.links[0].url


def test_only_who_can_read_the_channel_is_told(quiet: Town) -> None:
    quiet.tom.invites("Baton", "#leads")
    for person in (quiet.tom, quiet.mei):
        _link(quiet, person, "tom")
    assert "Somebody else here linked the same login" in quiet.whispers_to(quiet.mei)[-1]
    quiet.slack.app_says("GitHub", "#leads", "", attachments=[_opened("tom")])
    assert WAITS in _digest(quiet, quiet.tom)
    hidden = _digest(quiet, quiet.mei)
    assert WAITS not in hidden
    assert "held back" not in hidden
    assert "opened by ana" not in hidden
    for person, is_told in ((quiet.tom, True), (quiet.mei, False)):
        user_id = str(quiet.slack.see(person.name)["me"])
        with quiet.app.bot.looking(TEAM_ID) as uow:
            given = str(keeping.exported(uow, quiet.app.bot.kept, user_id))
        assert ("Shorter form" in given) is is_told, "whoever says that they are tom learns nothing"
        assert (URL in given) is is_told
    with quiet.app.bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, quiet.app.bot.kept, str(quiet.slack.see("Mei")["me"]))
    assert _section(quiet) is not None, "nor do they take it from him"


def test_a_login_is_linked_shown_and_forgotten(quiet: Town) -> None:
    quiet.tom.types("#general", "/baton link")
    assert "You have not linked a login" in quiet.whispers_to(quiet.tom)[-1]
    for wrong, told in (("github <@U1>", "single hyphens"), ("gitlab tom", "no other")):
        quiet.tom.types("#general", f"/baton link {wrong}")
        assert told in quiet.whispers_to(quiet.tom)[-1]
    _link(quiet, quiet.tom, "Tom-B")
    quiet.slack.app_says("GitHub", "#infra", "", attachments=[_opened("TOM-B")])
    assert WAITS in _digest(quiet, quiet.tom)
    quiet.tom.types("#general", "/baton link")
    assert "You are tom-b on GitHub" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Unlink")
    quiet.settle()
    assert WAITS not in _digest(quiet, quiet.tom)
    _link(quiet, quiet.tom, "tom-b")
    quiet.tom.types("#general", "/baton unlink github")
    assert "not look for tom-b" in quiet.whispers_to(quiet.tom)[-1]
    quiet.tom.presses("Link it again")
    quiet.settle()
    assert WAITS in _digest(quiet, quiet.tom)


def test_texts_that_are_not_kept_are_only_counted(quiet: Town) -> None:
    quiet.sets("messages.retention_days", 0)
    _link(quiet, quiet.tom, "tom")
    quiet.slack.app_says("GitHub", "#infra", "Deploy failed", attachments=[_opened("tom")])
    quiet.slack.app_says("CI", "#infra", "Build 4711 failed")
    digest = _digest(quiet, quiet.tom)
    assert "CI: 1 message" in digest
    assert "(text not kept)" in digest, "that it waits is known"
    assert "failed" not in digest
    with quiet.app.bot.database.reading() as session:
        assert set(session.scalars(select(DigestAppMessageRow.text))) == {""}


def test_texts_go_with_those_of_people_and_the_rest_after_a_month(quiet: Town) -> None:
    quiet.sets("messages.retention_days", 7)
    quiet.slack.app_says("CI", "#infra", "Build 4711 failed")
    quiet.advance(days=8)
    with quiet.app.bot.database.reading() as session:
        assert list(session.scalars(select(DigestAppMessageRow.text))) == [""]
    quiet.advance(days=24)
    with quiet.app.bot.database.reading() as session:
        assert list(session.scalars(select(DigestAppMessageRow.ts))) == []


@pytest.mark.needs("privacy")
def test_erasing_takes_what_speaks_of_somebody(quiet: Town) -> None:
    _link(quiet, quiet.tom, "tom")
    quiet.slack.app_says("GitHub", "#infra", "", attachments=[_opened("tom", "priya")])
    quiet.slack.app_says("CI", "#infra", f"Build of <@{TOM}> failed")
    quiet.slack.app_says("CI", "#infra", "Build tomato failed")
    quiet.settle()
    bot = quiet.app.bot
    with bot.begin(TEAM_ID, during="job") as uow:
        given = keeping.exported(uow, bot.kept, TOM)
    assert [each["login"] for each in given["logins"]] == ["tom"]
    assert [each["url"] for each in given["reviews"]] == [URL]
    assert len(given["texts of apps"]) == 2
    with bot.begin(TEAM_ID, during="job") as uow:
        keeping.erase(uow, bot.kept, TOM)
    with bot.database.reading() as session:
        assert set(session.scalars(select(DigestAppMessageRow.text))) == {"", "Build tomato failed"}
        assert list(session.scalars(select(DigestReviewRow.login))) == ["priya"]


def test_what_an_app_posted_for_somebody_goes_when_they_switch_off(quiet: Town) -> None:
    event = partial(_posted, text="Build 1 failed", account_id=TOM)
    _perform(quiet, partial(_note, event()))
    quiet.sets(OFF.key, value=True, scope=person_scope(TOM))
    assert _told(quiet) == (set(), 0)
    _perform(quiet, partial(_note, event(ts="1791316801.000100")))
    with quiet.app.bot.database.reading() as session:
        assert set(session.scalars(select(DigestAppMessageRow.text))) == {""}


STORY: tuple[AppPosted | MessageDeleted, ...] = (
    AppPosted(
        team_id=TEAM_ID,
        channel_id=INFRA,
        kind=ChannelKind.PUBLIC,
        ts=TS,
        app="GitHub",
        text=f"Build failed\n<{URL}|#12>\nReviewers: tom",
    ),
    AppPosted(
        team_id=TEAM_ID,
        channel_id=INFRA,
        kind=ChannelKind.PUBLIC,
        ts=TS,
        app="GitHub",
        text=f"Build failed again\n<{URL}|#12>\nReviewers: tom",
        revision="1791316805.000000",
    ),
)


@pytest.mark.parametrize("is_deleted", [False, True])
def test_the_newest_version_wins_in_any_order_and_however_often(
    quiet: Town, is_deleted: bool
) -> None:
    _link(quiet, quiet.tom, "tom")
    deleted = MessageDeleted(team_id=TEAM_ID, channel_id=INFRA, ts=TS)
    story = (*STORY, *([deleted] if is_deleted else []))
    for order in permutations([*story, *story[:1]]):
        for event in order:
            _perform(quiet, partial(_note, event))
        lines, count = _told(quiet)
        assert count == (0 if is_deleted else 1)
        assert is_deleted or any("Build failed again" in each for each in lines)
        assert (_section(quiet) is None) is is_deleted
        _perform(quiet, _forget_all)


@pytest.mark.alone("conversations of two have ids of their own in each")
def test_what_is_posted_in_direct_messages_is_not_kept(quiet: Town) -> None:
    place = quiet.tom.slack.act("Tom", "direct", **{"with": ["Baton"]})["channel"]
    quiet.slack.app_says("CI", place, "Build 4711 failed")
    quiet.settle()
    with quiet.app.bot.database.reading() as session:
        assert list(session.scalars(select(DigestAppMessageRow.ts))) == []


def _posted(*, ts: str = TS, text: str, account_id: str) -> AppPosted:
    return AppPosted(
        team_id=TEAM_ID,
        channel_id=INFRA,
        kind=ChannelKind.PUBLIC,
        ts=ts,
        app="CI",
        text=text,
        account_id=account_id,
    )


def _note(event: AppPosted | MessageDeleted, uow: UnitOfWork) -> None:
    if isinstance(event, AppPosted):
        apps.note(uow, event)
    else:
        apps.forget(uow, event.channel_id, event.ts)


def _forget_all(uow: UnitOfWork) -> None:
    uow.session.query(DigestAppMessageRow).delete()
    uow.session.query(DigestReviewRow).delete()


def _perform(town: Town, work: Callable[[UnitOfWork], None]) -> None:
    town.settle()
    town.app.bot.perform(TEAM_ID, work, during="job")


def _told(town: Town) -> tuple[set[str], int]:
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        since, until = uow.now - timedelta(days=2), uow.now + timedelta(days=2)
        talk = apps.lines(uow, INFRA, since, until)
        return {each.shown for each in talk.lines}, talk.count


def _section(town: Town) -> DigestSection | None:
    with town.app.bot.begin(TEAM_ID, during="job") as uow:
        tom = person_of(uow.session, TEAM_ID, TOM)
        assert tom is not None
        return reviews.that_wait(uow, Reader(tom, uow.now - timedelta(days=1)))
