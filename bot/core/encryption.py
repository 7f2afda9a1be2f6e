"""Encrypts what must not stand readable in the database: AES-256-GCM, one key of several.

What is encrypted is bound to where it stands, so a text moved to another row cannot be read there.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.core.errors import CannotDecrypt

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Keyring:
    """Keys by their id; the first encrypts, all of them decrypt. Without any it is false."""

    keys: Mapping[str, bytes] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.keys)

    def encrypt(self, text: str, *, place: str) -> str:
        """A text as it is kept: the key's id, and what only that key reads in that `place`."""
        key_id, key = next(iter(self.keys.items()))
        nonce = os.urandom(_NONCE_BYTES)
        sealed = AESGCM(key).encrypt(nonce, text.encode(), place.encode())
        return f"{key_id}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, kept: str, *, place: str) -> str:
        """The text again. Raises CannotDecrypt."""
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

    def digest(self, text: str, *, place: str) -> str:
        """What a secret is known by without being kept: HMAC-SHA-256 with the first key, in hex."""
        key = next(iter(self.keys.values()), b"")
        return hmac.new(key, f"{place}\n{text}".encode(), hashlib.sha256).hexdigest()


def keyring(setting: str) -> Keyring:
    """The keys of `id:key,id:key`, each key 32 bytes in base64. Raises ValueError."""
    keys = {}
    for entry in filter(None, map(str.strip, setting.split(","))):
        key_id, _, encoded = entry.partition(":")
        key = base64.b64decode(encoded, validate=True)
        if not key_id.isalnum() or len(key) != KEY_BYTES or key_id in keys:
            raise ValueError("BATON_ENCRYPTION_KEYS must be id:key, as `baton keys new` prints it")
        keys[key_id] = key
    return Keyring(keys)


def new_key() -> str:
    """A key as it stands in the settings."""
    return base64.b64encode(os.urandom(KEY_BYTES)).decode()
