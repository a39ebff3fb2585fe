"""Whatever an editor does, the API, the suggestions and the feed tell it at once, and alike."""

from datetime import timedelta

import pytest
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import StandardPage
from mediatheque.models import CustomDocument
from search import index
from search.models import SearchEntry
from tests.search.factories import document, page, reference, terme

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def textes(client):
    """The titles found by a word of a text: by the API and by the feed, which must agree."""

    def ask(mot: str) -> list[str]:
        api = client.get("/api/recherche/", {"q": mot}).json()["resultats"]
        # An answer that holds the word itself, not one that looks like it.
        titres = sorted(hit["titre"] for hit in api if mot in (hit["titre"] + hit["extrait"]).lower())
        flux = ElementTree.fromstring(client.get("/flux/recherche/", {"q": mot}).content)
        entrees = [
            (entree.findtext(f"{ATOM}title") or "", entree.findtext(f"{ATOM}summary") or "")
            for entree in flux.iter(f"{ATOM}entry")
        ]
        assert sorted(titre for titre, resume in entrees if mot in (titre + resume).lower()) == titres
        return titres

    return ask


@pytest.fixture
def titres(client, textes):
    """The titles found by a word of a title: by the suggestions too."""

    def ask(mot: str) -> list[str]:
        suggestions = client.get("/recherche/suggestions/", {"q": mot}).json()
        trouves = textes(mot)
        assert sorted(s["texte"] for s in suggestions if mot in s["texte"].lower()) == trouves
        return trouves

    return ask


def restreindre(page, **champs) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login", **champs)


def relire(page) -> StandardPage:
    return StandardPage.objects.get(pk=page.pk)


def test_publishing_then_unpublishing(home, titres):
    publiee = page(home, "Sondage des alliances")
    assert titres("sondage") == ["Sondage des alliances"]
    publiee.unpublish()
    assert titres("sondage") == []
    publiee.save_revision().publish()
    assert titres("sondage") == ["Sondage des alliances"]


def test_a_new_title(home, titres):
    publiee = page(home, "Sondage des alliances")
    publiee.title = "Enquête des alliances"
    publiee.save_revision()
    assert (titres("sondage"), titres("enquête")) == (["Sondage des alliances"], [])
    publiee.save_revision().publish()
    assert (titres("sondage"), titres("enquête")) == ([], ["Enquête des alliances"])


def test_the_privacy_of_a_page(home, titres):
    publiee = page(home, "Sondage")
    restriction = restreindre(publiee)
    assert titres("sondage") == []
    restriction.delete()
    assert titres("sondage") == ["Sondage"]


def test_the_privacy_of_an_ancestor(home, titres):
    parent = page(home, "Dossier")
    page(page(parent, "Chapitre"), "Sondage")
    restriction = restreindre(parent)
    assert titres("sondage") == []
    restriction.delete()
    assert titres("sondage") == ["Sondage"]


def test_a_move_below_a_private_page_and_back(home, titres):
    prive, publiee = page(home, "Réservé"), page(home, "Sondage")
    page(publiee, "Sondage, suite")
    restreindre(prive)
    relire(publiee).move(relire(prive), pos="last-child")
    assert titres("sondage") == []
    relire(publiee).move(type(home).objects.get(pk=home.pk), pos="last-child")
    assert titres("sondage") == ["Sondage", "Sondage, suite"]


def test_a_page_deleted_with_its_children(home, titres):
    parent = page(home, "Sondage")
    page(parent, "Sondage, suite")
    relire(parent).delete()
    assert titres("sondage") == []
    assert not SearchEntry.objects.filter(titre__startswith="Sondage").exists()


def test_an_expiry_and_a_publication_that_were_scheduled(home, titres):
    hier, demain = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)
    expiree, a_venir = page(home, "Sondage passé"), StandardPage(title="Sondage futur", live=False)
    expiree.expire_at = demain
    expiree.save_revision().publish()
    home.add_child(instance=a_venir)
    a_venir.go_live_at = demain
    a_venir.save_revision().publish()
    assert titres("sondage") == ["Sondage passé"]
    StandardPage.objects.filter(pk=expiree.pk).update(expire_at=hier)
    revision = a_venir.get_latest_revision()
    revision.content["go_live_at"] = hier.isoformat()
    revision.approved_go_live_at = hier
    revision.save()
    call_command("publish_scheduled")
    assert titres("sondage") == ["Sondage futur"]


def test_an_alias_follows_its_source(home, titres, django_capture_on_commit_callbacks):
    source = page(home, "Sondage")
    with django_capture_on_commit_callbacks(execute=True):
        source.create_alias(update_slug="alias", parent=home)
    assert SearchEntry.objects.filter(titre="Sondage", position=0).count() == 2
    source.title = "Enquête"
    source.save_revision().publish()
    assert titres("sondage") == []
    source.unpublish()
    assert titres("enquête") == []


def test_a_copy_is_found_once_published(home, titres, django_capture_on_commit_callbacks):
    source = page(home, "Sondage")
    with django_capture_on_commit_callbacks(execute=True):
        brouillon = source.copy(update_attrs={"title": "Sondage bis", "slug": "bis"}, keep_live=False)
        source.copy(update_attrs={"title": "Sondage ter", "slug": "ter"}, keep_live=True)
    assert titres("sondage") == ["Sondage", "Sondage ter"]
    brouillon.save_revision().publish()
    assert titres("sondage") == ["Sondage", "Sondage bis", "Sondage ter"]


def test_a_former_version_published_again(home, titres):
    publiee = page(home, "Sondage")
    ancienne = publiee.save_revision()
    publiee.title = "Enquête"
    publiee.save_revision().publish()
    ancienne.publish()
    assert (titres("sondage"), titres("enquête")) == (["Sondage"], [])


def test_a_term_of_the_glossary_renamed(home, titres):
    mot = terme("Catalyseur", "Ce qui relie.")
    assert titres("catalyseur") == ["Catalyseur"]
    mot.nom = "Passeur"
    mot.save()
    assert (titres("catalyseur"), titres("passeur")) == ([], ["Passeur"])


# --- documents


@pytest.fixture
def guide(home, porter):
    """A document on a page, in a collection below another one."""
    mere = Collection.get_first_root_node().add_child(name="Mère")
    guide = document("Guide du sondage", "Une enquête de terrain.", collection=mere.add_child(name="Fille"))
    hote = page(home, "Une page")
    reference(hote, guide)
    porter(hote, guide)
    return guide


def reservee(parent: Collection | None = None) -> Collection:
    collection = (parent or Collection.get_first_root_node()).add_child(name="Réservée")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    return collection


@pytest.mark.parametrize("rang", [1, 2], ids=["an ancestor", "the collection itself"])
def test_the_privacy_of_a_collection(guide, titres, textes, rang):
    assert (titres("sondage"), textes("terrain")) == (["Guide du sondage"], ["Guide du sondage"])
    collection = list(guide.collection.get_ancestors(inclusive=True))[rang]
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert (titres("sondage"), textes("terrain")) == ([], [])
    restriction.delete()
    assert titres("sondage") == ["Guide du sondage"]


def test_a_document_put_in_a_private_collection_and_back(guide, titres, textes):
    fille, guide.collection = guide.collection, reservee()
    guide.save()
    assert (titres("sondage"), textes("terrain")) == ([], [])
    guide.collection = fille
    guide.save()
    assert (titres("sondage"), textes("terrain")) == (["Guide du sondage"], ["Guide du sondage"])


def test_many_documents_put_in_a_private_collection_at_once(guide, titres, textes, admin_client):
    reponse = admin_client.post(
        f"/admin/bulk/mediatheque/customdocument/add_to_collection/?id={guide.pk}", {"collection": reservee().pk}
    )
    assert reponse.status_code == 302
    assert CustomDocument.objects.get(pk=guide.pk).collection.name == "Réservée"
    assert (titres("sondage"), textes("terrain")) == ([], [])
    assert not SearchEntry.objects.filter(document=guide).exists()


def test_a_collection_moved_below_a_private_one_and_back(guide, titres, admin_client):
    mere = Collection.objects.get(name="Mère")
    for parent, attendu in ((reservee(), []), (Collection.get_first_root_node(), ["Guide du sondage"])):
        reponse = admin_client.post(f"/admin/collections/{mere.pk}/", {"name": "Mère", "parent": parent.pk})
        assert reponse.status_code == 302
        assert titres("sondage") == attendu
        assert SearchEntry.objects.filter(document=guide).exists() is bool(attendu)


def test_a_replaced_file(home, porter, textes, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        guide = document("Guide", "Une enquête ancienne.", nom="guide.txt")
    porter(page(home, "Une page"), guide)
    assert textes("ancienne") == ["Guide"]
    guide.file.save("autre.txt", ContentFile("Une enquête nouvelle.".encode()), save=False)
    guide._set_document_file_metadata()
    with django_capture_on_commit_callbacks(execute=True):
        guide.save()
        assert (textes("ancienne"), textes("nouvelle")) == ([], [])
        porter(page(home, "Une autre page"), CustomDocument.objects.get(pk=guide.pk))
    assert (textes("ancienne"), textes("nouvelle")) == ([], ["Guide"])


def test_a_document_taken_from_the_page_that_carried_it(guide, titres, porter):
    porter(StandardPage.objects.get(title="Une page"))
    assert titres("sondage") == []


# --- when the index cannot follow


def casser(*args, **kwargs):
    raise DatabaseError("panne")


def test_a_page_that_could_not_be_indexed_is_not_found_by_its_former_text(home, titres, monkeypatch, caplog):
    publiee = page(home, "Sondage")
    publiee.title = "Enquête"
    monkeypatch.setattr(index, "ecrire", casser)
    publiee.save_revision().publish()
    assert relire(publiee).title == "Enquête"
    assert titres("sondage") == []
    assert "The search index could not follow" in caplog.text


def test_what_is_made_private_is_hidden_even_so(home, guide, titres, textes, monkeypatch, caplog):
    publiee = page(home, "Sondage")
    monkeypatch.setattr(index, "accorder", casser)
    restreindre(publiee)
    guide.collection = reservee()
    guide.save()
    assert (titres("sondage"), textes("terrain")) == ([], [])
    assert "The search index could not follow" in caplog.text
