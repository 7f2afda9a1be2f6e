"""The Slack adapter: the only place that knows Bolt and the Slack SDK."""
