"""People's own addresses outside of Slack: entered, confirmed by a code, tried out, removed."""

import secrets
from datetime import datetime
from typing import Final, TypeAlias

from bot.core import addresses, attempts, attention, people
from bot.core.addresses import AddressRow
from bot.core.attention import Urgency
from bot.core.ids import new_id
from bot.core.people import Person
from bot.core.ports import Act
from bot.core.unit_of_work import UnitOfWork
from bot.features.redphone.messages import addresses as messages
from bot.features.redphone.rules import addresses as rules
from bot.features.redphone.rules.addresses import Code, Sent, Shown, Verdict, Wrong
from bot.features.redphone.rules.policies import Way
from bot.features.redphone.service import rotations

KEY: Final = "redphone:contact:"
_Said: TypeAlias = dict[str, str | bool]


class NotYet(Exception):
    """As much was sent there as may be within an hour; more may be `at` then."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at


def is_set_up(uow: UnitOfWork) -> bool:
    """Whether Baton can keep an address, and reach any."""
    return bool(uow.house.keyring) and any(
        rules.ways_of(kind, uow.house.pagers) for kind in rules.KINDS
    )


def note(uow: UnitOfWork, user_id: str) -> str:
    """What to tell somebody who is on call and looks at their addresses; empty: nothing."""
    person = people.find(uow.session, uow.team_id, user_id)
    is_alone = person is not None and bool(hint(uow, person))
    return messages.ON_CALL if is_alone and rotations.is_on_call(uow, user_id) else ""


def shown(uow: UnitOfWork, user_id: str) -> list[Shown]:
    """Somebody's own addresses as they see them, of each kind that can be reached."""
    entered = {row.kind: row for row in addresses.of(uow, user_id)}
    kinds = [kind for kind in rules.KINDS if rules.ways_of(kind, uow.house.pagers)]
    return [_shown(uow, kind, entered.get(kind)) for kind in kinds]


def enter(uow: UnitOfWork, user_id: str, kind: str, text: str, way: Way) -> Wrong | None:
    """Somebody types an address: a code goes there; returns what is wrong with it.

    The one they have stays in use until the new one is confirmed. Raises NotYet.
    """
    address = rules.normalised(kind, text)
    if isinstance(address, Wrong):
        return address
    row = addresses.hold(uow, user_id, kind)
    _count(uow, row)  # before anything changes: a code must never confirm another address
    addresses.close(row, uow.house.keyring, "wanted", address)
    row.entered_at = uow.now
    _send_code(uow, row, way)
    return None


def send_again(uow: UnitOfWork, user_id: str, kind: str, way: Way) -> bool:
    """A new code for what somebody typed; False: there is nothing to confirm. Raises NotYet."""
    row = addresses.hold(uow, user_id, kind)
    if addresses.opened(row, uow.house.keyring, "wanted") is None:
        return False
    _count(uow, row)
    _send_code(uow, row, way)
    return True


def confirm(uow: UnitOfWork, user_id: str, kind: str, typed: str) -> tuple[Verdict, int]:
    """Somebody types a code: if it is right, its address counts. Tells how many tries are left."""
    row, keyring = addresses.hold(uow, user_id, kind), uow.house.keyring
    wanted = addresses.opened(row, keyring, "wanted")
    if wanted is None:
        return Verdict.NOTHING, 0
    if not row.code or not rules.is_good(Code(row.code_sent_at, row.tries), uow.now):
        return Verdict.OVER, 0
    row.tries += 1
    if not addresses.is_code(row, keyring, rules.digits(typed)):
        left = rules.MOST_TRIES - row.tries
        return (Verdict.WRONG, left) if left else (Verdict.OVER, 0)
    addresses.close(row, keyring, "address", wanted)
    row.confirmed_at, row.wanted = uow.now, ""
    _forget_code(row)
    return Verdict.RIGHT, 0


def remove(uow: UnitOfWork, user_id: str, kind: str) -> None:
    """Forgets somebody's address of a kind; how much was sent there is still counted."""
    row = addresses.hold(uow, user_id, kind)
    row.address, row.wanted, row.confirmed_at, row.entered_at = "", "", None, uow.now
    _forget_code(row)


def try_out(uow: UnitOfWork, user_id: str, kind: str, way: Way) -> bool:
    """Sends a test to somebody's confirmed address; False: there is none. Raises NotYet."""
    row = addresses.hold(uow, user_id, kind)
    if addresses.opened(row, uow.house.keyring, "address") is None:
        return False
    _count(uow, row)
    said: _Said = {"subject": messages.TEST_SUBJECT, "text": messages.TEST_TEXT, "is_test": True}
    _queue(uow, row, way, _key(), said)
    return True


def settled(uow: UnitOfWork, key: str, way: Way) -> None:
    """What somebody waits for did not go out: they are told."""
    attempt = attempts.find(uow.session, uow.team_id, key)
    person = people.find(uow.session, uow.team_id, attempt.user_id) if attempt else None
    if person is not None:
        told = messages.not_sent(way)
        attention.reach(uow, f"{key}:told", person, told, urgency=Urgency.REPLY)


def hint(uow: UnitOfWork, person: Person) -> str:
    """What to tell whoever is on call and can be reached in Slack only; empty: nothing."""
    is_known = person.user_id in addresses.kinds_of(uow, [person.user_id])
    return "" if is_known or not is_set_up(uow) else messages.HINT


def _send_code(uow: UnitOfWork, row: AddressRow, way: Way) -> None:
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}}"
    row.code = addresses.code_digests(row, uow.house.keyring, code)[0]
    row.code_sent_at, row.tries = uow.now, 0
    key = _key()
    sealed = attempts.sealed(uow, key, messages.code(rules.spelled(code, way)))
    _queue(uow, row, way, key, {"subject": messages.CODE_SUBJECT, "text": "", "sealed": sealed})


def _queue(uow: UnitOfWork, row: AddressRow, way: Way, key: str, said: _Said) -> None:
    payload = {"incident": key, "act": Act.TELL, **said}
    attempts.queue(uow, key, way.value, payload, user_id=row.user_id)


def _count(uow: UnitOfWork, row: AddressRow) -> None:
    sent = Sent(row.sent_since, row.sent)
    free_at = rules.next_free(sent, uow.now)
    if free_at is not None:
        raise NotYet(free_at)
    after = rules.sent_once_more(sent, uow.now)
    row.sent_since, row.sent = after.since, after.count


def _forget_code(row: AddressRow) -> None:
    row.code, row.code_sent_at, row.tries = "", None, 0


def _shown(uow: UnitOfWork, kind: str, row: AddressRow | None) -> Shown:
    ways = rules.ways_of(kind, uow.house.pagers)
    if row is None:
        return Shown(kind, "", "", has_code=False, ways=ways)
    keyring = uow.house.keyring
    address = addresses.opened(row, keyring, "address")
    wanted = addresses.opened(row, keyring, "wanted")
    return Shown(
        kind,
        rules.masked(kind, address) if address else "",
        rules.masked(kind, wanted) if wanted else "",
        has_code=bool(row.code) and rules.is_good(Code(row.code_sent_at, row.tries), uow.now),
        ways=ways,
    )


def _key() -> str:
    return f"{KEY}{new_id()}"
