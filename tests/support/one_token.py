"""The token of a local Slack, whichever workspace is meant."""

from bot.slack.tokens import Token


class OneToken:
    """Always the same."""

    def __init__(self, text: str) -> None:
        self._token = Token(text)

    def of(self, team_id: str, generation: int | None = None) -> Token:  # noqa: ARG002
        return self._token

    def refused(self, token: Token, code: str) -> None:
        """Nobody asks afterwards."""
