"""What a reader asks in an address, and the addresses of what may be asked next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest

from search.comprendre import nettoyer
from search.facettes import filtres_de

TRIS = {"pertinence": "Pertinence", "date": "Date"}
# `mots=tapes`: leave out the words written almost as those typed.
MOTS, TAPES = "mots", "tapes"


def entier(texte: str | None, defaut: int, maximum: int = 1_000_000) -> int:
    """A positive integer of the address, or `defaut` for anything else."""
    if texte and texte.isascii() and texte.isdigit() and len(texte) <= 9:
        return min(max(int(texte), 1), maximum)
    return maximum if texte and texte.isascii() and texte.isdigit() else defaut


@dataclass(frozen=True, slots=True)
class Recherche:
    """A search as an address tells it."""

    texte: str
    filtres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tri: str = "pertinence"
    tels_quels: bool = False

    @classmethod
    def lue(cls, request: HttpRequest) -> Recherche:
        """That of a request; what makes no sense is ignored."""
        tri = request.GET.get("tri", "")
        return cls(
            nettoyer(request.GET.get("q", "")),
            filtres_de(request.GET),
            tri if tri in TRIS else "pertinence",
            request.GET.get(MOTS) == TAPES,
        )

    def adresse(self, **plus: object) -> str:
        """What follows `/recherche/`."""
        parametres: list[tuple[str, object]] = [("q", self.texte)]
        parametres += [(nom, valeur) for nom, valeurs in self.filtres.items() for valeur in valeurs]
        if self.tri != "pertinence":
            parametres.append(("tri", self.tri))
        if self.tels_quels:
            parametres.append((MOTS, TAPES))
        return "?" + urlencode([*parametres, *plus.items()])

    def sans(self, facette: str, valeur: str) -> dict[str, tuple[str, ...]]:
        """The filters without one value."""
        restants = {nom: tuple(v for v in vs if (nom, v) != (facette, valeur)) for nom, vs in self.filtres.items()}
        return {nom: valeurs for nom, valeurs in restants.items() if valeurs}
