"""What the tests share: databases, a town to live in, files of Slack's."""
