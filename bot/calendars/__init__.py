"""Reads calendars from the web."""
