"""What is encrypted opens where it stands, with its key, unchanged; and nowhere else."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.encryption import Keyring, new_key, place
from bot.core.errors import CannotDecrypt
from bot.settings import Settings, SettingsError, load

texts = st.text(max_size=300)
ids = st.sampled_from(["T1", "T2", "U1", "U11", "email", "phone"])
places = st.builds(place, ids, st.just("addresses"), st.just("address"), ids, ids)
KEY, OTHER = (Settings(_env_file=None, baton_encryption_keys=new_key()) for _ in range(2))
RING, STRANGE = Keyring(KEY.encryption_keys), Keyring(OTHER.encryption_keys)
BOTH = Keyring({**STRANGE.keys, **RING.keys})


@given(texts, places)
def test_what_was_encrypted_is_read_again_in_its_place(text: str, where: str) -> None:
    kept = RING.encrypt(text, place=where)
    assert RING.decrypt(kept, place=where) == text
    assert BOTH.decrypt(kept, place=where) == text, "an older key opens it, too"


@given(texts, places, places)
def test_nowhere_else(text: str, where: str, elsewhere: str) -> None:
    kept = RING.encrypt(text, place=where)
    if elsewhere != where:
        with pytest.raises(CannotDecrypt):
            RING.decrypt(kept, place=elsewhere)


@given(texts, st.data())
def test_one_changed_bit_is_noticed(text: str, data: st.DataObject) -> None:
    key_id, _, encoded = RING.encrypt(text, place="here").partition(":")
    whole = bytearray(base64.b64decode(encoded))
    bit = data.draw(st.integers(0, 8 * len(whole) - 1))
    whole[bit // 8] ^= 1 << (bit % 8)
    with pytest.raises(CannotDecrypt):
        RING.decrypt(f"{key_id}:{base64.b64encode(whole).decode()}", place="here")


@given(st.text(max_size=80))
def test_whatever_stands_there_never_breaks_its_reader(garbage: str) -> None:
    for kept in (garbage, f"{RING.newest}:{garbage}"):
        with pytest.raises(CannotDecrypt):
            RING.decrypt(kept, place="here")


def test_another_key_of_the_same_name_opens_nothing() -> None:
    kept = RING.encrypt("a@example.com", place="here")
    with pytest.raises(CannotDecrypt):
        Keyring({RING.newest: STRANGE.keys[STRANGE.newest]}).decrypt(kept, place="here")
    with pytest.raises(CannotDecrypt):
        STRANGE.decrypt(kept, place="here")
    with pytest.raises(CannotDecrypt):
        Keyring().decrypt(kept, place="here")


@given(texts, places)
def test_the_same_text_never_looks_the_same_twice(text: str, where: str) -> None:
    assert RING.encrypt(text, place=where) != RING.encrypt(text, place=where)


@given(texts, texts)
def test_a_digest_tells_one_text_by_any_key_of_the_ring(text: str, other: str) -> None:
    digest = RING.digests(text, place="here")[0]
    assert BOTH.verifies(text, digest, place="here")
    assert not STRANGE.verifies(text, digest, place="here")
    assert not BOTH.verifies(text, digest, place="there")
    assert BOTH.verifies(other, digest, place="here") == (other == text)


def test_a_ring_shows_no_key() -> None:
    assert base64.b64encode(RING.keys[RING.newest]).decode() not in repr(RING)
    assert repr(RING.keys[RING.newest]) not in repr(RING)
    assert RING
    assert not Keyring()


def test_keys_stand_in_the_settings_the_newest_first() -> None:
    first, second = new_key(), new_key()
    given = Settings(_env_file=None, baton_encryption_keys=f"{first}, {second},")
    assert [*given.encryption_keys] == [each.partition(":")[0] for each in (first, second)]
    assert Settings(_env_file=None).encryption_keys == {}
    assert first.partition(":")[2] not in repr(given)


@pytest.mark.parametrize(
    "wrong",
    [
        "secret",
        "a:",
        "a:AAAA",
        f":{'A' * 43}=",
        f"a b:{'A' * 43}=",
        f"a:{'A' * 44}=",
        f"a:{'é' * 43}=",
    ],
)
def test_a_key_that_is_none_is_told_in_one_sentence(wrong: str) -> None:
    with pytest.raises(SettingsError) as told:
        load(_env_file=None, baton_encryption_keys=wrong)
    (problem,) = told.value.problems
    assert "as `baton keys new` prints them." in problem
    assert wrong.partition(":")[2] not in problem or wrong == "a:" or ":" not in wrong


def test_two_keys_of_one_name_are_told_too() -> None:
    with pytest.raises(SettingsError, match="two keys called a: remove one"):
        load(_env_file=None, baton_encryption_keys=f"a:{'A' * 43}=,a:{'B' * 43}=")
