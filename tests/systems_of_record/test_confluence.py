"""Confluence as a system of record, against a local server with its API's shapes."""

from collections.abc import Iterator

import pytest

from bot.core.documents import Document, Reference, digest
from bot.core.errors import RecordConflict, RecordRefused, RecordUnavailable
from bot.systems_of_record.confluence import Confluence
from tests.support.confluence_api import SPACE, TOKEN, USER, ConfluenceApi
from tests.support.local_api import Answer, Fault

LOST = Answer(None, is_lost=True)


@pytest.fixture
def api() -> Iterator[ConfluenceApi]:
    with ConfluenceApi() as running:
        yield running


@pytest.fixture
def confluence(api: ConfluenceApi) -> Confluence:
    return Confluence(f"{api.url}/wiki/", USER, TOKEN, SPACE, parent="99")


def _reads_back(confluence: Confluence, reference: Reference) -> bool:
    return digest(confluence.read(reference) or "") == reference.digest


def test_a_page_is_made_changed_and_read_back(
    api: ConfluenceApi, confluence: Confluence, first: Document, second: Document
) -> None:
    made = confluence.write(first, None)
    assert _reads_back(confluence, made)
    assert made.url == f"{api.url}/wiki/spaces/{SPACE}/pages/{made.id}"
    changed = confluence.write(second, made)
    assert _reads_back(confluence, changed)
    assert not _reads_back(confluence, made)
    page = api.pages[made.id]
    assert list(api.pages) == [made.id]
    assert (page["version"]["number"], page["title"]) == (2, second.title)
    assert page["parentId"] == "99"


def test_words_of_people_are_no_markup(
    api: ConfluenceApi, confluence: Confluence, first: Document
) -> None:
    made = confluence.write(first, None)
    stored = api.pages[made.id]["body"]["storage"]["value"]
    assert "&lt;b&gt;Postgres&lt;/b&gt; &amp; caf&eacute;" in stored
    assert "<b>" not in stored


def test_writing_the_same_again_makes_no_version(
    api: ConfluenceApi, confluence: Confluence, first: Document
) -> None:
    made = confluence.write(first, None)
    assert confluence.write(first, made) == made
    assert api.pages[made.id]["version"]["number"] == 1


@pytest.mark.parametrize("known", [True, False])
def test_a_lost_answer_makes_no_second_page(
    known: bool, api: ConfluenceApi, confluence: Confluence, first: Document, second: Document
) -> None:
    earlier = confluence.write(first, None) if known else None
    api.faults.append(Fault(LOST, "PUT" if known else "POST", is_done=True))
    with pytest.raises(RecordUnavailable):
        confluence.write(second, earlier)
    again = confluence.write(second, earlier)
    assert _reads_back(confluence, again)
    assert not again.replaced
    assert len(api.pages) == 1


def test_somebody_who_saves_at_the_same_moment_is_a_conflict_and_then_replaced(
    api: ConfluenceApi, confluence: Confluence, first: Document, second: Document
) -> None:
    made = confluence.write(first, None)
    api.faults.append(Fault(Answer({"errors": []}, 409), "PUT"))
    with pytest.raises(RecordConflict):
        confluence.write(second, made)
    api.edits(made.id, "<p>By hand</p>")
    again = confluence.write(second, made)
    assert again.replaced
    assert _reads_back(confluence, again)
    assert api.pages[made.id]["version"]["number"] == 3


def test_a_page_of_somebody_elses_with_this_title_is_left_alone(
    api: ConfluenceApi, confluence: Confluence, first: Document
) -> None:
    made = confluence.write(first, None)
    api.edits(made.id, "<p>Mei's own notes</p>")
    with pytest.raises(RecordConflict, match="somebody else's page"):
        confluence.write(first, None)
    assert "Mei's own notes" in str(api.pages[made.id])


def test_a_space_that_is_not_there_is_refused(api: ConfluenceApi, first: Document) -> None:
    with pytest.raises(RecordRefused, match="no space NONE"):
        Confluence(api.url, USER, TOKEN, "NONE").write(first, None)


def test_a_wrong_token_is_refused_and_not_told(api: ConfluenceApi, first: Document) -> None:
    with pytest.raises(RecordRefused) as failed:
        Confluence(api.url, USER, "canary", SPACE).write(first, None)
    assert "canary" not in str(failed.value)


def test_a_pause_that_is_asked_for_is_kept(confluence: Confluence, api: ConfluenceApi) -> None:
    api.faults.append(Fault(Answer({}, 429, {"retry-after": "999999"})))
    with pytest.raises(RecordUnavailable) as failed:
        confluence.read(Reference("1", ""))
    assert failed.value.retry_after is None, "nobody is waited for that long"
