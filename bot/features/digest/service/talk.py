"""What was said meanwhile, as the lines of a digest."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.core import attention, channels, message_store, people
from bot.core.channels import Channel
from bot.core.digests import DigestSection, Part, Reader
from bot.core.drafting import ALIAS, revision
from bot.core.message_store import StoredMessage
from bot.core.render import Mrkdwn
from bot.core.unit_of_work import UnitOfWork
from bot.core.visibility import may_see
from bot.features.digest.messages import talk as messages
from bot.features.digest.messages.talk import DraftedShown, ThreadShown
from bot.features.digest.queries import slices as queries
from bot.features.digest.rules import slices
from bot.features.digest.rules import threads as rules
from bot.features.digest.rules.slices import Drafted, DraftedLine
from bot.features.digest.service import drafting, translating


@dataclass(slots=True)
class Talk:
    """What was said, as lines: worded by a model, and literal ones.

    `about` are the messages they tell of; `held_back` lines could not be checked just now.
    """

    drafted: list[Mrkdwn] = field(default_factory=list)
    plain: list[Mrkdwn] = field(default_factory=list)
    about: set[tuple[str, str]] = field(default_factory=set)
    held_back: int = 0

    @property
    def section(self) -> DigestSection | None:
        """All of it as a part of the digest."""
        lines = [*self.drafted, *self.plain]
        if not lines and not self.held_back:
            return None
        return DigestSection(
            Part.HAPPENED, messages.CONVERSATIONS, lines, frozenset(self.about), self.held_back
        )


def conversations(uow: UnitOfWork, reader: Reader, told: Collection[tuple[str, str]]) -> Talk:
    """What was said in the reader's channels meanwhile: lines a model worded, and literal ones.

    Left out are threads whose first message is `told` of elsewhere in the digest.
    """
    talk = Talk()
    for channel in channels.shared_with(uow.session, uow.team_id, reader.person.user_id):
        said = message_store.between(
            uow.session, uow.team_id, channel.channel_id, reader.since, uow.now
        )
        untold = [
            each
            for each in said
            if (each.channel_id, each.thread_root) not in told
            and not attention.is_off(uow, each.user_id)
            and not rules.is_to(uow.workspace.bot_user_id, each.text)
        ]
        shown = rules.busiest(rules.threads_worth_a_line(untold, reader.person.user_id))
        if shown and not may_see(uow, reader.person.user_id, channel.channel_id):
            talk.held_back += len(shown)
            continue
        worded = queries.drafted(uow, channel.channel_id, reader.since)
        worded = translating.worded_for(uow, worded, reader.person)
        rest = _add_worded(uow, reader, worded, untold, talk) if worded else untold
        _add_literal(uow, reader, channel, rest, talk)
    return talk


def _add_worded(
    uow: UnitOfWork, reader: Reader, worded: Drafted, said: Sequence[StoredMessage], talk: Talk
) -> list[StoredMessage]:
    """Adds the lines of a channel that still hold; returns what is still to be told of."""
    older = drafting.older_sources(uow, worded, reader.since)
    known = {each.ts: each for each in (*older, *said)}
    lost: set[str] = set()
    for line in slices.by_weight(worded.lines):
        cited = [known.get(source.ts) for source in line.sources]
        holds = all(
            each and revision(each.text) == source.rev
            for each, source in zip(cited, line.sources, strict=True)
        )
        live = [each for each in cited if each is not None]
        if not holds or len(talk.drafted) >= slices.DRAFTED_LINES:
            lost.update(each.thread_root for each in live)
        elif any(each.user_id != reader.person.user_id for each in live):
            talk.drafted.append(messages.drafted_line(_drafted(uow, line, live)))
            talk.about |= {(each.channel_id, each.ts) for each in live}
    return [each for each in said if not worded.tells_of(each) or each.thread_root in lost]


def _add_literal(
    uow: UnitOfWork, reader: Reader, channel: Channel, said: Sequence[StoredMessage], talk: Talk
) -> None:
    threads = rules.threads_worth_a_line(said, reader.person.user_id)
    shown = rules.busiest(threads)
    talk.plain += [messages.thread_line(_shown(uow, thread)) for thread in shown]
    talk.about |= {(channel.channel_id, thread.first.thread_root) for thread in shown}
    talk.about |= {(channel.channel_id, thread.first.ts) for thread in shown}
    if len(threads) > len(shown):
        talk.plain.append(messages.more_threads(channel.channel_id, len(threads) - len(shown)))


def _drafted(uow: UnitOfWork, line: DraftedLine, cited: Sequence[StoredMessage]) -> DraftedShown:
    names = people.names(uow.session, uow.team_id, line.people.values())
    called = {alias: names.get(user_id, "someone") for alias, user_id in line.people.items()}
    link = uow.workspace.permalink
    return DraftedShown(
        channel_id=cited[0].channel_id,
        author_id=cited[0].user_id,
        text=line.text,
        people=line.people,
        quote=ALIAS.sub(lambda found: "@" + called.get(found[0], found[0]), line.quote),
        permalinks=[link(each.channel_id, each.ts, each.thread_ts) for each in cited],
    )


def _shown(uow: UnitOfWork, thread: rules.Thread) -> ThreadShown:
    first = thread.first
    place = (uow.session, uow.team_id, first.channel_id)
    root = message_store.find(*place, first.thread_root) or first
    return ThreadShown(
        channel_id=root.channel_id,
        author_id=root.user_id,
        permalink=uow.workspace.permalink(root.channel_id, root.ts, root.thread_ts),
        quote=people.readable(uow.session, uow.team_id, root.text) if root.is_kept else None,
        reply_count=thread.reply_count,
    )
