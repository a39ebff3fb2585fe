"""Build the three documents that the site itself writes, or check that the committed ones are up to date.

Usage, from the root of the repository:

    python home/contenu/documents/sources/construire.py
    python home/contenu/documents/sources/construire.py --verifier

The first writes the documents; the second writes nothing and exits 1 when a byte differs.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import check_list
import donnees
import guide
import ordre_du_jour

ICI = Path(__file__).resolve().parent
DOCUMENTS = ICI.parent
YAML = Path(__file__).resolve().parents[2]
POLICES = Path(__file__).resolve().parents[4] / "static" / "fonts"


def fabriquer(dossier_yaml: Path, dossier_polices: Path) -> dict[str, bytes]:
    """Return the bytes of each document by file name."""
    faits = donnees.lire(dossier_yaml)
    fabriques: dict[str, Callable[[dict[str, Any]], bytes]] = {
        "guide-d-utilisation-du-kit.pdf": lambda faits: guide.construire(faits, dossier_polices),
        "check-list-evaluation.docx": check_list.construire,
        "ordre-du-jour-copil.odt": ordre_du_jour.construire,
    }
    return {nom: fabrique(faits) for nom, fabrique in fabriques.items()}


def verifier(documents: dict[str, bytes], dossier: Path) -> list[str]:
    """Return one French sentence per committed document that is missing or differs."""
    ecarts = []
    for nom, attendu in documents.items():
        chemin = dossier / nom
        if not chemin.exists():
            ecarts.append(f"{nom} : le document manque.")
        elif chemin.read_bytes() != attendu:
            ecarts.append(f"{nom} : le document ne correspond plus à ses sources.")
    return ecarts


def main() -> int:
    """Run the command line; return the exit code."""
    analyseur = argparse.ArgumentParser(description="Construit les documents rédigés pour ce site.")
    analyseur.add_argument("--verifier", action="store_true", help="compare sans écrire ; code 1 si un octet diffère")
    analyseur.add_argument("--yaml", type=Path, default=YAML, help="dossier des fichiers YAML")
    analyseur.add_argument("--polices", type=Path, default=POLICES, help="dossier des polices WOFF2 du site")
    analyseur.add_argument("--documents", type=Path, default=DOCUMENTS, help="dossier des documents construits")
    options = analyseur.parse_args()

    documents = fabriquer(options.yaml, options.polices)
    if options.verifier:
        ecarts = verifier(documents, options.documents)
        for ecart in ecarts:
            print(ecart, file=sys.stderr)
        if ecarts:
            print("Relancez construire.py, relisez les documents, puis enregistrez-les.", file=sys.stderr)
            return 1
        print(f"Les {len(documents)} documents correspondent à leurs sources.")
        return 0
    for nom, contenu in documents.items():
        (options.documents / nom).write_bytes(contenu)
        print(f"{nom} : {len(contenu) / 1000:.0f} ko")
    return 0


if __name__ == "__main__":
    sys.exit(main())
