"""Import of resources from a spreadsheet: reading, checking, then writing, each of which can fail on its own.

Reading and checking change nothing: a simulation stops there, and an import with a faulty row too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.importation.ecriture import write
from kit.importation.lecture import FichierIllisibleError, read_rows
from kit.importation.rapport import Rapport
from kit.importation.validation import check_rows

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FichierIllisibleError", "Rapport", "importer"]


def importer(
    fichier: Path, dossier: Path | None = None, *, simulation: bool = False, ignorer_erreurs: bool = False
) -> Rapport:
    """Create and update resources from `fichier`.

    Args:
        fichier: CSV or XLSX.
        dossier: where the files that rows name are; the folder of `fichier` when it is not given.
        simulation: tell what would be done, change nothing.
        ignorer_erreurs: write the correct rows when others are faulty; else one faulty row stops everything.

    Raises:
        FichierIllisibleError: the spreadsheet itself cannot be read; nothing was changed.
    """
    table = read_rows(fichier)
    projets = check_rows(table, dossier if dossier is not None else fichier.parent)
    rapport = Rapport(projets, table.avertissements, simulation=simulation)
    if not simulation and (ignorer_erreurs or not rapport.nombre_d_erreurs):
        rapport.enregistre = write(projets, ignorer_erreurs=ignorer_erreurs)
    return rapport
