"""What a misspelt word may have meant follows the index, and costs a publication nothing."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from core.version import current_version
from search import proches as module
from search.models import Mot
from search.moteurs import moteur
from search.proches import Vocabulaire, proches
from tests.search.factories import page


@pytest.fixture
def proposer(db):
    def ask(forme: str) -> list[str]:
        return [proche.mot for proche in proches([forme], current_version()).get(forme, [])]

    return ask


def test_a_word_is_proposed_as_soon_as_it_is_published(home, proposer):
    page(home, "Comité de pilotage")
    assert proposer("partanariat") == []
    page(home, "Partenariat")
    assert proposer("partanariat") == ["partenariat"]


def test_a_word_that_has_left_the_index_is_proposed_no_more(home, proposer):
    publiee = page(home, "Partenariat")
    assert proposer("partanariat") == ["partenariat"]
    publiee.unpublish()
    assert proposer("partanariat") == []


def test_only_the_words_that_came_in_are_read_after_a_publication(home, proposer, monkeypatch):
    page(home, "Comité de pilotage")
    proposer("pilotaje")
    lus = []
    ajouter = Vocabulaire._ajouter

    def noter(self, par_longueur, mot):
        lus.append(mot)
        ajouter(self, par_longueur, mot)

    monkeypatch.setattr(Vocabulaire, "_ajouter", noter)
    page(home, "Comité de partenariat")
    assert proposer("partanariat") == ["partenariat"]
    assert set(lus) == {"partenariat"}


def test_the_first_letter_is_the_last_to_be_doubted(home, proposer):
    page(home, "Un ballon")
    assert proposer("gallon") == ["ballon"]
    page(home, "Un galion")
    assert proposer("gallon") == ["galion"]


def test_a_word_said_alike_is_found_however_it_is_written(home, proposer):
    page(home, "Questionnaire")
    assert proposer("kestionere") == ["questionnaire"]


def test_indexing_mends_what_words_are_looked_for_by(home, proposer):
    page(home, "Questionnaire")
    Mot.objects.update(son="x", famille="x")
    assert proposer("kestionere") == []
    moteur().rebuild()
    assert proposer("kestionere") == ["questionnaire"]


def test_who_waited_while_another_read_the_words_does_not_read_them_again(db, django_assert_num_queries):
    mots = Vocabulaire()

    class Attente:
        """A lock got once the thread that held it has read everything."""

        def __enter__(self):
            mots._version = 7

        def __exit__(self, *_):
            pass

    mots._verrou = Attente()
    with django_assert_num_queries(0):
        mots.suivre(7)


def test_threads_that_come_together_share_one_vocabulary(monkeypatch):
    class Lent:
        def __init__(self):
            time.sleep(0.05)

        def suivre(self, version):
            pass

    monkeypatch.setattr(module, "Vocabulaire", Lent)
    monkeypatch.setattr(module, "cache", SimpleNamespace(get_or_set=lambda *_: "lecture"))
    module._vocabulaire.cache_clear()
    with ThreadPoolExecutor(4) as fils:
        trouves = set(fils.map(module.vocabulaire, range(4)))
    module._vocabulaire.cache_clear()
    assert len(trouves) == 1
