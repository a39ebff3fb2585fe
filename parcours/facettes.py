"""What parcours and their steps say of one another in search: a facet of the steps, the titles of the passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q
from django.db.models.signals import pre_save
from wagtail.signals import page_published

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


def pages_qui_citent(page_ids: Collection[int]) -> set[int]:
    """The parcours that name these steps, and the steps that name these parcours."""
    steps = EtapeParcours.objects.filter(page__isnull=False)
    found: set[int] = set()
    asked = steps.filter(Q(page_id__in=page_ids) | Q(parcours_id__in=page_ids))
    for parcours_id, page_id in asked.values_list("parcours_id", "page_id"):
        found |= {parcours_id, page_id}
    return found - set(page_ids)


def _steps_of(parcours_id: int) -> set[int]:
    steps = EtapeParcours.objects.filter(page__isnull=False, parcours_id=parcours_id)
    return set(steps.values_list("page_id", flat=True))


def _remember_steps(sender, instance, **kwargs) -> None:
    """Keep the published steps until the new ones are saved: a page that leaves a parcours must be told too."""
    if instance.pk:
        instance._etapes_avant = getattr(instance, "_etapes_avant", set()) | _steps_of(instance.pk)


def _published(sender, instance, **kwargs) -> None:
    left = getattr(instance, "_etapes_avant", set()) - _steps_of(instance.pk)
    instance._etapes_avant = set()
    if left:
        facettes_changees.send(sender=ParcoursPage, page_ids=left)


def connect() -> None:
    """Listen to what `pages_qui_citent` cannot tell any more; called once, by `ParcoursConfig.ready`."""
    pre_save.connect(_remember_steps, sender=ParcoursPage, dispatch_uid="parcours.facettes.avant")
    page_published.connect(_published, sender=ParcoursPage, dispatch_uid="parcours.facettes.publie")
