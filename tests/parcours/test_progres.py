"""Two notebooks merge into one, whatever the order; what is not a notebook is refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcours.carnet import progres
from parcours.carnet.progres import (
    MAX_MS,
    MAX_PAGES,
    TOLERANCE_MS,
    IllegibleError,
    borner,
    fusionner,
    lire,
    lire_texte,
    lues,
)
from tests.parcours.carnets import MAINTENANT, PAGES, carnets, marques

PAGE = PAGES[1]


@settings(max_examples=2_500, deadline=None)
@given(carnets, carnets, carnets)
def test_ten_thousand_merges_are_commutative_associative_and_idempotent(un, deux, trois):
    """2,500 draws, at least four merges of drawn notebooks in each."""
    union = fusionner(un, deux)
    assert union == fusionner(deux, un)
    assert fusionner(union, trois) == fusionner(un, fusionner(deux, trois))
    assert fusionner(union, deux) == union
    assert fusionner(union, union) == union


@given(carnets, carnets)
def test_a_merge_loses_no_page_and_no_time(un, deux):
    union = fusionner(un, deux)
    assert set(union) == set(un) | set(deux)
    for carnet in (un, deux):
        for page, marque in carnet.items():
            assert all(union[page][rank] >= marque[rank] for rank in (0, 1, 3))


@given(carnets)
def test_a_merge_with_nothing_changes_nothing(carnet):
    assert fusionner(carnet, {}) == carnet == fusionner({}, carnet)


def test_a_merge_leaves_what_it_was_given_as_it_was():
    un, deux = {PAGE: (1, 0, 0, 0)}, {PAGE: (2, 0, 0, 0)}
    fusionner(un, deux)
    assert (un, deux) == ({PAGE: (1, 0, 0, 0)}, {PAGE: (2, 0, 0, 0)})


def test_the_position_reached_last_wins_even_when_it_is_earlier_in_the_video():
    assert fusionner({PAGE: (0, 0, 600, 10)}, {PAGE: (0, 0, 30, 20)})[PAGE] == (0, 0, 30, 20)
    assert fusionner({PAGE: (0, 0, 600, 10)}, {PAGE: (0, 0, 30, 10)})[PAGE] == (0, 0, 600, 10)


def test_undoing_survives_an_older_device():
    older, newer = {PAGE: (100, 0, 0, 0)}, {PAGE: (100, 200, 0, 0)}
    assert lues(fusionner(newer, older)) == lues(fusionner(older, newer)) == set()


@given(marques)
def test_times_to_come_are_brought_back_and_what_is_read_stays_read(marque):
    bounded = borner(marque, MAINTENANT)
    assert max(bounded[0], bounded[1], bounded[3]) <= MAINTENANT + TOLERANCE_MS
    assert min(bounded) >= 0
    assert (bounded[0] > bounded[1]) == (marque[0] > marque[1])
    assert bounded[2] == marque[2]
    assert borner(bounded, MAINTENANT) == bounded


@given(carnets)
def test_a_notebook_written_as_json_is_read_back(carnet):
    bounded = {page: borner(marque, MAINTENANT) for page, marque in carnet.items()}
    assert lire_texte(json.dumps(carnet).encode(), MAINTENANT) == bounded


@pytest.mark.parametrize(
    "valeur",
    [
        None, [], "texte", 12, {"x": [1, 0, 0, 0]}, {PAGE: None}, {PAGE: [1]}, {PAGE: [1, 2, 3]},
        {PAGE: [1, 2, 3, 4, 5]},
        {PAGE: [-1, 0, 0, 0]}, {PAGE: [1.5, 0, 0, 0]}, {PAGE: ["1", 0, 0, 0]}, {PAGE: [True, 0, 0, 0]},
        {PAGE: [MAX_MS + 1, 0, 0, 0]}, {PAGE: [1, 0, 10**9, 0]}, {PAGE.upper().replace("0", "A"): [1, 0, 0, 0]},
        {PAGE + "\n": [1, 0, 0, 0]}, {"__proto__": [1, 0, 0, 0]},
    ],
)  # fmt: skip
def test_what_is_not_a_notebook_is_refused(valeur):
    with pytest.raises(IllegibleError):
        lire(valeur, MAINTENANT)


@pytest.mark.parametrize(
    "texte",
    [b"", b"{", b"\xff", b"NaN", b"[" * 100_000, b'{"a":' * 50_000, b"1" * 10_000, b" " * (progres.MAX_OCTETS + 1)],
    ids=["empty", "cut", "no UTF-8", "NaN", "deep list", "deep object", "huge number", "too long"],
)
def test_a_text_that_is_not_a_notebook_is_refused(texte):
    with pytest.raises(IllegibleError):
        lire_texte(texte, MAINTENANT)


def test_a_notebook_too_large_is_refused():
    carnet = {f"{rank:08x}-0000-0000-0000-000000000000": [1, 0, 0, 0] for rank in range(MAX_PAGES + 1)}
    with pytest.raises(IllegibleError, match="trop grand"):
        lire(carnet, MAINTENANT)
    carnet.popitem()
    assert len(lire(carnet, MAINTENANT)) == MAX_PAGES


@given(st.text(max_size=60))
def test_no_text_makes_the_reading_fail_otherwise(texte):
    try:
        lire_texte(texte.encode("utf-8", "surrogatepass"), MAINTENANT)
    except IllegibleError as error:
        assert str(error).endswith(".")
