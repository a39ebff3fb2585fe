"""The editorial team's groups and review: made once, never over what an administrator changed."""

from home.chargement.base import Chargeur
from home.editorial import groupes
from home.models import ContenuCharge, HomePage

MARQUE = "editorial:groupes"


def charger(c: Chargeur) -> None:
    if ContenuCharge.objects.filter(cle=MARQUE).exists():
        c.compte["laissés tels quels"] += 1
        return
    home = HomePage.objects.get()
    groupes.remove_defaults()
    groupes.make_group(groupes.REDACTION, home)
    groupes.make_workflow(groupes.make_group(groupes.RELECTURE, home), home)
    ContenuCharge.objects.create(cle=MARQUE, source="1")
    c.compte["créés"] += 1
