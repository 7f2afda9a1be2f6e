"""A Slack bot that keeps a distributed team's async working agreement."""

__version__ = "0.1.0"
