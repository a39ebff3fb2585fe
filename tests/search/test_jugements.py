"""The quality of the ranking, on the judged queries of `jugements/` and whatever engine the settings choose."""

import pytest
from django.core.management import call_command

from benchmarks.jugements import Score, evaluer, lieu_de, lire, manques, moyennes, par_le_site
from search.models import SearchEntry
from search.presentation import adresse

NDCG_MIN = 0.85
CLASSES = {
    "accents", "apostrophes", "débuts", "fautes", "ligatures", "morphologie", "mots seuls", "mots éloignés", "noms",
    "phrases", "questions", "sigles", "traits d’union",
}  # fmt: skip
pytestmark = pytest.mark.contrat


@pytest.fixture(scope="module")
def deja_notes() -> list[Score]:
    """The scores, once a test has asked for them."""
    return []


@pytest.fixture
def scores(contenu, db, deja_notes) -> list[Score]:
    # Within a test, for a distant engine is only ready then.
    if not deja_notes:
        call_command("indexer", verbosity=0)
        deja_notes += evaluer(par_le_site, lire())
    return deja_notes


def test_the_ranking_is_as_good_as_promised(scores):
    trouve = moyennes(scores)["ndcg"]
    assert trouve >= NDCG_MIN, f"nDCG@10 is {trouve}; the queries answered worst:\n{manques(scores, 15)}"


def test_no_query_that_has_an_answer_finds_nothing(scores):
    assert [score.question.texte for score in scores if score.vide] == []


def test_every_place_judged_is_in_the_index(contenu, db):
    call_command("indexer", verbosity=0)
    lignes = SearchEntry.objects.select_related("page", "document")
    places = {lieu_de(adresse(ligne)) for ligne in lignes}
    assert {lieu for question in lire() for lieu in question.notes} - places == set()


def test_judgements_cover_every_class_and_mark():
    questions = lire()
    assert {question.classe for question in questions} == CLASSES
    assert len({(question.besoin, question.texte) for question in questions}) == len(questions) >= 100
    assert all(set(question.notes.values()) <= {1, 2, 3} for question in questions)
    assert all(max(question.notes.values()) >= 2 for question in questions)
