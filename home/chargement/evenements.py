"""The meetings: their facts come from `territoires.yaml`, their prose from `textes_evenements.yaml`."""

from datetime import date, time

from evenements.models import Creneau, RencontrePage, RencontrePassee, RencontresIndexPage
from home.chargement.base import Chargeur, instant, read_yaml
from home.chargement.socle import home_page


def charger(c: Chargeur) -> None:
    textes = read_yaml("textes_evenements")
    earlier = c.territoires["reseau_des_pionniers"]["rencontres_precedentes"]
    index = c.page(
        home_page(c),
        RencontresIndexPage,
        "rencontres",
        title=textes["index"]["titre"],
        chapo=textes["index"]["chapo"],
        show_in_menus=True,
        source=earlier,
        enfants={
            "passees": [
                RencontrePassee(numero=fact["numero"], date=_date(fact["date"]), theme=fact["theme"])
                for fact in earlier
            ]
        },
    )
    for facts in c.territoires["evenements"]:
        _rencontre(c, index, facts, textes["rencontres"][facts["slug"]])


def _rencontre(c: Chargeur, index: RencontresIndexPage | None, facts: dict, texte: dict) -> None:
    c.page(
        index,
        RencontrePage,
        facts["slug"],
        title=facts["titre"],
        chapo=texte["chapo"],
        theme=facts["theme"],
        debut=instant(str(facts["debut"])),
        fin=instant(str(facts["fin"])),
        mode=texte["mode"],
        format=facts["format"],
        corps=texte["corps"],
        source=facts["programme"],
        enfants={
            "creneaux": [
                Creneau(
                    sort_order=rank,
                    debut=time.fromisoformat(slot["debut"]),
                    fin=time.fromisoformat(slot["fin"]),
                    titre=slot["titre"],
                    temps=slot.get("temps", ""),
                    parent=slot.get("parent", ""),
                    pause=slot.get("pause", False),
                )
                for rank, slot in enumerate(facts["programme"])
            ]
        },
    )


def _date(value: date | str) -> date:
    """YAML reads a date as a date, or leaves it as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)
