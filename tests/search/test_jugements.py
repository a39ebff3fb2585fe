"""The quality of the ranking, on the judged queries of `jugements/` and whatever engine the settings choose."""

import pytest
from django.core.management import call_command
from django.test import override_settings

from benchmarks.jugements import Score, evaluer, lieu_de, lire, manques, moyennes, par_le_site
from search.models import SearchEntry
from search.presentation import adresse

NDCG_MIN = 0.85
CLASSES = {
    "accents", "apostrophes", "débuts", "fautes", "ligatures", "morphologie", "mots seuls", "mots éloignés", "noms",
    "phrases", "questions", "sigles", "traits d’union",
}  # fmt: skip


@pytest.fixture(scope="module")
def scores(contenu, django_db_blocker, media_root) -> list[Score]:
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media_root):
        call_command("indexer", verbosity=0)
        return evaluer(par_le_site, lire())


def test_the_ranking_is_as_good_as_promised(db, scores):
    trouve = moyennes(scores)["ndcg"]
    assert trouve >= NDCG_MIN, f"nDCG@10 is {trouve}; the queries answered worst:\n{manques(scores, 15)}"


def test_no_query_that_has_an_answer_finds_nothing(db, scores):
    assert [score.question.texte for score in scores if score.vide] == []


def test_every_place_judged_is_in_the_index(db, scores):
    lignes = SearchEntry.objects.select_related("page", "document")
    places = {lieu_de(adresse(ligne)) for ligne in lignes}
    assert {lieu for question in lire() for lieu in question.notes} - places == set()


def test_judgements_cover_every_class_and_mark():
    questions = lire()
    assert {question.classe for question in questions} == CLASSES
    assert len({(question.besoin, question.texte) for question in questions}) == len(questions) >= 100
    assert all(set(question.notes.values()) <= {1, 2, 3} for question in questions)
    assert all(max(question.notes.values()) >= 2 for question in questions)
