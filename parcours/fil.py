"""The thread of a parcours: what readers see of its steps, as small values without any query left to run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from wagtail.models import Page

from core.cards import cards_for, read_cards
from core.protocols import Temps

if TYPE_CHECKING:
    from core.protocols import Carte
    from parcours.models import EtapeParcours, ParcoursPage


@dataclass(frozen=True, slots=True)
class Etape:
    """A step that readers may open.

    Attributes:
        numero: rank among the steps that readers may open, from 1.
        url: root-relative address of the page, without the parcours.
        groupe: label of its nature, or of its kind of page when it has none.
        raison: why to read it in this parcours, raw; or empty.
    """

    numero: int
    page_id: int
    uuid: str
    titre: str
    url: str
    nature: str
    groupe: str
    details: tuple[str, ...]
    raison: str
    essentielle: bool
    temps: Temps


@dataclass(frozen=True, slots=True)
class Groupe:
    """Steps of one nature that follow one another."""

    titre: str
    nature: str
    etapes: tuple[Etape, ...]

    @property
    def debut(self) -> int:
        return self.etapes[0].numero

    @property
    def fin(self) -> int:
        return self.etapes[-1].numero


@dataclass(frozen=True, slots=True)
class Fil:
    """A parcours as readers follow it."""

    slug: str
    uuid: str
    titre: str
    titre_court: str
    url: str
    chapo: str
    pour_qui: str
    etapes: tuple[Etape, ...]
    page_id: int | None = None

    @property
    def nombre(self) -> int:
        return len(self.etapes)

    @property
    def a_lire(self) -> tuple[Etape, ...]:
        """The steps that whoever followed it has read: the essential ones, or all when none is."""
        return tuple(etape for etape in self.etapes if etape.essentielle) or self.etapes

    @property
    def uuids_a_lire(self) -> str:
        """Identifiers of these, separated by spaces."""
        return " ".join(etape.uuid for etape in self.a_lire)

    @property
    def temps(self) -> Temps:
        """Time of all the steps together."""
        return sum((etape.temps for etape in self.etapes), Temps())

    @property
    def temps_a_lire(self) -> Temps:
        """Time of the steps of `a_lire` together."""
        return sum((etape.temps for etape in self.a_lire), Temps())

    @property
    def groupes(self) -> list[Groupe]:
        """The steps grouped by nature, in their order: a nature that comes back opens another group."""
        runs = groupby(self.etapes, key=lambda etape: (etape.groupe, etape.nature))
        return [Groupe(titre, nature, tuple(etapes)) for (titre, nature), etapes in runs]

    @property
    def uuids(self) -> str:
        """Identifiers of the pages to read, in order, separated by spaces: what the notebook counts."""
        return " ".join(etape.uuid for etape in self.etapes)

    @property
    def adresses(self) -> str:
        """Addresses of the steps within the parcours, in the same order as `uuids`."""
        return " ".join(self.lien(etape) for etape in self.etapes)

    @property
    def durees(self) -> str:
        """« lecture/formation/inconnus » of each step, in the same order as `uuids`: what the time left is made of."""
        temps = (etape.temps for etape in self.etapes)
        return " ".join(f"{each.lecture}/{each.formation}/{each.inconnus}" for each in temps)

    def lien(self, etape: Etape) -> str:
        """The address that opens a step within this parcours."""
        return f"{etape.url}?parcours={self.slug}"

    def etape_de(self, page_id: int) -> Etape | None:
        """The step that a page is in this parcours."""
        return next((etape for etape in self.etapes if etape.page_id == page_id), None)

    def avant(self, etape: Etape) -> Etape | None:
        return self.etapes[etape.numero - 2] if etape.numero > 1 else None

    def apres(self, etape: Etape) -> Etape | None:
        return self.etapes[etape.numero] if etape.numero < self.nombre else None


def visible_steps(parcours: ParcoursPage, version: int | None) -> list[tuple[EtapeParcours, Carte]]:
    """The steps that readers may open, in order, each page once, with the card of its page.

    A step whose page was deleted, or is not live and public, is left out, and out of the numbering. Without a version,
    the cards are read anew, as the present transaction sees them.
    """
    rows: dict[int, EtapeParcours] = {}
    for row in parcours.etapes.all():
        if row.page_id:
            rows.setdefault(row.page_id, row)
    cards = read_cards(list(rows)) if version is None else cards_for(list(rows), version)
    return [(rows[page_id], carte) for page_id, carte in cards.items()]


def read_fil(parcours: ParcoursPage, version: int) -> Fil:
    """The thread of `parcours` as it stands in memory: draft steps in a preview, published ones otherwise."""
    steps = visible_steps(parcours, version)
    pages = {page.pk: page for page in Page.objects.filter(pk__in=[row.page_id for row, _ in steps]).specific()}
    return Fil(
        slug=parcours.slug,
        uuid=parcours.uuid,
        titre=parcours.title,
        titre_court=parcours.titre_court or parcours.title,
        url=parcours.get_url() or "",
        chapo=parcours.chapo,
        pour_qui=parcours.pour_qui,
        page_id=parcours.pk,
        etapes=tuple(
            _step(numero, row, pages[row.page_id], carte) for numero, (row, carte) in enumerate(steps, start=1)
        ),
    )


def _step(numero: int, row: EtapeParcours, page, carte: Carte) -> Etape:
    nature, groupe = _nature_of(page.facettes().get("nature", ()), carte)
    return Etape(
        numero=numero,
        page_id=page.pk,
        uuid=carte.uuid,
        titre=carte.titre,
        url=carte.url,
        nature=nature,
        groupe=groupe,
        details=carte.details,
        raison=row.raison,
        essentielle=row.essentielle,
        temps=page.temps_de_lecture(),
    )


def _nature_of(values: Iterable[str], carte: Carte) -> tuple[str, str]:
    """(slug, label) of the group of a step: its first nature, or else its kind of page."""
    for value in values:
        slug, _, label = value.partition("|")
        return slug, label or slug
    return carte.nature, carte.nature_titre or carte.genre
