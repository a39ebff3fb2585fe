"""The resume code: words that a person copies, says and types."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.carnet import mots

secrets = st.binary(min_size=mots.OCTETS, max_size=mots.OCTETS)


def test_the_words_never_change_since_codes_are_in_peoples_hands():
    assert len(set(mots.MOTS)) == 2048
    assert hashlib.sha256(" ".join(mots.MOTS).encode()).hexdigest()[:16] == "c88981b630eb7055"


def test_a_secret_is_128_random_bits():
    assert len(mots.nouveau()) == 16
    assert len({mots.nouveau() for _ in range(1000)}) == 1000


@given(secrets)
def test_a_code_is_twelve_words_and_gives_its_secret_back(secret):
    code = mots.en_mots(secret)
    assert len(code.split()) == 12
    assert mots.lire(code) == secret


@given(secrets)
def test_what_is_heard_is_what_is_typed(secret):
    code = mots.en_mots(secret)
    for sound, spelling in (("ka", "ca"), ("ko", "co"), ("ki", "qui"), ("fo", "pho"), ("lo", "leau"), ("ra", "râ")):
        code = code.replace(sound, spelling)
    assert mots.lire(f"  {code.upper().replace(' ', ' - ')}. ") == secret


@given(secrets, st.integers(0, 11), st.integers(0, 2047))
def test_a_changed_word_is_never_taken_for_the_same_code(secret, rank, other):
    words = mots.en_mots(secret).split()
    if words[rank] == mots.MOTS[other]:
        return
    words[rank] = mots.MOTS[other]
    try:
        assert mots.lire(" ".join(words)) != secret
    except mots.CodeIllisibleError as error:
        assert "Relisez votre code" in str(error)


@pytest.mark.parametrize(
    ("texte", "message"),
    [
        ("", "vous en avez saisi 0"),
        ("baba", "vous en avez saisi 1"),
        ("baba " * 13, "vous en avez saisi 13"),
        ("baba " * 5 + "bonjour " + "baba " * 6, "Le mot 6, « bonjour »"),
        ("\x00 œ 日本", "vous en avez saisi 0"),
        ("a" * 100_000, "vous en avez saisi 1"),
    ],
)
def test_a_code_badly_typed_is_explained(texte, message):
    with pytest.raises(mots.CodeIllisibleError, match=message):
        mots.lire(texte)


def test_what_is_stored_of_a_secret_does_not_hold_it():
    secret = mots.nouveau()
    assert secret.hex() not in mots.empreinte(secret)
    assert len(mots.empreinte(secret)) == 64
