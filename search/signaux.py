"""Freshness: the index follows the content within the same transaction.

A failure to index never prevents an editor from publishing: it is logged, what could not be told again is no
longer found, and `indexer` mends it. What is private is hidden by the query too, whatever the index says.
"""

import logging
from collections.abc import Callable, Collection

from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import Terme
from core.signals import collection_deplacee, document_extrait, facettes_changees
from search import index, reglages
from search.models import PageEcartee, SearchEntry

logger = logging.getLogger(__name__)


def _essayer(action: Callable[[], object], sinon: Callable[[], object] | None = None) -> None:
    """Follow a change; failing that, do `sinon`: rather not found than found by what is no longer true."""
    try:
        with transaction.atomic():
            action()
    except (ArithmeticError, AttributeError, DatabaseError, LookupError, TypeError, ValueError):
        logger.exception("The search index could not follow; run `manage.py indexer`.")
        if sinon:
            _essayer(sinon)


def _page_publiee(sender, instance, **kwargs) -> None:
    _essayer(lambda: index.indexer_pages([instance.pk]), lambda: index.retirer_pages([instance.pk]))


def _page_depubliee(sender, instance, **kwargs) -> None:
    # Not computed again: Wagtail also tells so of a page that it is about to delete.
    index.retirer_pages([instance.pk])


def _page_creee(sender, instance, created, **kwargs) -> None:
    # Published pages are told by their own signal; this is for those that a program adds already live. Their
    # inline children are saved after this signal, hence the wait.
    if issubclass(sender, Page) and created and instance.live and not kwargs.get("raw"):
        transaction.on_commit(lambda: _page_publiee(sender, instance))


def _branche_changee(sender, instance, **kwargs) -> None:
    _essayer(lambda: index.indexer_branche(instance))


def _adresse_changee(sender, instance, **kwargs) -> None:
    # Addresses of pages are read when shown; a page's own documents and facets may name it.
    _essayer(lambda: index.indexer_pages([instance.pk]))


def _page_supprimee(sender, instance, **kwargs) -> None:
    if issubclass(sender, Page):
        index.retirer_pages([instance.pk])


def _de_soi(instance, origin) -> bool:
    """Whether a thing is deleted for itself, not with the page or collection that held it."""
    return origin is None or isinstance(origin, type(instance)) or getattr(origin, "model", None) is type(instance)


def _acces_a_une_page(sender, instance, origin=None, **kwargs) -> None:
    if _de_soi(instance, origin):
        _essayer(lambda: index.indexer_branche(instance.page))


def _acces_a_une_collection(sender, instance, origin=None, **kwargs) -> None:
    if _de_soi(instance, origin):
        _essayer(lambda: _indexer_collection(instance.collection))


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
        _essayer(lambda: _indexer_documents([instance.pk]), lambda: index.retirer_document(instance))


def _document_lu(sender, document, **kwargs) -> None:
    _essayer(lambda: _indexer_documents([document.pk]), lambda: index.retirer_document(document))


def _collection_deplacee(sender, collection, **kwargs) -> None:
    _essayer(lambda: _indexer_collection(collection))


def _document_supprime(sender, instance, **kwargs) -> None:
    index.retirer_document(instance)


def _terme_change(sender, instance, **kwargs) -> None:
    if not kwargs.get("raw"):
        _essayer(lambda: index.indexer_termes([instance.pk]))


def _page_ecartee(sender, instance, origin=None, **kwargs) -> None:
    if _de_soi(instance, origin):
        _essayer(lambda: index.indexer_pages(list(reglages.pages_de(instance))))


def _facettes_changees(sender, page_ids, **kwargs) -> None:
    _essayer(lambda: index.indexer_pages(list(page_ids)))


def connect() -> None:
    """Listen to every change that a search may show; called once, by `SearchConfig.ready`."""
    document_model = get_document_model()
    page_published.connect(_page_publiee, dispatch_uid="search.published")
    page_unpublished.connect(_page_depubliee, dispatch_uid="search.unpublished")
    post_page_move.connect(_branche_changee, dispatch_uid="search.moved")
    page_slug_changed.connect(_adresse_changee, dispatch_uid="search.slug")
    post_save.connect(_page_creee, dispatch_uid="search.page_created")
    pre_delete.connect(_page_supprimee, dispatch_uid="search.page_deleted")
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
    facettes_changees.connect(_facettes_changees, dispatch_uid="search.facets")
