"""Looks for what the door's verifier and readers cannot bear, guided by coverage: `make fuzz`.

Each input goes to the verifier, as a body with headers, and to the readers. Ends with an error at
the first that raises, and writes it to a file. Not part of the tests: atheris exists for few
versions of Python.
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
    from bot.slack.payloads import object_in, read_form, read_object, read_with_source

from bot.core.clock import SystemClock
from tests.support.hostile_bodies import REAL

VERIFIER: Final = Verifier("a-signing-secret")
CORPUS: Final = Path("build/fuzz")
SIGNED: Final = b"x-slack-request-timestamp:%d\nX-Slack-Signature:v0=" + b"0" * 64


def look(data: bytes) -> None:
    """One input."""
    _verify(data)
    _read(data)


def _verify(data: bytes) -> None:
    lines = data.split(b"\n")
    pairs = [line.partition(b":")[::2] for line in lines[1:]]
    if VERIFIER.accepts(lines[0], pairs):
        raise AssertionError("let in without the secret")
    VERIFIER.awaits(pairs)


def _read(data: bytes) -> None:
    envelope = read_object(data)
    for name in ("payload", "event", "type"):
        found, source = read_with_source(data, name)
        if found != envelope:
            raise AssertionError("read in two ways")
        if (name in envelope or source) and read_object(b'{"x":' + source + b"}") != {
            "x": envelope[name]
        }:
            raise AssertionError("a field is not where it was read")
    for payload in (envelope, object_in(envelope, "payload"), read_form(data)):
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
        frame = json.dumps({"type": "events_api", "envelope_id": "1", "payload": real})
        (CORPUS / f"{number}-json").write_text(json.dumps(real))
        (CORPUS / f"{number}-form").write_text(urlencode({"payload": json.dumps(real)}))
        (CORPUS / f"{number}-frame").write_text(frame)
    now = int(SystemClock().now().timestamp())
    for number, stamp in enumerate((now, now + 200, 0)):
        (CORPUS / f"{number}-headers").write_bytes(b"{}\n" + SIGNED % stamp)
    atheris.Setup([*sys.argv, str(CORPUS)], look)
    with suppress(KeyboardInterrupt):
        atheris.Fuzz()


if __name__ == "__main__":
    main()
