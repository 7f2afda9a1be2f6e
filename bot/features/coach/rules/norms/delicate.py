"""What is personal or confidential, and belongs between a few people who talk to one another."""

import re
from typing import Final

DELICATE: Final = re.compile(
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

CONNECTION: Final = re.compile(
    r"\b(?:catch(?:ing)? up|coffee|tea|lunch|walk|get to know|say (?:hi|hello)|welcome|meet you|"
    r"introduc\w+|hang out|see your face|been (?:too )?long|check in with you|chat about life|"
    r"cheer|celebrate|thank you in person)\b"
)
"""Words of people who want to be with one another."""
