"""Cards of many pages at once, with few queries, kept for as long as the content does not change."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from wagtail.models import Page

from core.protocols import Carte
from core.version import ONE_DAY


def cards_for(page_ids: Collection[int], version: int) -> dict[int, Carte]:
    """The cards of the live, public pages among `page_ids`, by key, in the order asked.

    One query for the pages, one per page type for what cards need; none when the cache holds them.
    """
    keys = {page_id: f"v{version}:carte:{page_id}" for page_id in page_ids}
    # A page that has no card (draft, private) is remembered too, as an empty string.
    known = cache.get_many(keys.values())
    missing = [page_id for page_id, key in keys.items() if key not in known]
    if missing:
        found = _build(missing)
        fresh = {keys[page_id]: found.get(page_id, "") for page_id in missing}
        cache.set_many(fresh, ONE_DAY)
        known |= fresh
    return {page_id: card for page_id, key in keys.items() if (card := known[key])}


def read_cards(page_ids: Collection[int]) -> dict[int, Carte]:
    """The same cards read anew and kept nowhere: for what is written in a transaction that may yet be undone."""
    found = _build(page_ids)
    return {page_id: found[page_id] for page_id in page_ids if page_id in found}


def _build(page_ids: Collection[int]) -> dict[int, Carte]:
    by_type: dict[int, list[int]] = {}
    visible = Page.objects.filter(pk__in=page_ids).live().public()
    for page_id, type_id in visible.values_list("pk", "content_type_id"):
        by_type.setdefault(type_id, []).append(page_id)
    cards = {}
    for type_id, ids in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model is not None and hasattr(model, "pour_cartes"):
            cards.update({page.pk: page.carte() for page in model.pour_cartes(model.objects.filter(pk__in=ids))})
    return cards
