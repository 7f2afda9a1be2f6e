"""Looks for what the door's verifier and readers cannot bear, guided by coverage: `make fuzz`.

Ends with an error at the first input that raises, and writes it to a file. Not part of the tests:
atheris exists for few versions of Python.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import atheris

with atheris.instrument_imports(include=["bot.slack"]):
    from bot.slack.inbound import author_of, lane_of, parse_event, people_given, people_in
    from bot.slack.ingress import Verifier, challenge_in
    from bot.slack.interactions import inputs_in, is_link, parse_interaction
    from bot.slack.payloads import read_form, read_object

from tests.support.hostile_bodies import REAL

VERIFIER: Final = Verifier("a-signing-secret")
CORPUS: Final = Path("build/fuzz")


def look(data: bytes) -> None:
    """One input: the first byte says which way in it takes."""
    if data[:1] < b"\x40":
        _verify(data[1:])
    else:
        _read(data[1:])


def _verify(data: bytes) -> None:
    lines = data.split(b"\n")
    pairs = [line.partition(b":")[::2] for line in lines[1:]]
    if VERIFIER.accepts(lines[0], pairs):
        raise AssertionError("let in without the secret")
    VERIFIER.awaits(pairs)


def _read(data: bytes) -> None:
    for payload in (read_object(data), read_form(data)):
        event = parse_event(payload)
        if event is not None:
            people_in(event)
            people_given(event)
        parse_interaction(payload)
        is_link(payload)
        for text in (lane_of(payload), author_of(payload), challenge_in(payload) or ""):
            text.encode()
        for name, block in inputs_in(payload).items():
            (name + block).encode()


def main() -> None:
    """Runs until what the arguments say (libFuzzer's: `-runs=200000 -max_total_time=600`)."""
    CORPUS.mkdir(parents=True, exist_ok=True)
    for number, real in enumerate(REAL):
        fields = urlencode({"payload": json.dumps(real)}).encode()
        (CORPUS / f"{number}-json").write_bytes(b"\x80" + json.dumps(real).encode())
        (CORPUS / f"{number}-form").write_bytes(b"\x80" + fields)
    atheris.Setup([*sys.argv, str(CORPUS)], look)
    with suppress(KeyboardInterrupt):
        atheris.Fuzz()


if __name__ == "__main__":
    main()
