"""Building in the background, once for a burst of changes."""

import threading
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db.models.signals import pre_migrate

from core.version import current_version
from parcours.emporter import packs, taches
from tests.parcours.emporter.conftest import ADRESSE, BASE
from tests.parcours.factories import ressource


@pytest.fixture
def prevus(settings, monkeypatch):
    """The timers that would have been started."""
    settings.EMPORTER_EN_FOND = True
    departs = []

    class Minuteur:
        def __init__(self, delai, appel):
            self.delai, self.appel = delai, appel

        def start(self):
            departs.append(self)

        def cancel(self): ...

        def join(self): ...

    monkeypatch.setattr(taches, "Timer", Minuteur)
    monkeypatch.setattr(taches, "_fils", set())
    return departs


def test_a_burst_of_changes_plans_one_building(home, prevus, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            ressource(home)
    assert [minuteur.delai for minuteur in prevus] == [taches.DELAI]


def test_the_end_of_the_process_drops_what_waits_and_lets_what_is_being_built_finish(monkeypatch):
    bati, commence, finit = [], threading.Event(), threading.Event()

    def batir():
        commence.set()
        assert finit.wait(10)
        bati.append(1)

    monkeypatch.setattr(taches, "_fils", set())
    monkeypatch.setattr(taches, "preparer_les_packs", SimpleNamespace(call=batir, backend="default"))
    monkeypatch.setattr(taches, "DELAI", 0)
    taches.prevoir()
    assert commence.wait(10)
    monkeypatch.setattr(taches, "DELAI", 3600)
    cache.delete(taches.CLE)
    taches.prevoir()
    (attend,) = [fil for fil in taches._fils if fil.interval == 3600]
    fin = threading.Thread(target=taches._arreter)
    fin.start()
    finit.set()
    fin.join(10)
    assert not fin.is_alive()
    assert bati == [1]
    assert not attend.is_alive()


def test_what_is_built_in_the_background_is_what_readers_get(client, monde, monkeypatch):
    client.get(f"{ADRESSE}pdf")
    monde.public.title = "Un autre titre"
    monde.public.save_revision().publish()
    taches.preparer_les_packs.call()
    monkeypatch.setattr(packs, "_octets", pytest.fail)
    for sorte in packs.SORTES:
        assert client.get(ADRESSE + sorte).status_code == 200


def test_a_worker_receives_the_task_where_there_is_one(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    from django_tasks import task_backends

    taches.prevoir()
    taches.prevoir()
    resultats = task_backends["default"].results
    assert len(resultats) == 1
    assert resultats[0].task.run_after


def test_a_failure_in_the_background_is_noted_and_others_are_built(home, monde, monkeypatch, caplog):
    from tests.parcours.factories import parcours

    parcours(home, [monde.public], slug="autre")
    vrai = packs.pdf.ecrire

    def echouer(livret, date):
        if livret.slug == "p":
            raise RuntimeError("mise en page")
        return vrai(livret, date)

    monkeypatch.setattr(packs.pdf, "ecrire", echouer)
    assert packs.preparer(current_version(), [BASE]) == 2
    assert "mise en page" in caplog.text
    assert packs.depot.lire_l_etat("autre")[BASE]["fichiers"].keys() == {"pdf", "epub", "zip"}


def test_the_command_builds_for_an_address_and_forgets_what_is_gone(monde, depot, capsys):
    (depot / "disparu").mkdir(parents=True)
    call_command("preparer_emporter", "--adresse", "https://a.example/")
    assert "1 parcours" in capsys.readouterr().out
    assert not (depot / "disparu").exists()
    fichiers = packs.depot.lire_l_etat("p")["https://a.example"]["fichiers"]
    assert set(fichiers) == set(packs.SORTES)
    call_command("preparer_emporter", "--purger", verbosity=0)
    assert not (depot / "p" / "etat.json").exists()


def test_nothing_is_planned_while_tables_change(home, prevus, django_capture_on_commit_callbacks):
    def publier() -> int:
        with django_capture_on_commit_callbacks(execute=True):
            ressource(home)
        return len(prevus)

    pendant = []
    config = apps.get_app_config("home")

    def changer(**kwargs) -> None:
        pendant.append(publier())

    pre_migrate.connect(changer, sender=config)
    try:
        call_command("migrate", verbosity=0)
    finally:
        pre_migrate.disconnect(changer, sender=config)
    assert pendant == [0]
    assert publier() == 1
