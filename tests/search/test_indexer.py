"""The indexer mends what differs and nothing else; it may be stopped at any time and goes on from there."""

import pytest
from django.core.management import call_command

from home.models import StandardPage
from search import index, reconstruction
from search.facettes import etiquettes
from search.models import Mot, SearchEntry
from tests.search.factories import document, page, terme


def rangees() -> list[tuple]:
    """The index without its keys."""
    champs = ("page_id", "source", "position", "empreinte", "j_titre", "j_entete", "j_corps", "j_joints")
    return sorted(SearchEntry.objects.values_list(*champs), key=str)


def mots() -> list[tuple]:
    return sorted(Mot.objects.values_list("mot", "forme", "jeton", "frequence"))


@pytest.fixture
def corpus(home):
    for numero in range(5):
        page(home, f"Baromètre {numero}", "Mesurer ensemble.", (("Méthode", "Le comité de pilotage."),))
    terme("Catalyseur", "Ce qui relie.", "CAT")
    reconstruction.reconstruire()
    return home


@pytest.fixture
def sans_analyse(monkeypatch):
    """Analysing anything from now on is an error."""

    def refuser(*args):
        raise AssertionError("analysed again")

    monkeypatch.setattr(index, "_analyser", refuser)


def test_what_is_true_is_neither_analysed_nor_written(corpus, sans_analyse):
    avant = list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True))
    reconstruction.reconstruire()
    assert list(SearchEntry.objects.order_by("pk").values_list("pk", flat=True)) == avant


def test_only_what_differs_is_written_again(corpus, trouver):
    autres = SearchEntry.objects.exclude(titre="Baromètre 3")
    avant = set(autres.values_list("pk", flat=True))
    StandardPage.objects.filter(title="Baromètre 3").update(title="Thermomètre")
    reconstruction.reconstruire()
    assert trouver("thermometre") == ["Thermomètre"]
    assert set(SearchEntry.objects.exclude(titre="Thermomètre").values_list("pk", flat=True)) == avant


def test_an_interrupted_run_goes_on_where_it_stopped(corpus, monkeypatch):
    entier = rangees(), mots()
    index.retirer(SearchEntry.objects.all())
    monkeypatch.setattr(index, "PAGES_PAR_LOT", 2)
    accorder, lots = reconstruction.accorder, []

    def couper(etat, *args):
        lots.append(etat)
        if len(lots) == 2:
            raise KeyboardInterrupt
        return accorder(etat, *args)

    monkeypatch.setattr(reconstruction, "accorder", couper)
    with pytest.raises(KeyboardInterrupt):
        reconstruction.reconstruire()
    faites = set(SearchEntry.objects.values_list("pk", flat=True))
    assert faites
    reconstruction.reconstruire()
    assert faites < set(SearchEntry.objects.values_list("pk", flat=True))
    assert (rangees(), mots()) == entier


def test_rows_without_a_source_left_are_taken_away_with_their_words(corpus, trouver):
    communs = {"titre": "Perdu", "genre": "x", "genre_label": "X", "etiquettes": etiquettes("x", "X", {})}
    index.ecrire(index._ligne(index.Passage("Perdu"), source=source, **communs) for source in ("terme:999", "autre:1"))
    StandardPage.objects.filter(title="Baromètre 3").update(live=False)
    call_command("indexer", verbosity=0)
    assert trouver("perdu") == []
    assert not SearchEntry.objects.filter(titre="Baromètre 3").exists()
    assert not Mot.objects.filter(mot__in=["perdu", "3"]).exists()


def test_rows_written_twice_are_left_once(corpus):
    avant = rangees(), mots()
    doublons = list(SearchEntry.objects.filter(titre="Baromètre 3"))
    for ligne in doublons:
        ligne.pk = None
    index.ecrire(doublons)
    reconstruction.reconstruire()
    assert (rangees(), mots()) == avant


def test_a_false_table_of_words_is_mended(corpus):
    avant = mots()
    Mot.objects.filter(mot="mesurer").update(frequence=40)
    Mot.objects.filter(mot="ensemble").delete()
    Mot.objects.create(mot="secret", forme="secret", jeton="secret", frequence=1)
    reconstruction.reconstruire()
    assert mots() == avant


def test_another_analysis_builds_everything_again_at_once(corpus, monkeypatch):
    avant, nombre = mots(), SearchEntry.objects.count()
    monkeypatch.setattr(index, "ANALYSE_VERSION", 99)
    monkeypatch.setattr(reconstruction, "ANALYSE_VERSION", 99)

    def casser(*args):
        raise RuntimeError("panne")

    with monkeypatch.context() as panne, pytest.raises(RuntimeError):
        panne.setattr(reconstruction, "des_termes", casser)
        reconstruction.reconstruire()
    assert not SearchEntry.objects.filter(empreinte__startswith="99:").exists()
    assert reconstruction.reconstruire() == nombre
    assert not SearchEntry.objects.exclude(empreinte__startswith="99:").exists()
    assert mots() == avant


def test_a_complete_run_gives_the_same_index(corpus):
    avant, cles = (rangees(), mots()), set(SearchEntry.objects.values_list("pk", flat=True))
    call_command("indexer", complet=True, verbosity=0)
    assert (rangees(), mots()) == avant
    assert not cles & set(SearchEntry.objects.values_list("pk", flat=True))


def test_a_page_that_cannot_tell_its_text_is_left_out_alone(corpus, monkeypatch, trouver, caplog):
    passages = StandardPage.passages

    def casser(self):
        if self.title == "Baromètre 3":
            raise ValueError("panne")
        return passages(self)

    monkeypatch.setattr(StandardPage, "passages", casser)
    reconstruction.reconstruire()
    assert sorted(trouver("barometre")) == [f"Baromètre {numero}" for numero in (0, 1, 2, 4)]
    assert "cannot tell its text" in caplog.text


def test_publishing_a_page_leaves_its_documents_rows_alone(home, monkeypatch):
    hote, guide = page(home, "Une page"), document("Guide", *["Le baromètre"] * 3)
    monkeypatch.setattr(StandardPage, "documents", lambda self: [guide, guide])
    hote.save_revision().publish()
    du_guide = SearchEntry.objects.filter(document=guide)
    avant = list(du_guide.order_by("pk").values_list("pk", "position"))
    assert [position for _, position in avant] == [0, 1, 2, 3]
    hote.title = "Une autre page"
    hote.save_revision().publish()
    assert list(du_guide.order_by("pk").values_list("pk", "position")) == avant
    assert SearchEntry.objects.filter(titre="Une autre page").exists()


def test_a_program_that_publishes_much_has_each_page_indexed_once(home, trouver, monkeypatch):
    lots = []
    vrai = index.des_pages
    monkeypatch.setattr(index, "des_pages", lambda pages: lots.append(pages) or vrai(pages))
    with index.en_un_lot():
        publiee = page(home, "Baromètre")
        publiee.title = "Thermomètre"
        publiee.save_revision().publish()
        assert trouver("barometre") == []
    assert trouver("thermometre") == ["Thermomètre"]
    assert lots == [[publiee.pk]]
