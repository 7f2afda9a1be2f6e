"""Which systems of record the settings name, and what is missing in them."""

from typing import Any

import pytest

from bot.settings import SettingsError, load
from bot.systems_of_record import configured

NOTION = {
    "baton_records_notion_token": "ntn_canary",
    "baton_records_notion_database": "db-1",
}
CONFLUENCE = {
    "baton_records_confluence_url": "https://acme.atlassian.net",
    "baton_records_confluence_user": "baton@acme.example",
    "baton_records_confluence_token": "atlassian_canary",
    "baton_records_confluence_space": "TEAM",
}


def _names(**given: Any) -> list[str]:
    settings = load(_env_file=None, **given)
    assert "canary" not in repr(settings)
    return [system.name for system in configured(settings)]


def test_each_system_is_there_if_its_settings_are() -> None:
    assert _names() == []
    git = {"baton_records_git_dir": "records", "baton_records_git_remote": "git@acme.example:d.git"}
    assert _names(**git) == ["git"]
    assert _names(**NOTION, **CONFLUENCE) == ["Notion", "Confluence"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"baton_records_git_remote": "/srv/d.git"}, "BATON_RECORDS_GIT_DIR"),
        ({"baton_records_git_remote": "ext::sh -c x"}, "https://, ssh://"),
        ({"baton_records_git_remote": "--upload-pack=x"}, "https://, ssh://"),
        ({"baton_records_git_remote": "-oProxyCommand=x@y:z"}, "https://, ssh://"),
        ({"baton_records_git_branch": "--force"}, "BATON_RECORDS_GIT_BRANCH"),
        ({"baton_records_notion_token": "ntn_canary"}, "BATON_RECORDS_NOTION_DATABASE, too"),
        ({**NOTION, "baton_records_notion_url": "http://notion.example"}, "https://"),
        ({"baton_records_confluence_parent": "7"}, "BATON_RECORDS_CONFLUENCE_PARENT"),
        ({**CONFLUENCE, "baton_records_confluence_url": "http://a.example"}, "https://"),
        (
            {"baton_records_confluence_space": "TEAM", "baton_records_confluence_user": "baton"},
            "BATON_RECORDS_CONFLUENCE_URL and BATON_RECORDS_CONFLUENCE_TOKEN, too",
        ),
    ],
)
def test_what_is_wrong_or_missing_is_one_sentence(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingsError) as wrong:
        load(_env_file=None, **given)
    (problem,) = wrong.value.problems
    assert said in problem
    assert "canary" not in problem
