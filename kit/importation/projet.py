"""What one row asks for, once checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

CREEE, MISE_A_JOUR, INCHANGEE, ERREUR = "créée", "mise à jour", "inchangée", "erreur"


@dataclass(slots=True)
class Projet:
    """A row that was checked: what it wants and what that changes.

    A field is None when the spreadsheet says nothing of it: then what exists stays.

    Attributes:
        page_id: the resource that it updates, None for a new one.
        publie: whether the resource is to be public; None keeps its state.
        changements: labels of what differs from the resource as it is.
        erreurs: why the row cannot be written, in French.
        remarques: what the person who imports should know.
    """

    numero: int
    slug: str = ""
    titre: str = ""
    nature_id: int | None = None
    rubrique_id: int | None = None
    rubrique_dite: bool = False
    producteurs: list[str] = field(default_factory=list)
    date: str = ""
    resume: str = ""
    fichier: Path | None = None
    mots_cles: list[str] | None = None
    publie: bool | None = None
    page_id: int | None = None
    changements: list[str] = field(default_factory=list)
    erreurs: list[str] = field(default_factory=list)
    remarques: list[str] = field(default_factory=list)

    @property
    def etat(self) -> str:
        if self.erreurs:
            return ERREUR
        if self.page_id is None:
            return CREEE
        return MISE_A_JOUR if self.changements else INCHANGEE
