"""French typography for the texts of the site's own documents.

Sources are typed plainly (straight apostrophes, ordinary spaces). The built documents hold the real
characters: curly apostrophe, no-break space (U+00A0) before a colon and inside guillemets, narrow no-break
space (U+202F) before a semicolon, an exclamation mark or a question mark.
"""

import re
from typing import Any

APOSTROPHE = "\u2019"
INSECABLE = "\u00a0"
FINE = "\u202f"

_INTACT = re.compile(r"https?://\S+|\b\d{1,2}:\d{2}\b")
_UNITES = "h|ans?|min|heures?|minutes?|pages?|points?|millions?"
_REGLES = [
    (re.compile(r"'"), APOSTROPHE),
    (re.compile(r"\.{3}"), "…"),
    (re.compile(r"«\s*"), f"«{INSECABLE}"),
    (re.compile(r"\s*»"), f"{INSECABLE}»"),
    (re.compile(r"(?<=\S)\s+:(?=\s|$)"), f"{INSECABLE}:"),
    (re.compile(r"(?<=\S)\s+([;!?]+)"), rf"{FINE}\1"),
    (re.compile(r"(\d)\s(?=\d{3}\b)"), rf"\1{FINE}"),
    (re.compile(rf"(\d)\s(?=%|(?:{_UNITES})\b)"), rf"\1{INSECABLE}"),
    (re.compile(r"\bn°\s?(?=\d)"), f"n°{INSECABLE}"),
]


def francais(texte: str) -> str:
    """Return the text with French typographic characters; addresses and hours are left alone."""
    gardes: list[str] = []

    def garder(trouve: re.Match[str]) -> str:
        gardes.append(trouve.group(0))
        return f"\ue000{len(gardes) - 1}\ue001"

    texte = _INTACT.sub(garder, texte)
    for motif, remplacement in _REGLES:
        texte = motif.sub(remplacement, texte)
    return re.sub("\ue000(\\d+)\ue001", lambda trouve: gardes[int(trouve.group(1))], texte)


def francais_partout(valeur: Any) -> Any:
    """Apply `francais` to every string value of nested lists and dictionaries; keys are left alone."""
    if isinstance(valeur, str):
        return francais(valeur)
    if isinstance(valeur, list):
        return [francais_partout(element) for element in valeur]
    if isinstance(valeur, dict):
        return {cle: francais_partout(element) for cle, element in valeur.items()}
    return valeur
