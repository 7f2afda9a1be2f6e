"""The working agreement: a workspace's settings, as data and as a file."""
