"""The report of an import: a line per row, then the counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kit.importation.projet import CREEE, ERREUR, INCHANGEE, MISE_A_JOUR, Projet

if TYPE_CHECKING:
    from collections.abc import Iterator

PLURIELS = {CREEE: "créées", MISE_A_JOUR: "mises à jour", INCHANGEE: "inchangées", ERREUR: "erreurs"}


@dataclass(slots=True)
class Rapport:
    """What was done, or would be.

    Attributes:
        enregistre: whether the correct rows were written.
    """

    projets: list[Projet]
    avertissements: list[str]
    simulation: bool = False
    enregistre: bool = False

    @property
    def nombre_d_erreurs(self) -> int:
        return sum(projet.etat == ERREUR for projet in self.projets)

    def lignes(self) -> Iterator[str]:
        """The report, line by line, in French."""
        yield from self.avertissements
        for projet in self.projets:
            yield f"ligne {projet.numero} : {self._etat(projet)}"
        yield self.bilan()

    def _etat(self, projet: Projet) -> str:
        if projet.erreurs:
            return f"{ERREUR} : {' ; '.join(projet.erreurs)}"
        state = projet.etat
        if not self.enregistre and not self.simulation and state != INCHANGEE:
            state = f"correcte, mais non enregistrée (aurait été {state})"
        told = [projet.slug, *projet.remarques]
        if projet.etat == MISE_A_JOUR:
            told.insert(1, "change : " + ", ".join(projet.changements))
        return f"{state} ({' ; '.join(told)})"

    def bilan(self) -> str:
        """The counts, and whether anything was written."""
        counts = Counter(projet.etat for projet in self.projets)
        told = [f"{counts[one]} {one if counts[one] < 2 else many}" for one, many in PLURIELS.items()]
        lines = f"{len(self.projets)} ligne{'s' if len(self.projets) > 1 else ''}"
        counted = f"{lines} : {', '.join(told)}."
        if self.simulation:
            return f"Simulation, rien n’a été enregistré. {counted}"
        if not self.enregistre:
            return f"Rien n’a été enregistré, à cause des erreurs. {counted}"
        return counted
