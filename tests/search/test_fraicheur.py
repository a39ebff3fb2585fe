"""Freshness and truth: the index follows the content, and nothing private is ever found."""

import pytest
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.registry import registry
from core.signals import document_extrait, facettes_changees
from home.models import StandardPage
from mediatheque.models import CustomDocument, TexteDeDocument
from search.models import Mot, SearchEntry
from tests.search.factories import document, page, reference, terme

pytestmark = pytest.mark.contrat


def test_a_published_page_is_found_at_once(home, trouver):
    page(home, "Baromètre des alliances")
    assert trouver("barometre") == ["Baromètre des alliances"]


def test_a_draft_is_not_found(home, trouver):
    home.add_child(instance=StandardPage(title="Baromètre", live=False))
    assert trouver("barometre") == []


def test_unpublished_changes_are_not_found(home, trouver):
    publiee = page(home, "Baromètre")
    publiee.title = "Thermomètre"
    publiee.save_revision()
    assert trouver("thermometre") == []


def test_a_new_text_replaces_the_old_one(home, trouver):
    publiee = page(home, "Baromètre")
    publiee.title = "Thermomètre"
    publiee.save_revision().publish()
    assert trouver("barometre") == []
    assert trouver("thermometre") == ["Thermomètre"]


def test_an_unpublished_page_is_gone_with_its_words(home, trouver):
    publiee = page(home, "Baromètre")
    publiee.unpublish()
    assert trouver("barometre") == []
    assert not Mot.objects.filter(forme="barometre").exists()


def test_a_deleted_page_is_gone_with_its_words(home, trouver):
    publiee = page(home, "Baromètre")
    publiee.delete()
    assert trouver("barometre") == []
    assert not Mot.objects.filter(forme="barometre").exists()


def test_a_deleted_private_page_takes_its_restriction_along(home, trouver):
    publiee = page(home, "Baromètre")
    PageViewRestriction.objects.create(page=publiee, restriction_type="login")
    publiee.delete()
    assert not SearchEntry.objects.filter(titre="Baromètre").exists()


def test_a_private_page_is_gone_with_everything_below_it(home, trouver):
    parent = page(home, "Dossier baromètre")
    page(parent, "Baromètre, suite")
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type="login")
    assert trouver("barometre") == []
    assert not Mot.objects.filter(forme="barometre").exists()
    restriction.delete()
    assert len(trouver("barometre")) == 2


def test_a_page_moved_below_a_private_one_is_gone(home, trouver):
    prive = page(home, "Espace privé")
    PageViewRestriction.objects.create(page=prive, restriction_type="login")
    publiee = page(home, "Baromètre")
    publiee.move(StandardPage.objects.get(pk=prive.pk), pos="last-child")
    assert trouver("barometre") == []


def test_what_the_index_forgot_to_hide_is_hidden_by_the_query(home, trouver):
    publiee = page(home, "Baromètre")
    StandardPage.objects.filter(pk=publiee.pk).update(live=False)
    assert trouver("barometre") == []
    StandardPage.objects.filter(pk=publiee.pk).update(live=True)
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=publiee, restriction_type="login")])
    from core.version import bump_version

    bump_version()
    assert trouver("barometre") == []


def test_a_moved_page_is_found_at_its_new_address(home, client):
    parent = page(home, "Dossier")
    publiee = page(home, "Baromètre")
    publiee.move(StandardPage.objects.get(pk=parent.pk), pos="last-child")
    assert client.get("/api/recherche/?q=barometre").json()["resultats"][0]["url"] == "/dossier/barometre/"


def test_a_document_just_read_is_found(home, porter, trouver):
    guide = document("Guide")
    porter(page(home, "Une page"), guide)
    TexteDeDocument.objects.create(document=guide, numero=1, texte="Le baromètre")
    document_extrait.send(sender=CustomDocument, document=guide)
    assert trouver("barometre") == ["Guide"]


def test_a_document_is_hidden_with_its_page(home, porter, trouver):
    hote = page(home, "Une page")
    porter(hote, document("Guide", "Le baromètre"))
    assert trouver("barometre") == ["Guide"]
    hote.unpublish()
    assert trouver("barometre") == []


def test_a_deleted_document_is_gone_with_its_words(home, porter, trouver):
    guide = document("Guide", "Le baromètre")
    porter(page(home, "Une page"), guide)
    guide.delete()
    assert trouver("barometre") == []
    assert not Mot.objects.filter(forme="barometre").exists()


def test_a_document_of_a_private_collection_is_not_found(home, porter, trouver):
    collection = Collection.get_first_root_node().add_child(name="Réservée")
    guide = document("Guide", "Le baromètre", collection=collection)
    hote = page(home, "Une page")
    porter(hote, guide)
    reference(hote, guide)
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert trouver("barometre") == []
    restriction.delete()
    assert trouver("barometre") == ["Guide"]


def test_a_renamed_document_is_found_by_its_new_title(home, porter, trouver):
    guide = document("Guide")
    porter(page(home, "Une page"), guide)
    guide.title = "Baromètre"
    guide.save()
    assert trouver("barometre") == ["Baromètre"]


def test_the_glossary_follows(home, trouver):
    mot = terme("Catalyseur", "Ce qui relie.")
    assert trouver("catalyseur") == ["Catalyseur"]
    mot.nom = "Passeur"
    mot.save()
    assert (trouver("catalyseur"), trouver("passeur")) == ([], ["Passeur"])
    mot.delete()
    assert trouver("passeur") == []


def test_facets_told_by_another_room_follow(home, trouver, monkeypatch):
    publiee = page(home, "Baromètre")
    monkeypatch.setitem(registry._facettes, "parcours", [lambda ids: {publiee.pk: ["animer|Animer"]}])
    assert trouver("barometre", {"parcours": ("animer",)}) == []
    facettes_changees.send(sender=None, page_ids=[publiee.pk])
    assert trouver("barometre", {"parcours": ("animer",)}) == ["Baromètre"]


def test_a_page_type_that_fails_to_tell_its_text_can_still_be_published(home, monkeypatch, caplog):
    def casser(self):
        raise ValueError("panne")

    monkeypatch.setattr(StandardPage, "passages", casser)
    publiee = page(home, "Baromètre")
    assert publiee.live
    assert "manage.py indexer" in caplog.text


def test_a_page_added_live_by_a_program_is_found_once_committed(home, django_capture_on_commit_callbacks):
    page_seule = StandardPage(title="Baromètre")
    with django_capture_on_commit_callbacks(execute=True):
        home.add_child(instance=page_seule)
    assert SearchEntry.objects.filter(page_id=page_seule.pk).exists()
