"""A local Slack: Web API, Socket Mode, Events API and a page in the browser, on loopback only.

It stands in for a workspace in the demo, in the playground and in every test. It is configured by
the app's manifest alone.
"""
