"""`baton coach replay`: what a feature's rules would have done in talk that is over."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import is_zipfile

from bot import features
from bot.cli import files, house, lines, replay_report, texts
from bot.cli.evals import NEVER_OPENED
from bot.cli.exports import Export
from bot.cli.heard import Bad, Heard, LeftAlone, Over, Pieces
from bot.cli.replay_report import Report
from bot.cli.stored import Stored
from bot.cli.voice import Voice
from bot.core.bot import Bot
from bot.core.clock import SystemClock
from bot.core.db import Database
from bot.core.errors import NoReplayer, NothingToReplay
from bot.core.render import clean, shorten
from bot.core.replays import NewReplayer, Replayer, TimeOf, nobody_knows

MOST_COMPLAINTS = 20
LONGEST_COMPLAINT = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to know: of which rules and channels, all if none are named."""

    rules: Sequence[str] = ()
    channels: Sequence[str] = ()
    as_json: bool = False


def replay_file(what: str, source: str, wanted: Wanted) -> int:
    """Runs the rules over a file; returns 0, or 1 if something in it could not be read.

    Raises BatonError if nothing could be looked at.
    """
    bot = Bot(Database(NEVER_OPENED), SystemClock(), SystemClock())
    features.register(bot)
    channels = [each.removeprefix("#") for each in wanted.channels]
    if source != "-" and (is_zipfile(source) or Path(source).suffix.lower() == ".zip"):
        export = Export(source)
        return _replay(_replayer(bot, what), export.people.time_of, export.pieces(channels), wanted)
    return _replay(_replayer(bot, what), nobody_knows, lines.pieces(source, channels), wanted)


def replay_stored(what: str, workspace: str, wanted: Wanted) -> int:
    """Runs the rules over the messages whose text is kept; as above."""
    channels = [each.removeprefix("#") for each in wanted.channels]
    with house.opened() as bot, bot.reading() as (session, _):
        stored = Stored(session, house.workspace(session, workspace).team_id)
        return _replay(_replayer(bot, what), stored.time_of, stored.pieces(channels), wanted)


def _replayer(bot: Bot, what: str) -> NewReplayer:
    if what not in bot.replayers:
        raise NoReplayer(f"({what})")
    return bot.replayers[what]


def _replay(make: NewReplayer, time_of: TimeOf, pieces: Pieces, wanted: Wanted) -> int:
    report, replayer = Report(), make(wanted.rules, time_of)
    _hear_all(report, replayer, pieces)
    if not report.messages:
        raise NothingToReplay(f"(only {', '.join(wanted.channels)})" if wanted.channels else "")
    outcome = replayer.outcome()
    with files.stdout() as out:
        if wanted.as_json:
            out.write(texts.as_json(replay_report.as_data(report, outcome)))
        else:
            out.write(replay_report.as_text(report, outcome))
    return int(report.bad > 0)


def _hear_all(report: Report, replayer: Replayer, pieces: Pieces) -> None:
    voice = Voice(sys.stderr, "messages")
    for piece in pieces:
        match piece:
            case Heard():
                report.add(piece)
                replayer.hear(piece.place, piece.message, is_looked_at=piece.is_looked_at)
            case LeftAlone():
                report.left_alone[piece.why] += 1
            case Over():
                replayer.end(piece.channel_id)
            case Bad():
                report.bad += 1
                _complain(voice, piece, report.bad)
        voice.count(report.read)
    voice.wipe()


def _complain(voice: Voice, bad: Bad, number: int) -> None:
    if number <= MOST_COMPLAINTS:
        voice.say(shorten(clean(f"{bad.where}: {bad.problem}."), LONGEST_COMPLAINT))
    elif number == MOST_COMPLAINTS + 1:
        voice.say("There are more that cannot be read: they are only counted.")
