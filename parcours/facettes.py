"""The facet « parcours » of search, told about the pages that are steps; and the signal when it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished

from core.signals import facettes_changees
from parcours.models import EtapeParcours, ParcoursPage


def parcours_of_pages(page_ids: Collection[int]) -> dict[int, list[str]]:
    """« slug|Titre court » of the public parcours of each page, in the order of the tree: one query."""
    public = ParcoursPage.objects.live().public()
    rows = (
        EtapeParcours.objects.filter(page_id__in=page_ids, parcours__in=public)
        .order_by("parcours__path", "sort_order")
        .values_list("page_id", "parcours__slug", "parcours__titre_court")
    )
    values: dict[int, list[str]] = defaultdict(list)
    for page_id, slug, titre in rows:
        value = f"{slug}|{titre}"
        if value not in values[page_id]:
            values[page_id].append(value)
    return dict(values)


def _steps_of(**conditions) -> set[int]:
    steps = EtapeParcours.objects.filter(page__isnull=False, **conditions)
    return set(steps.values_list("page_id", flat=True))


def _tell(page_ids: set[int]) -> None:
    if page_ids:
        facettes_changees.send(sender=ParcoursPage, page_ids=page_ids)


def _remember_steps(sender, instance, **kwargs) -> None:
    """Keep the published steps until the new ones are saved: a page that leaves a parcours must be told too."""
    if instance.pk:
        instance._etapes_avant = getattr(instance, "_etapes_avant", set()) | _steps_of(parcours_id=instance.pk)


def _published(sender, instance, **kwargs) -> None:
    _tell(getattr(instance, "_etapes_avant", set()) | _steps_of(parcours_id=instance.pk))
    instance._etapes_avant = set()


def _unpublished(sender, instance, **kwargs) -> None:
    _tell(_steps_of(parcours_id=instance.pk))


def _deleted(sender, instance, **kwargs) -> None:
    _tell(getattr(instance, "_etapes_avant", set()))


def _restricted(sender, instance, **kwargs) -> None:
    """A parcours below a page that becomes private, or public again."""
    _tell(_steps_of(parcours__path__startswith=instance.page.path))


def connect() -> None:
    """Listen to what changes the facet; called once, by `ParcoursConfig.ready`."""
    pre_save.connect(_remember_steps, sender=ParcoursPage, dispatch_uid="parcours.facettes.avant")
    pre_delete.connect(_remember_steps, sender=ParcoursPage, dispatch_uid="parcours.facettes.suppression")
    post_delete.connect(_deleted, sender=ParcoursPage, dispatch_uid="parcours.facettes.supprime")
    page_published.connect(_published, sender=ParcoursPage, dispatch_uid="parcours.facettes.publie")
    page_unpublished.connect(_unpublished, sender=ParcoursPage, dispatch_uid="parcours.facettes.depublie")
    post_save.connect(_restricted, sender=PageViewRestriction, dispatch_uid="parcours.facettes.restreint")
    post_delete.connect(_restricted, sender=PageViewRestriction, dispatch_uid="parcours.facettes.libere")
