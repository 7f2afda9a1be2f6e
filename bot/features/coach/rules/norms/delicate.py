"""What is personal or confidential, and belongs between a few people who talk to one another."""

from typing import Final

from bot.core.patterns import regex

DELICATE: Final = regex(
    r"\b(?:1:1s?|one[- ]on[- ]one|personal(?:ly)?|private(?:ly)?|confidential(?:ly)?|sensitive|"
    r"delicate|in confidence|between us|off the record|salar(?:y|ies)|compensation|pay rise|a "
    r"raise|bonus|promotion|resign(?:ing|ation|ed)?|quitting|leaving the company|notice period|"
    r"fired|laid off|layoffs?|let(?:ting)? (?:\w+ )?go\b|terminat(?:e|ion)|performance (?:review|"
    r"plan|issue)|pip|health|sick|ill(?:ness)?|diagnos\w+|surgery|hospital|pregnan\w+|maternity|"
    r"parental|family|divorce|funeral|passed away|condolences|burn(?:ed|t)?[- ]?out|overwhelmed|"
    r"struggling|stressed|anxious|upset|hurt|conflict|argument|harass\w*|bully\w*|complaint|"
    r"discriminat\w+|apolog\w+|sorry about|feelings?|how (?:you are|you're) (?:doing|feeling)|"
    r"feedback (?:for you|about (?:you|me|him|her)|on (?:your|how you))|about (?:you|us)\b|"
    r"interview(?:ee|ed|s)?|candidates?|offer letter|hiring decision|password|passwords|bank "
    r"account|passport|medical|visa)\b"
)
"""Words for what concerns a person, or must not be seen by others."""

CONNECTION: Final = regex(
    r"\b(?:catch(?:ing)? up|coffee|tea|lunch|walk|get to know|say (?:hi|hello)|welcome|meet you|"
    r"introduc\w+|hang out|see your face|been (?:too )?long|check in with you|chat about life|"
    r"cheer|celebrate|thank you in person)\b"
)
"""Words of people who want to be with one another."""

_SECRET: Final = regex(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bAIza[\w-]{30}|\bgh[pousr]_\w{20}|\bgithub_pat_\w{20}"
    r"|\bglpat-[\w-]{16}|\bxox[a-z]-[\w-]{10}|\b[sprw]k[-_](?:\w{2,8}[-_])?[A-Za-z0-9]{16}"
    r"|\beyJ[\w-]{16,200}\.[\w-]{8}|-----BEGIN [A-Z ]{0,20}PRIVATE KEY"
    r"|\b(?i:passw(?:or)?d|pwd|passphrase)[\"']?(?:=|: ?)\S"
    r"|\b(?i:secret|token|(?:api|access|private|secret)[ _-]?key)[\"']? ?(?:=|:|is\b) ?"
    r"(?=\S{0,40}\d)\S{6}"
)
_RUN: Final = regex(r"(?<![\w/.=?&%-])[A-Za-z0-9+]{20,}")


def shows_secret(text: str) -> bool:
    """Whether something in Slack's text, code included, looks like a key, a token or a password."""
    return _SECRET.search(text) is not None or any(map(_is_random, _RUN.findall(text)))


def _is_random(run: str) -> bool:
    """Whether letters of both cases and digits stand in it as in no word."""
    has_digit = any(map(str.isdigit, run))
    return has_digit and any(map(str.islower, run)) and any(map(str.isupper, run))
