"""What is to be looked at again in the steps of a parcours: told to its editors, in the form and in a report.

A warning never prevents anyone from saving: readers are shown what can be shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from wagtail.admin.panels import Panel
from wagtail.models import Page

from core.cards import cards_for
from core.version import current_version

if TYPE_CHECKING:
    from parcours.models import EtapeParcours, ParcoursPage

# Kinds of warnings, the gravest first: what readers do not see at all, then what they miss.
SUPPRIMEE, HORS_LIGNE, PRIVEE = "page supprimée", "page non publiée", "page réservée à certains lecteurs"
SANS_RAISON, DUREE_INCONNUE = "sans raison", "durée inconnue"
CONSEILS = {
    SUPPRIMEE: "Leur page n’existe plus, ou n’a pas été choisie : choisissez-en une autre, ou retirez l’étape. "
    "Les lecteurs ne la voient pas.",
    HORS_LIGNE: "Leur page n’est pas publiée : les lecteurs ne voient pas l’étape.",
    PRIVEE: "Leur page n’est pas ouverte à tous : les lecteurs ne voient pas l’étape.",
    SANS_RAISON: "Dites en une phrase pourquoi lire cette page à ce moment du parcours.",
    DUREE_INCONNUE: "Le site ne détient pas tout ce qu’elles donnent à lire : leur durée est dite inconnue aux "
    "lecteurs. Ajouter le fichier à la ressource, ou sa durée, suffit.",
}


@dataclass(frozen=True, slots=True)
class Avertissement:
    """One thing to look at again in one step.

    Attributes:
        rang: place of the step in the form, from 1; hidden steps count.
        titre: title of its page, raw; empty when there is none any more.
        url: where to mend it in the admin: the page, or else empty for the step itself.
    """

    sorte: str
    rang: int
    titre: str
    url: str = ""

    @property
    def ancre(self) -> str:
        """The step in the form of the parcours."""
        return f"#inline_child_etapes-{self.rang - 1}"

    @property
    def lien(self) -> str:
        """Where to mend it, from the form of the parcours."""
        return self.url or self.ancre


def avertissements(parcours: ParcoursPage) -> list[Avertissement]:
    """The warnings about the steps as they stand in memory, by kind then by step."""
    steps = list(parcours.etapes.all())
    ids = [step.page_id for step in steps if step.page_id]
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()}
    visible = cards_for(ids, current_version())
    found = [
        warning
        for rang, step in enumerate(steps, start=1)
        for warning in _of_step(rang, step, pages.get(step.page_id), step.page_id in visible)
    ]
    return sorted(found, key=lambda warning: (list(CONSEILS).index(warning.sorte), warning.rang))


def _of_step(rang: int, step: EtapeParcours, page: Page | None, visible: bool) -> list[Avertissement]:
    titre = page.title if page else ""
    found = []
    if page is None:
        found.append(Avertissement(SUPPRIMEE, rang, titre))
    else:
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        if not page.live:
            found.append(Avertissement(HORS_LIGNE, rang, titre, edit))
        elif not visible:
            found.append(Avertissement(PRIVEE, rang, titre, edit))
        time = page.temps_de_lecture()
        if time.inconnus or not time.total:
            found.append(Avertissement(DUREE_INCONNUE, rang, titre, edit))
    if not step.raison.strip():
        found.append(Avertissement(SANS_RAISON, rang, titre))
    return found


def par_sorte(found: list[Avertissement]) -> list[dict]:
    """The warnings grouped by kind, with what to do about each kind."""
    return [
        {"sorte": sorte, "conseil": conseil, "avertissements": those}
        for sorte, conseil in CONSEILS.items()
        if (those := [warning for warning in found if warning.sorte == sorte])
    ]


class AvertissementsPanel(Panel):
    """The warnings above the steps, in the form of a parcours that was saved once."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "parcours/admin/avertissements.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context=None) -> dict:
            context = super().get_context_data(parent_context)
            found = avertissements(self.instance)
            return context | {"groupes": par_sorte(found), "nombre": len(found)}
