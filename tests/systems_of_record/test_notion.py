"""Notion as a system of record, against a local server with its API's shapes and limits."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.documents import Document, Kind, Part, Reference, digest
from bot.core.errors import BatonError, RecordConflict, RecordRefused, RecordUnavailable
from bot.systems_of_record.notion import Notion
from tests.support.local_api import Answer, Fault
from tests.support.notion_api import DATABASE, TOKEN, NotionApi

LOST = Answer(None, is_lost=True)


@pytest.fixture
def api() -> Iterator[NotionApi]:
    with NotionApi() as running:
        yield running


@pytest.fixture
def notion(api: NotionApi) -> Notion:
    return Notion(TOKEN, DATABASE, api.url)


def _reads_back(notion: Notion, reference: Reference) -> bool:
    return digest(notion.read(reference) or "") == reference.digest


def test_a_page_is_made_changed_and_read_back(
    api: NotionApi, notion: Notion, first: Document, second: Document
) -> None:
    made = notion.write(first, None)
    assert _reads_back(notion, made)
    assert made.url == f"https://www.notion.so/{made.id}"
    assert api.texts(made.id)[2] == first.parts[2].text
    changed = notion.write(second, made)
    assert _reads_back(notion, changed)
    assert not changed.replaced
    assert list(api.pages) == [made.id] == [changed.id]
    assert api.texts(made.id) == [part.text for part in second.parts]
    assert not _reads_back(notion, made)


def test_writing_the_same_again_changes_nothing(
    api: NotionApi, notion: Notion, first: Document
) -> None:
    made = notion.write(first, None)
    before = len(api.journal)
    assert notion.write(first, made) == made
    assert {request.method for request in api.journal[before:]} == {"GET"}


@pytest.mark.parametrize("known", [True, False])
def test_a_lost_answer_makes_no_second_page(
    known: bool, api: NotionApi, notion: Notion, first: Document, second: Document
) -> None:
    earlier = notion.write(first, None) if known else None
    method = "PATCH" if known else "POST"
    if not known:
        api.faults.append(Fault(Answer({"results": []}), "POST"))  # nobody has it yet
    api.faults.append(Fault(LOST, method, is_done=True))
    with pytest.raises(RecordUnavailable):
        notion.write(second, earlier)
    again = notion.write(second, earlier)
    assert _reads_back(notion, again)
    assert not again.replaced
    assert len(api.pages) == 1


def test_long_texts_and_many_blocks_go_in_pieces_that_notion_takes(
    api: NotionApi, notion: Notion, first: Document, second: Document
) -> None:
    long = replace(
        first,
        parts=[
            *(Part(Kind.BULLET, f"Line {number}") for number in range(201)),
            Part(Kind.TEXT, "😀" * 2_500),
        ],
    )
    made = notion.write(long, None)
    assert _reads_back(notion, made)
    assert api.texts(made.id) == [part.text for part in long.parts]
    shorter = notion.write(second, made)
    assert _reads_back(notion, shorter)
    assert len(api.texts(made.id)) == len(second.parts)


def test_what_people_changed_is_replaced_and_told(
    api: NotionApi, notion: Notion, first: Document, second: Document
) -> None:
    made = notion.write(first, None)
    api.edits(made.id)
    again = notion.write(second, made)
    assert again.replaced
    assert _reads_back(notion, again)


def test_a_pause_in_the_middle_of_a_page_is_gone_on_from_there(
    api: NotionApi, notion: Notion, first: Document, second: Document
) -> None:
    made = notion.write(first, None)
    pause = Answer({"code": "rate_limited"}, 429, {"retry-after": "1"})
    for method in ("DELETE", "PATCH"):  # the title is new by then, then the old blocks are gone
        api.faults.append(Fault(pause, method))
        with pytest.raises(RecordUnavailable):
            notion.write(second, made)
    assert len(api.texts(made.id)) < len(second.parts)
    again = notion.write(second, made)
    assert _reads_back(notion, again)
    assert not again.replaced


def test_a_page_in_the_bin_is_made_anew(api: NotionApi, notion: Notion, first: Document) -> None:
    made = notion.write(first, None)
    api.pages[made.id]["in_trash"] = True
    assert notion.read(made) is None
    assert notion.write(first, made).id != made.id


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, RecordRefused),
        (401, RecordRefused),
        (302, RecordRefused),
        (409, RecordConflict),
        (429, RecordUnavailable),
        (503, RecordUnavailable),
    ],
)
def test_errors_are_translated_and_quote_nothing(
    status: int, error: type[BatonError], api: NotionApi, notion: Notion, first: Document
) -> None:
    body = {"code": "some_code", "message": "canary of the vendor"}
    headers = {"retry-after": "7", "location": "https://elsewhere.example/"}
    api.faults.append(Fault(Answer(body, status, headers)))
    with pytest.raises(error) as failed:
        notion.write(first, None)
    assert "canary" not in str(failed.value)
    assert "some_code" in str(failed.value)
    if isinstance(failed.value, RecordUnavailable):
        assert failed.value.retry_after == timedelta(seconds=7)


def test_a_database_with_two_sources_is_refused_with_a_sentence(
    api: NotionApi, notion: Notion, first: Document
) -> None:
    api.sources.append({"id": "source-2", "name": "Other"})
    with pytest.raises(RecordRefused, match="exactly one data source"):
        notion.write(first, None)


def test_nobody_at_home_is_unavailable(first: Document) -> None:
    with pytest.raises(RecordUnavailable):
        Notion(TOKEN, DATABASE, "http://127.0.0.1:1").write(first, None)


def test_an_address_without_encryption_is_refused() -> None:
    with pytest.raises(ValueError, match="https"):
        Notion(TOKEN, DATABASE, "http://notion.example")
