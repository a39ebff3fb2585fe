"""Counters of the steps reached and read for the first time on a device: a step, a day, two numbers.

Kept: nothing else. The device alone knows what it did before; it says « the first time here » and is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db.models import F
from django.utils import timezone

from core.version import ONE_DAY
from parcours.models import EtapeDuJour

if TYPE_CHECKING:
    from collections.abc import Iterable

# The current month and the twelve before it.
MOIS_GARDES = 13


@dataclass(frozen=True, order=True, slots=True)
class Mois:
    """A month of the calendar."""

    annee: int
    mois: int

    @classmethod
    def de(cls, jour: date) -> Mois:
        return cls(jour.year, jour.month)

    @property
    def debut(self) -> date:
        return date(self.annee, self.mois, 1)

    @property
    def cle(self) -> str:
        return f"{self.annee:04}-{self.mois:02}"

    def avant(self, nombre: int) -> Mois:
        """The month that many months earlier."""
        annee, mois = divmod(self.annee * 12 + self.mois - 1 - nombre, 12)
        return Mois(annee, mois + 1)


def mois_gardes() -> list[Mois]:
    """The months whose counters are kept, the current one first."""
    ce_mois = Mois.de(timezone.localdate())
    return [ce_mois.avant(nombre) for nombre in range(MOIS_GARDES)]


def compter(parcours_id: int, etape: str, *, atteinte: bool, lecture: bool) -> None:
    """Count one device more; no count is lost between processes, since the database adds it itself."""
    jour = timezone.localdate()
    row = {"parcours_id": parcours_id, "etape": etape, "jour": jour}
    plus = {"atteintes": F("atteintes") + int(atteinte), "lectures": F("lectures") + int(lecture)}
    if not EtapeDuJour.objects.filter(**row).update(**plus):
        EtapeDuJour.objects.bulk_create([EtapeDuJour(**row)], ignore_conflicts=True)
        EtapeDuJour.objects.filter(**row).update(**plus)
    if cache.add(f"parcours:entonnoir:{jour}", 1, ONE_DAY):
        # Embedded, no other process would do it.
        purger()


def purger() -> int:
    """Forget the days before the oldest month kept; how many counters."""
    count, _ = EtapeDuJour.objects.filter(jour__lt=mois_gardes()[-1].debut).delete()
    return count


def par_mois(parcours_id: int, etapes: Iterable[str]) -> dict[str, dict[Mois, tuple[int, int]]]:
    """For each step, (reached, read) of each month that has any, exact: never shown as they are (see `secret`)."""
    totals: dict[str, dict[Mois, tuple[int, int]]] = {etape: {} for etape in etapes}
    rows = EtapeDuJour.objects.filter(parcours_id=parcours_id, jour__gte=mois_gardes()[-1].debut)
    for etape, jour, atteintes, lectures in rows.values_list("etape", "jour", "atteintes", "lectures"):
        months = totals.get(str(etape))
        if months is not None:
            reached, read = months.get(Mois.de(jour), (0, 0))
            months[Mois.de(jour)] = (reached + atteintes, read + lectures)
    return totals
