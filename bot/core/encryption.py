"""Encrypts what must not stand readable in the database: AES-256-GCM, one key of several.

What is encrypted is bound to where it stands, so a text moved to another row cannot be read there.
The library is imported when something is: without keys nothing is, and it takes 6 MB.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.core.errors import CannotDecrypt

KEY_BYTES: Final = 32
ENCRYPTED: Final = {"encrypted": True}
"""Marks a column (`info=ENCRYPTED`): what stands there is text, encrypted or empty."""
_NONCE_BYTES: Final = 12
_ID_BYTES: Final = 4
_FOR_DIGESTS: Final = b"baton: digests"  # a key of their own, so that no key does two things


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys of 32 bytes, by id; the first encrypts, all of them decrypt. Without any it is false."""

    keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    def __bool__(self) -> bool:
        return bool(self.keys)

    @property
    def newest(self) -> str:
        """The id of the key that encrypts; empty: there is none."""
        return next(iter(self.keys), "")

    def encrypt(self, text: str, *, place: str) -> str:
        """A text as it is kept: the key's id, and what only that key reads in that `place`."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - as above

        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.newest]).encrypt(nonce, text.encode(), place.encode())
        return f"{self.newest}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, kept: str, *, place: str) -> str:
        """The text again. Raises CannotDecrypt."""
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - as above
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        key_id, _, encoded = kept.partition(":")
        key = self.keys.get(key_id)
        if key is None:
            raise CannotDecrypt("(its key is not there)")
        try:
            whole = base64.b64decode(encoded, validate=True)
            nonce, sealed = whole[:_NONCE_BYTES], whole[_NONCE_BYTES:]
            return AESGCM(key).decrypt(nonce, sealed, place.encode()).decode()
        except (InvalidTag, binascii.Error, ValueError):
            raise CannotDecrypt("(it was changed, or moved)") from None

    def digests(self, text: str, *, place: str) -> Sequence[str]:
        """What a secret is known by without being kept, by each key; that of the first is kept."""
        return [_digest(key, text, place) for key in self.keys.values()]

    def verifies(self, text: str, digest: str, *, place: str) -> bool:
        """Whether a digest is that of a text, by any of the keys; takes as long if it is not."""
        found = [hmac.compare_digest(each, digest) for each in self.digests(text, place=place)]
        return any(found)


def place(team_id: str, table: str, column: str, *row: object) -> str:
    """Where something encrypted stands; `row` is the rest of its row's primary key."""
    return "/".join((team_id, table, column, *map(str, row)))


def new_key() -> str:
    """A key with a new id, as it stands in the settings."""
    key_id = os.urandom(_ID_BYTES).hex()
    return f"{key_id}:{base64.b64encode(os.urandom(KEY_BYTES)).decode()}"


def _digest(key: bytes, text: str, place: str) -> str:
    own = hmac.digest(key, _FOR_DIGESTS, hashlib.sha256)
    return hmac.new(own, f"{place}\n{text}".encode(), hashlib.sha256).hexdigest()
