"""Meetings, with as much or as little in them as a test needs."""

from datetime import time, timedelta

from django.utils.timezone import now

from evenements.models import Creneau, RencontrePage, RencontresIndexPage
from home.chargement.base import instant
from tests.factories import published


def index_page(home) -> RencontresIndexPage:
    """A published, empty list of meetings."""
    return published(home, RencontresIndexPage(title="Rencontres", slug="rencontres"))


def creneau(debut: str, fin: str, titre: str = "Un créneau", **champs) -> Creneau:
    """An unsaved slot; times as « 09:00 »."""
    return Creneau(debut=time.fromisoformat(debut), fin=time.fromisoformat(fin), titre=titre, **champs)


def rencontre(parent, title="Une rencontre", jour="2021-07-12", *, creneaux=(), publie=True, **champs) -> RencontrePage:
    """A meeting from 9 to 18 o'clock in Paris."""
    champs = {"debut": instant(f"{jour}T09:00"), "fin": instant(f"{jour}T18:00")} | champs
    page = RencontrePage(title=title, live=False, **champs)
    page.creneaux = list(creneaux)
    if publie:
        return published(parent, page)
    parent.add_child(instance=page)
    page.save_revision()
    return RencontrePage.objects.get(pk=page.pk)


def jour(days_from_now: int) -> str:
    """The date of a day in the future, or in the past when negative."""
    return (now() + timedelta(days=days_from_now)).date().isoformat()
