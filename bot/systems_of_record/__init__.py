"""Where decisions are kept outside of Slack: a git repository, Notion, Confluence."""

from bot.core.ports import SystemOfRecord
from bot.settings import Settings
from bot.systems_of_record.confluence import Confluence
from bot.systems_of_record.git import Git
from bot.systems_of_record.notion import Notion


def configured(settings: Settings) -> list[SystemOfRecord]:
    """The systems of record that the settings name, in a fixed order."""
    return [*_git(settings), *_notion(settings), *_confluence(settings)]


def _git(settings: Settings) -> list[SystemOfRecord]:
    folder, remote = settings.baton_records_git_dir, settings.baton_records_git_remote
    return [Git(folder, remote or "", settings.baton_records_git_branch)] if folder else []


def _notion(settings: Settings) -> list[SystemOfRecord]:
    token, database = settings.baton_records_notion_token, settings.baton_records_notion_database
    if token is None or database is None:
        return []
    return [Notion(token.get_secret_value(), database, settings.baton_records_notion_url)]


def _confluence(settings: Settings) -> list[SystemOfRecord]:
    url, user = settings.baton_records_confluence_url, settings.baton_records_confluence_user
    token, space = settings.baton_records_confluence_token, settings.baton_records_confluence_space
    if url is None or user is None or token is None or space is None:
        return []
    parent = settings.baton_records_confluence_parent or ""
    return [Confluence(url, user, token.get_secret_value(), space, parent)]
