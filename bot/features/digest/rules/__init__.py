"""Decisions of the digest: data in, data out."""
