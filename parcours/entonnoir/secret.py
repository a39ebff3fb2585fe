"""What may be shown of small counts: nothing below ten, and nothing from which it could be worked out.

- The periods shown are months of the calendar, which never overlap, and all of them together: no other subtraction can
  be made.
- The current month grows under the eyes of whoever looks each day: it is shown in tens, « au moins 20 ».
- The sum of all months tells what the months show, then in tens what they hide: « au moins 40 ».
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SEUIL = 10
CACHE = "moins de 10"


@dataclass(frozen=True, slots=True)
class Compte:
    """A count as it may be shown.

    Attributes:
        plancher: what the count is, or is at least; 0 when it is hidden.
        exact: whether it is the count itself.
    """

    plancher: int
    exact: bool = False

    def __str__(self) -> str:
        if self.plancher < SEUIL:
            return CACHE
        return str(self.plancher) if self.exact else f"au moins {self.plancher}"


def _dizaines(nombre: int) -> int:
    return nombre // SEUIL * SEUIL


def mois_clos(nombre: int) -> Compte:
    """The count of a month that will not change any more."""
    return Compte(nombre, exact=True) if nombre >= SEUIL else Compte(0)


def mois_en_cours(nombre: int) -> Compte:
    """The count of the current month so far."""
    return Compte(_dizaines(nombre))


def ensemble(clos: Sequence[int], en_cours: int) -> Compte:
    """The count of the closed months and the current one together."""
    shown = sum(nombre for nombre in clos if nombre >= SEUIL)
    hidden = [nombre for nombre in clos if nombre < SEUIL]
    # What hidden months hold together is told in tens, one ten less than the most that they could hold: a sum that
    # only « nine each » explains would tell each of them.
    together = min(_dizaines(sum(hidden) + _dizaines(en_cours)), _dizaines(en_cours) + _dizaines(8 * len(hidden)))
    return Compte(shown + together)
