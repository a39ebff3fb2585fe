"""Freshness: the index follows the content within the same transaction.

A failure to index never prevents an editor from publishing: it is logged, what could not be told again is no
longer found, and `indexer` mends it. What is private is hidden by the query too, whatever the index says.
"""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import Terme
from core.registry import registry
from core.signals import collection_deplacee, document_extrait, facettes_changees
from core.version import hold_version
from search import index, reglages
from search.models import PageEcartee, SearchEntry
from search.suites import essayer, suivre

# The fields by which pages name a thing of a vocabulary.
NOMS = {"nom", "titre", "title", "slug"}


def _page_publiee(sender, instance, **kwargs) -> None:
    concernees = {instance.pk}

    def indexer() -> None:
        concernees.update(registry.citantes(Page, [instance.pk]))
        index.indexer_pages(concernees)

    essayer(indexer, lambda: index.retirer_pages(concernees))


def _page_depubliee(sender, instance, **kwargs) -> None:
    # Not computed again: Wagtail also tells so of a page that it is about to delete.
    index.retirer_pages([instance.pk])
    if not Page.objects.filter(pk=instance.pk, live=True).exists():
        _redire(registry.citantes(Page, [instance.pk]))


def _redire(citantes: Collection[int]) -> None:
    """Index again pages that named what is now hidden, or gone."""
    if citantes:
        essayer(lambda: index.indexer_pages(citantes), lambda: index.retirer_pages(citantes))


def _page_creee(sender, instance, created, **kwargs) -> None:
    # Published pages are told by their own signal; this is for those that a program adds already live. Their
    # inline children are saved after this signal, hence the wait.
    if issubclass(sender, Page) and created and instance.live and not kwargs.get("raw"):
        transaction.on_commit(lambda: _page_publiee(sender, instance))


def _branche_changee(sender, instance, **kwargs) -> None:
    essayer(lambda: index.indexer_branche(instance))
    branche = set(instance.get_descendants(inclusive=True).values_list("pk", flat=True))
    _redire(registry.citantes(Page, branche) - branche)


def _adresse_changee(sender, instance, **kwargs) -> None:
    # Addresses of pages are read when shown; a page's own documents and facets may name it.
    essayer(lambda: index.indexer_pages([instance.pk]))


class _Suppression:
    """Pages that one deletion takes away, and those that named them."""

    def __init__(self) -> None:
        self.restantes: set[int] = set()
        self.citantes: set[int] = set()

    @classmethod
    def de(cls, instance, origin) -> _Suppression:
        """Kept on what the deletion began with: Django tells each page before the first row goes, and after."""
        return vars(origin if origin is not None else instance).setdefault("_suppression_suivie", cls())


def _page_va_partir(sender, instance, origin=None, **kwargs) -> None:
    index.retirer_pages([instance.pk])
    suppression = _Suppression.de(instance, origin)
    suppression.restantes.add(instance.pk)
    suppression.citantes |= registry.citantes(Page, [instance.pk])


def _page_supprimee(sender, instance, origin=None, **kwargs) -> None:
    # What named them is read again once, after the last one is gone.
    suppression = _Suppression.de(instance, origin)
    suppression.restantes.discard(instance.pk)
    if not suppression.restantes:
        _redire(suppression.citantes)
        suppression.citantes = set()


def _de_soi(instance, origin) -> bool:
    """Whether a thing is deleted for itself, not with the page or collection that held it."""
    return origin is None or isinstance(origin, type(instance)) or getattr(origin, "model", None) is type(instance)


def _acces_a_une_page(sender, instance, origin=None, **kwargs) -> None:
    if _de_soi(instance, origin):
        _branche_changee(sender, instance.page)


def _acces_a_une_collection(sender, instance, origin=None, **kwargs) -> None:
    if _de_soi(instance, origin):
        essayer(lambda: _indexer_collection(instance.collection))


def _indexer_collection(collection) -> None:
    branche = collection.get_descendants(inclusive=True)
    _indexer_documents(list(get_document_model().objects.filter(collection__in=branche).values_list("pk", flat=True)))


def _indexer_documents(cles: Collection[int]) -> None:
    """Index again the pages that carry documents.

    A document that was private has no row to tell its pages: Wagtail's reference index knows them.
    """
    pages = set(SearchEntry.objects.filter(document__in=cles).values_list("page_id", flat=True))
    types = ContentType.objects.get_for_models(Page, get_document_model())
    references = ReferenceIndex.objects.filter(
        base_content_type=types[Page],
        to_content_type=types[get_document_model()],
        to_object_id__in=[str(cle) for cle in cles],
    )
    pages.update(int(cle) for cle in references.values_list("object_id", flat=True))
    index.indexer_pages(pages)


def _document_change(sender, instance, created=False, **kwargs) -> None:
    if not created and not kwargs.get("raw"):
        essayer(lambda: _indexer_documents([instance.pk]), lambda: index.retirer_document(instance))


def _document_lu(sender, document, **kwargs) -> None:
    essayer(lambda: _indexer_documents([document.pk]), lambda: index.retirer_document(document))


def _collection_deplacee(sender, collection, **kwargs) -> None:
    essayer(lambda: _indexer_collection(collection))


def _document_supprime(sender, instance, **kwargs) -> None:
    index.retirer_document(instance)


def _terme_change(sender, instance, **kwargs) -> None:
    if not kwargs.get("raw"):
        essayer(lambda: index.indexer_termes([instance.pk]))


def _page_ecartee(sender, instance, origin=None, **kwargs) -> None:
    if _de_soi(instance, origin):
        essayer(lambda: index.indexer_pages(list(reglages.pages_de(instance))))


def _facettes_changees(sender, page_ids, **kwargs) -> None:
    suivre(page_ids)


def _retenir_avant_d_ecrire(sender) -> None:
    """Hold the version before the row of a thing that pages name is locked.

    A page being published holds the version, has read the former name, and at its commit PostgreSQL has it wait for
    the row that it names: whoever held that row and waited for the version would be waited for. So it is waited for
    first, then read again. A page is the other way round: whoever adds one below it locks its row, then the version.
    """
    if not issubclass(sender, Page) and connection.in_atomic_block:
        hold_version()


def _nom_va_changer(sender, instance, raw=False, update_fields=None, **kwargs) -> None:
    """Remember whether a thing that pages name, other than as pages, is about to be named otherwise."""
    if raw or sender is Page or not registry.est_cite(sender):
        return
    _retenir_avant_d_ecrire(sender)
    if not instance.pk:
        return
    noms = NOMS & {champ.name for champ in sender._meta.concrete_fields}
    if update_fields is not None:
        noms &= set(update_fields)
    avant = sender._base_manager.filter(pk=instance.pk).values(*noms).first() if noms else None
    instance._nom_change = avant is not None and any(avant[nom] != getattr(instance, nom) for nom in noms)


def _nom_change(sender, instance, **kwargs) -> None:
    if vars(instance).pop("_nom_change", False):
        if issubclass(sender, Page):
            hold_version()
        suivre(registry.citantes(sender, [instance.pk]))


def _chose_citee_va_partir(sender, instance, origin=None, **kwargs) -> None:
    # Pages are told apart; and what leaves with a page is named by pages that may be leaving too.
    if not issubclass(sender, Page) and registry.est_cite(sender) and _de_soi(instance, origin):
        _retenir_avant_d_ecrire(sender)
        instance._citantes = registry.citantes(sender, [instance.pk])


def _chose_citee_partie(sender, instance, **kwargs) -> None:
    if citantes := vars(instance).pop("_citantes", None):
        suivre(citantes)


def connect() -> None:
    """Listen to every change that a search may show; called once, by `SearchConfig.ready`."""
    document_model = get_document_model()
    page_published.connect(_page_publiee, dispatch_uid="search.published")
    page_unpublished.connect(_page_depubliee, dispatch_uid="search.unpublished")
    post_page_move.connect(_branche_changee, dispatch_uid="search.moved")
    page_slug_changed.connect(_adresse_changee, dispatch_uid="search.slug")
    post_save.connect(_page_creee, dispatch_uid="search.page_created")
    pre_delete.connect(_page_va_partir, sender=Page, dispatch_uid="search.page_going")
    post_delete.connect(_page_supprimee, sender=Page, dispatch_uid="search.page_deleted")
    post_save.connect(_acces_a_une_page, sender=PageViewRestriction, dispatch_uid="search.restriction_saved")
    post_delete.connect(_acces_a_une_page, sender=PageViewRestriction, dispatch_uid="search.restriction_deleted")
    post_save.connect(_acces_a_une_collection, sender=CollectionViewRestriction, dispatch_uid="search.coll_saved")
    post_delete.connect(_acces_a_une_collection, sender=CollectionViewRestriction, dispatch_uid="search.coll_deleted")
    post_save.connect(_document_change, sender=document_model, dispatch_uid="search.document_saved")
    pre_delete.connect(_document_supprime, sender=document_model, dispatch_uid="search.document_deleted")
    post_save.connect(_terme_change, sender=Terme, dispatch_uid="search.terme_saved")
    post_delete.connect(_terme_change, sender=Terme, dispatch_uid="search.terme_deleted")
    post_save.connect(_page_ecartee, sender=PageEcartee, dispatch_uid="search.page_left_out")
    post_delete.connect(_page_ecartee, sender=PageEcartee, dispatch_uid="search.page_back")
    collection_deplacee.connect(_collection_deplacee, dispatch_uid="search.collection_moved")
    document_extrait.connect(_document_lu, dispatch_uid="search.document_read")
    pre_save.connect(_nom_va_changer, dispatch_uid="search.name_changing")
    post_save.connect(_nom_change, dispatch_uid="search.name_changed")
    pre_delete.connect(_chose_citee_va_partir, dispatch_uid="search.named_going")
    post_delete.connect(_chose_citee_partie, dispatch_uid="search.named_gone")
    facettes_changees.connect(_facettes_changees, dispatch_uid="search.facets")
