"""A name of a vocabulary that changes is told wherever it stands: facets, passages, suggestions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Organisme, Territoire
from kit.models import NaturePage, RessourcePage, Rubrique
from mooc.models import ProducteurDuMooc
from search import index, suites
from search.models import SearchEntry
from tests.fils_rouges.factories import fil_rouge, index_page
from tests.kit.factories import nature_page, ressource
from tests.mooc.factories import mooc_page


@pytest.fixture
def libelles(client):
    """The labels that the results page's facet shows, by its API."""

    def ask(facette: str) -> set[str]:
        facettes = client.get("/api/recherche/", {"q": "zyxwvut"}).json()["facettes"]
        return {valeur["libelle"] for valeur in facettes.get(facette, [])}

    return ask


@pytest.fixture
def fiche(home) -> RessourcePage:
    nature = nature_page(home, "methode", "Méthode", rubriques=["Repères"])
    return ressource(
        nature, "Zyxwvut", producteurs=["Le Rameau"], territoires=["Bretagne"], rubrique=Rubrique.objects.get()
    )


def renommer(modele, avant: str, apres: str) -> None:
    champ = "titre" if modele is Rubrique else "nom"
    chose = modele.objects.get(**{champ: avant})
    setattr(chose, champ, apres)
    chose.save()


@pytest.mark.parametrize(
    ("modele", "facette", "avant", "apres"),
    [
        (Organisme, "organisme", "Le Rameau", "La Branche"),
        (Territoire, "territoire", "Bretagne", "Armorique"),
        (Rubrique, "rubrique", "Repères", "Balises"),
    ],
)
def test_a_name_that_changes(fiche, libelles, trouver, modele, facette, avant, apres):
    assert libelles(facette) == {avant}
    renommer(modele, avant, apres)
    assert libelles(facette) == {apres}
    assert (trouver(avant), trouver(apres)) == ([], ["Zyxwvut"])


def test_a_nature_renamed_by_its_editor(fiche, libelles):
    nature = NaturePage.objects.get()
    nature.title = "Façon de faire"
    nature.save_revision()
    assert libelles("nature") == {"Méthode"}
    nature.save_revision().publish()
    assert libelles("nature") == {"Façon de faire"}


def test_a_rubrique_renamed_on_the_page_of_its_nature(fiche, libelles):
    nature = NaturePage.objects.get()
    rubrique = nature.rubriques.get()
    rubrique.titre = "Balises"
    nature.rubriques = [rubrique]
    nature.save_revision().publish()
    assert libelles("rubrique") == {"Balises"}
    nature.rubriques = []
    nature.save_revision().publish()
    assert libelles("rubrique") == set()


@pytest.mark.parametrize(
    ("modele", "facette", "nom"), [(Organisme, "organisme", "Le Rameau"), (Territoire, "territoire", "Bretagne")]
)
def test_a_name_taken_away(fiche, libelles, trouver, modele, facette, nom):
    modele.objects.get(nom=nom).delete()
    assert libelles(facette) == set()
    assert trouver(nom) == []


def test_the_names_on_a_case_and_on_the_mooc(home, libelles):
    organisme, territoire = Organisme.objects.create(nom="Le Rameau"), Territoire.objects.create(nom="Bretagne")
    cas = fil_rouge(index_page(home), "Zyxwvut", porteur=organisme)
    cas.territoires = [territoire]
    cas.save_revision().publish()
    mooc = mooc_page(home, titre_du_mooc="Zyxwvut")
    mooc.producteurs = [ProducteurDuMooc(organisme=organisme)]
    mooc.save_revision().publish()
    renommer(Organisme, "Le Rameau", "La Branche")
    renommer(Territoire, "Bretagne", "Armorique")
    assert libelles("organisme") == {"La Branche"}
    assert libelles("territoire") == {"Armorique"}
    assert SearchEntry.objects.filter(page=mooc, etiquettes__texte__contains="La Branche").exists()


@pytest.mark.parametrize(
    ("geste", "ecriture"),
    [
        (lambda organisme: organisme.save(), 'UPDATE "core_organisme"'),
        (lambda organisme: organisme.delete(), 'DELETE FROM "core_organisme"'),
        (lambda organisme: Organisme(nom="La Racine").save(), 'INSERT INTO "core_organisme"'),
    ],
    ids=["renamed", "deleted", "created"],
)
def test_the_version_is_held_before_the_name_is_written(fiche, geste, ecriture):
    organisme = Organisme.objects.get()
    organisme.nom = "La Branche"
    with CaptureQueriesContext(connection) as requetes:
        geste(organisme)
    ordres = [requete["sql"] for requete in requetes]
    tenue = next(rang for rang, sql in enumerate(ordres) if "core_versionducontenu" in sql)
    assert tenue < next(rang for rang, sql in enumerate(ordres) if sql.startswith(ecriture))
    if connection.features.has_select_for_update:
        assert ordres[tenue].endswith("FOR UPDATE")


def test_another_field_reads_nothing_again(fiche, monkeypatch):
    monkeypatch.setattr(index, "indexer_pages", lambda pages: pytest.fail("indexed again"))
    organisme = Organisme.objects.get()
    organisme.site = "https://example.org"
    organisme.save()


def test_a_name_on_many_pages_is_told_by_short_transactions_once_it_is_kept(
    home, fiche, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(index, "PAGES_PAR_LOT", 2)
    monkeypatch.setattr(suites, "PAUSE", 0)
    nature = NaturePage.objects.get()
    for _ in range(4):
        ressource(nature, producteurs=["Le Rameau"])
    lots, indexer = [], index.indexer_pages
    monkeypatch.setattr(index, "indexer_pages", lambda pages: lots.append(len(pages)) or indexer(pages))
    with django_capture_on_commit_callbacks(execute=True), CaptureQueriesContext(connection) as requetes:
        renommer(Organisme, "Le Rameau", "La Branche")
        assert lots == []
        assert len(requetes) < 20
    assert lots == [2, 2, 1]
    assert not SearchEntry.objects.filter(etiquettes__texte__contains="Le Rameau").exists()


def test_a_program_that_renames_and_publishes_indexes_once(home, fiche):
    with index.en_un_lot():
        renommer(Organisme, "Le Rameau", "La Branche")
        assert SearchEntry.objects.filter(etiquettes__texte__contains="Le Rameau").exists()
    assert not SearchEntry.objects.filter(etiquettes__texte__contains="Le Rameau").exists()
