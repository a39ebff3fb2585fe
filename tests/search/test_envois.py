"""The outbox: nothing is lost between the content and an engine beside the database."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from search import envois, index
from search.models import Envoi, Expediteur, SearchEntry
from search.moteurs.clients import Injoignable
from tests.search.factories import page


class MoteurTemoin:
    """A distant engine that keeps what it is told, and may be down."""

    distant = True

    def __init__(self) -> None:
        self.passages: dict[int, str] = {}
        self.en_panne = False
        self.lots: list[list[int]] = []

    def envoyer(self, cles, index="") -> None:
        if self.en_panne:
            raise Injoignable("panne")
        self.lots.append(list(cles))
        lignes = SearchEntry.objects.in_bulk(list(cles))
        for cle in cles:
            if cle in lignes:
                self.passages[cle] = lignes[cle].titre
            else:
                self.passages.pop(cle, None)

    def rafraichir(self, index="") -> None:
        pass

    @property
    def titres(self) -> set[str]:
        return set(self.passages.values())


@pytest.fixture
def temoin(monkeypatch):
    distant = MoteurTemoin()
    monkeypatch.setattr(envois, "moteur", lambda: distant)
    return distant


def test_the_database_alone_keeps_no_outbox(home, settings):
    settings.SEARCH_URL = ""
    page(home, "Baromètre")
    assert not Envoi.objects.exists()


def test_what_is_published_is_sent_once_committed(home, temoin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        page(home, "Baromètre")
        assert temoin.titres == set()
    assert temoin.titres == {"Baromètre"}
    assert not Envoi.objects.exists()


def test_what_is_rolled_back_is_never_sent(home, temoin):
    with transaction.atomic():
        page(home, "Baromètre")
        transaction.set_rollback(True)
    assert envois.vider() == 0
    assert temoin.lots == []


def test_a_crash_after_the_commit_loses_nothing(home, temoin):
    # In a test nothing is committed: the sending is never asked for, as when the process dies right there.
    publiee = page(home, "Baromètre")
    assert temoin.titres == set()
    envois.vider()
    assert temoin.titres == {"Baromètre"}
    publiee.unpublish()
    envois.vider()
    assert temoin.titres == set()


def test_a_crash_during_the_sending_sends_again(home, temoin, monkeypatch):
    page(home, "Baromètre")
    envoyer = temoin.envoyer

    def mourir(*args):
        envoyer(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(temoin, "envoyer", mourir)
    with pytest.raises(KeyboardInterrupt):
        envois.vider()
    monkeypatch.undo()
    monkeypatch.setattr(envois, "moteur", lambda: temoin)
    assert envois.vider() > 0
    assert temoin.titres == {"Baromètre"}


def test_an_engine_that_was_down_catches_up(home, temoin, django_capture_on_commit_callbacks, caplog):
    temoin.en_panne = True
    with django_capture_on_commit_callbacks(execute=True):
        publiee = page(home, "Baromètre")
        page(home, "Thermomètre")
        publiee.unpublish()
    assert Envoi.objects.exists()
    assert "cannot be told" in caplog.text
    temoin.en_panne = False
    with django_capture_on_commit_callbacks(execute=True):
        page(home, "Hygromètre")
    assert temoin.titres == {"Thermomètre", "Hygromètre"}
    assert not Envoi.objects.exists()


def test_a_row_that_changed_often_is_told_once(home, temoin):
    page(home, "Baromètre")
    cles = list(SearchEntry.objects.values_list("pk", flat=True))
    envois.noter(cles)
    envois.noter(cles)
    envois.vider()
    assert all(len(lot) == len(set(lot)) for lot in temoin.lots)


def test_what_is_noted_while_another_sends_is_sent_by_it(home, temoin, monkeypatch):
    page(home, "Baromètre")
    envoyer = temoin.envoyer

    def pendant(cles, index=""):
        envoyer(cles, index)
        if len(temoin.lots) == 1:
            page(home, "Thermomètre")
            # As the process that published it would do.
            assert envois.vider() == 0

    monkeypatch.setattr(temoin, "envoyer", pendant)
    envois.vider()
    assert temoin.titres == {"Baromètre", "Thermomètre"}


def test_the_turn_of_a_dead_sender_passes(home, temoin):
    page(home, "Baromètre")
    assert envois.Tour().prendre()
    assert envois.vider() == 0
    Expediteur.objects.update(jusque=timezone.now() - timedelta(seconds=1))
    assert envois.vider() > 0


def test_a_sender_that_slept_too_long_stops(home, temoin):
    page(home, "Baromètre")
    endormi = envois.Tour()
    endormi.prendre()
    Expediteur.objects.update(jusque=timezone.now() - timedelta(seconds=1))
    assert envois.Tour().prendre()
    with pytest.raises(Injoignable):
        endormi.vider()
    assert temoin.lots == []


def test_a_worker_tries_again_later_and_is_asked_once(home, temoin, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    from django_tasks_db.models import DBTaskResult

    temoin.en_panne = True
    page(home, "Baromètre")
    envois.envoyer_ce_qui_attend.func()
    envois.envoyer_ce_qui_attend.func()
    (tache,) = DBTaskResult.objects.filter(task_path__endswith="envoyer_ce_qui_attend")
    assert tache.run_after > timezone.now()
    temoin.en_panne = False
    envois.envoyer_ce_qui_attend.func()
    assert temoin.titres == {"Baromètre"}


def test_what_is_not_searched_any_more_is_told_too(home, temoin):
    page(home, "Baromètre")
    envois.vider()
    index.retirer(SearchEntry.objects.all())
    cache.clear()
    envois.vider()
    assert temoin.passages == {}
