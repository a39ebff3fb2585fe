"""Questions about the published parcours, answered from memory for as long as the content does not change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from core.version import cached
from parcours.fil import Etape, Fil, read_fil

if TYPE_CHECKING:
    from collections.abc import Sequence

# The home page shows the first ones only.
CARTES_D_ACCUEIL = 6


def _published():
    """The parcours that everyone may read, in the order of the tree."""
    return apps.get_model("parcours", "ParcoursPage").objects.live().public().order_by("path")


def slugs(version: int) -> tuple[str, ...]:
    """Identifiers of the published parcours, in the order of the tree."""
    return cached(version, "parcours:slugs", lambda: tuple(_published().values_list("slug", flat=True)))


def fil_de(slug: str, version: int) -> Fil | None:
    """The thread of a published parcours; None for any other word, without a query."""
    if slug not in slugs(version):
        return None

    def compute() -> Fil | None:
        parcours = _published().filter(slug=slug).first()
        return read_fil(parcours, version) if parcours else None

    return cached(version, f"parcours:fil:{slug}", compute)


def fil_de_uuid(uuid: str, version: int) -> Fil | None:
    """The thread of the published parcours that has this permanent identifier, whatever its address has become."""
    slug = _published().filter(translation_key=uuid).values_list("slug", flat=True).first()
    return fil_de(slug, version) if slug else None


def places_de(page_id: int, version: int) -> list[dict]:
    """Where a page stands in each parcours: the thread without its other steps, the step, before and after."""

    def compute() -> list[dict]:
        steps = apps.get_model("parcours", "EtapeParcours")
        mine = steps.objects.filter(page_id=page_id).values_list("parcours__slug", flat=True)
        found = {slug: fil_de(slug, version) for slug in mine}
        return [
            _place(fil, etape)
            for slug in slugs(version)
            if (fil := found.get(slug)) is not None and (etape := fil.etape_de(page_id)) is not None
        ]

    return cached(version, f"parcours:places:{page_id}", compute)


def _place(fil: Fil, etape: Etape) -> dict:
    before, after = fil.avant(etape), fil.apres(etape)
    return {
        "titre_court": fil.titre_court,
        "url": fil.url,
        "nombre": fil.nombre,
        "numero": etape.numero,
        "lien": fil.lien(etape),
        "raison": etape.raison,
        "avant": {"titre": before.titre, "lien": fil.lien(before)} if before else None,
        "apres": {"titre": after.titre, "lien": fil.lien(after)} if after else None,
    }


def cartes(asked: Sequence[str], version: int) -> list[dict]:
    """What a list shows of the parcours asked by their slugs; drawn by `parcours/includes/carte_parcours.html`."""
    fils = [fil for slug in asked if (fil := fil_de(slug, version)) is not None]
    return [
        {
            "slug": fil.slug,
            "titre": fil.titre,
            "titre_court": fil.titre_court,
            "url": fil.url,
            "chapo": fil.chapo,
            "pour_qui": fil.pour_qui,
            "nombre": fil.nombre,
            "temps": fil.temps,
            "uuids": fil.uuids,
            "uuids_a_lire": fil.uuids_a_lire,
            "durees": fil.durees,
            "adresses": fil.adresses,
            "etapes": [(etape.uuid, fil.lien(etape)) for etape in fil.etapes],
        }
        for fil in fils
    ]


def cartes_parcours(version: int) -> list[dict]:
    """The cards of the first parcours, for the home page."""
    return cached(version, "parcours:cartes", lambda: cartes(slugs(version)[:CARTES_D_ACCUEIL], version))


def orientation(version: int) -> str:
    """Address of the published page that leads to a parcours by three questions; empty when there is none."""

    def compute() -> str:
        page = apps.get_model("parcours", "OrientationPage").objects.live().public().order_by("path").first()
        return (page.get_url() or "") if page is not None and page.questions else ""

    return cached(version, "parcours:orientation", compute)
