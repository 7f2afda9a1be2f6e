"""Where decisions are kept besides Baton itself."""

import re
from typing import Final, Self

from pydantic import BaseModel, Field, SecretStr, field_validator, model_validator

from bot.settings import together
from bot.settings.urls import SafeUrl

_REMOTE: Final = re.compile(r"(https://|ssh://|file:///|/)\S+$|\w[\w.-]*@[\w.-]+:[^\s:-][^\s:]*$")
_CONFLUENCE: Final = "baton_records_confluence"
_BELONG_TOGETHER: Final = (
    ("baton_records_notion_token", "baton_records_notion_database"),
    tuple(f"{_CONFLUENCE}_{name}" for name in ("url", "user", "token", "space")),
)


class RecordsSettings(BaseModel):
    """The systems of record."""

    baton_records_git_dir: str | None = Field(
        None,
        description="Decisions are kept in a git repository in this folder of Baton's own, too.",
    )
    baton_records_git_remote: str | None = Field(
        None, description="Where that is pushed to: https://, ssh:// or a full path."
    )
    baton_records_git_branch: str = Field(
        "main", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*(/[A-Za-z0-9_-]+)*$", description="Its branch."
    )
    baton_records_notion_token: SecretStr | None = Field(
        None, description="Decisions are kept in Notion, too: the integration's secret."
    )
    baton_records_notion_database: str | None = Field(
        None, description="The id of the database in Notion; the integration is invited to it."
    )
    baton_records_notion_url: SafeUrl = Field(
        "https://api.notion.com", description="Where Notion's API is."
    )
    baton_records_confluence_url: SafeUrl | None = Field(
        None, description="Decisions are kept in Confluence, too: https://your-site.atlassian.net."
    )
    baton_records_confluence_user: str | None = Field(
        None, description="The account there, an e-mail address."
    )
    baton_records_confluence_token: SecretStr | None = Field(None, description="Its API token.")
    baton_records_confluence_space: str | None = Field(None, description="The space's key.")
    baton_records_confluence_parent: str | None = Field(
        None, description="The id of the page below which decisions stand; empty: the space's top."
    )

    @field_validator("baton_records_git_remote")
    @classmethod
    def _pushable(cls, value: str | None) -> str | None:
        if value and not _REMOTE.match(value):
            raise ValueError("BATON_RECORDS_GIT_REMOTE must be https://, ssh:// or a full path")
        return value

    @model_validator(mode="after")
    def _records_are_whole(self) -> Self:
        together.check(self, _BELONG_TOGETHER)
        if self.baton_records_git_remote and not self.baton_records_git_dir:
            raise ValueError("BATON_RECORDS_GIT_REMOTE needs BATON_RECORDS_GIT_DIR, too")
        if self.baton_records_confluence_parent and not self.baton_records_confluence_url:
            raise ValueError("BATON_RECORDS_CONFLUENCE_PARENT needs the other settings of it, too")
        return self
