"""Who is asked whether a page was an emergency, and what follows: on both databases."""

from datetime import timedelta
from uuid import UUID

import pytest

from bot.core import attention, people
from bot.core.agreement.changing import Change
from bot.core.agreement.setting import person_scope
from bot.core.db import Database
from bot.core.digests import Reader
from bot.core.outbox import Method
from bot.features.redphone.listeners import reviews as listeners
from bot.features.redphone.rules.reviews import Share
from bot.features.redphone.service import pages as calling
from bot.features.redphone.service import resolving, reviews
from tests.features.redphone.desk import PRIYA, SAM, START, TEAM, TOM, Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    """A duty desk on a Tuesday morning in Berlin."""
    return Desk(database)


def _over(desk: Desk, whom: str = TOM, by: str = SAM, *, is_drill: bool = False) -> UUID:
    page_id = desk.page(whom, by=by, is_drill=is_drill)
    desk.press(page_id, whom)
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, whom, "The disk was full")
    return page_id


def _asked(desk: Desk, user_id: str) -> list[str]:
    return [each for each in desk.texts_to(user_id) if "Was it an emergency?" in each]


def _say(desk: Desk, page_id: UUID, user_id: str, *, was_emergency: bool) -> bool:
    with desk.unit() as uow:
        return reviews.answer(uow, page_id, user_id, was_emergency=was_emergency)


def _pages(desk: Desk, said: str) -> None:
    """Pages of Sam's, an hour apart, of which Priya says yes or no."""
    for each in said:
        page_id = _over(desk, PRIYA)
        desk.clock.set(desk.clock.now() + timedelta(minutes=6))
        desk.see_to_it()
        assert _say(desk, page_id, PRIYA, was_emergency=each == "y")
        desk.clock.set(desk.clock.now() + timedelta(minutes=61))


def test_both_are_asked_when_they_work_and_it_cannot_be_reopened_any_more(desk: Desk) -> None:
    _over(desk)
    desk.wait(minutes=4)
    assert _asked(desk, TOM) == []
    desk.wait(minutes=1)
    assert len(_asked(desk, TOM)) == 1
    assert _asked(desk, SAM) == [], "it is one at night in Los Angeles"
    desk.wait(hours=8)
    assert len(_asked(desk, SAM)) == 1
    assert len(_asked(desk, TOM)) == 1


def test_what_was_reopened_is_asked_about_once_it_is_over_for_good(desk: Desk) -> None:
    page_id = _over(desk)
    with desk.unit() as uow:
        resolving.reopen(uow, page_id, TOM)
    desk.wait(minutes=10)
    assert _asked(desk, TOM) == []
    with desk.unit() as uow:
        resolving.resolve(uow, page_id, TOM, "Now it is")
    desk.wait(minutes=5)
    assert len(_asked(desk, TOM)) == 1


def test_drills_are_not_asked_about_nor_what_was_called_off_at_once(desk: Desk) -> None:
    _over(desk, is_drill=True)
    soon, late = desk.page(by=PRIYA), desk.page(by=PRIYA)
    with desk.unit() as uow:
        calling.call_off(uow, soon, PRIYA)
    desk.wait(minutes=3)
    assert _asked(desk, PRIYA) == []
    with desk.unit() as uow:
        calling.call_off(uow, late, PRIYA)
    desk.wait(minutes=5)
    assert len(_asked(desk, PRIYA)) == 1
    assert _asked(desk, TOM) == []


def test_whoever_wants_to_be_left_alone_is_not_asked(desk: Desk) -> None:
    with desk.unit() as uow:
        off = Change(attention.OFF, person_scope(TOM), after=True)
        desk.bot.change_settings(uow, [off], by=TOM)
    page_id = _over(desk)
    desk.wait(minutes=5)
    assert _asked(desk, TOM) == []
    assert not _say(desk, page_id, TOM, was_emergency=True)


def test_an_answer_stands_in_the_question_and_can_be_changed(desk: Desk) -> None:
    page_id = _over(desk)
    desk.wait(minutes=5)
    assert _say(desk, page_id, TOM, was_emergency=True)
    assert "it was an emergency" in desk.queued_to(TOM, method=Method.UPDATE)[-1].payload["text"]
    desk.wait(minutes=5)
    assert _say(desk, page_id, TOM, was_emergency=False)
    assert "it was no emergency" in desk.queued_to(TOM, method=Method.UPDATE)[-1].payload["text"]
    assert not _say(desk, page_id, PRIYA, was_emergency=True), "Priya was not asked"


def test_the_share_is_told_of_five_pages_and_more_and_drills_do_not_count(desk: Desk) -> None:
    _pages(desk, "yyyn")
    with desk.unit() as uow:
        assert reviews.share(uow) is None
    _pages(desk, "y")
    with desk.unit() as uow:
        assert reviews.share(uow) == Share(4, 5)
    desk.clock.set(desk.clock.now() + timedelta(days=91))
    with desk.unit() as uow:
        assert reviews.share(uow) is None


@pytest.mark.slow
def test_a_caller_pages_less_often_below_half_is_told_once_and_it_loosens_again(
    desk: Desk,
) -> None:
    desk.clock.set(START + timedelta(hours=9))  # ten in Los Angeles, so Sam works
    _pages(desk, "nnny")
    with desk.unit() as uow:
        assert not reviews.is_tightened(uow, SAM)
    _pages(desk, "n")
    with desk.unit() as uow:
        assert reviews.is_tightened(uow, SAM)
        assert not reviews.is_tightened(uow, PRIYA)
        told = reviews.tightened_since(uow, SAM, START)
    written = [text for text in desk.texts_to(SAM) if "Of your 5 pages" in text]
    assert bool(written) is not bool(told), "by message or else by digest, never twice"
    assert not any("Of your" in text for text in desk.texts_to(PRIYA))
    _pages(desk, "yyy")
    with desk.unit() as uow:
        assert not reviews.is_tightened(uow, SAM)


def test_what_could_not_be_asked_stands_in_the_digest_with_the_answers(desk: Desk) -> None:
    with desk.unit() as uow:
        none = Change(attention.BUDGET, person_scope(TOM), after=0)
        desk.bot.change_settings(uow, [none], by=TOM)
    page_id = _over(desk)
    desk.wait(minutes=5)
    assert _asked(desk, TOM) == []
    with desk.unit() as uow:
        tom = people.find(uow.session, TEAM, TOM)
        assert tom is not None
        section = listeners.in_digest(uow, Reader(tom, START))
        assert section is not None
        assert "Nobody can sign up" in section.lines[0].shown
    assert _say(desk, page_id, TOM, was_emergency=True)
    with desk.unit() as uow:
        assert listeners.in_digest(uow, Reader(tom, START)) is None
