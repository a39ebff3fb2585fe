"""Typst itself, and what its fonts can draw; 80 MB of library, which only a process that prints maps."""

from __future__ import annotations

import json
import sys
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst

POLICES = Path(__file__).resolve().parent / "polices"
# What the fonts of the site draw: no need to ask Typst.
LATIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))).union("ŒœŸ–—‘’‚“”„•…‹›€™−\u202f\u2009")
SANS_DESSIN = "□"


def composer(gabarit: Path, donnees: bytes, date: int) -> bytes:
    """The PDF of a layout; see `core.impression.imprimer`.

    Args:
        donnees: JSON.
        date: seconds since 1970.
    """
    texte = json.dumps(dessinable(json.loads(donnees)), ensure_ascii=False)

    def compiler(normes: list[typst.PDFStandard]) -> bytes:
        return typst.compile(
            gabarit,
            root=gabarit.parent,
            format="pdf",
            font_paths=_polices(),
            sys_inputs={"donnees": texte},
            pdf_standards=normes,
            timestamp=date,
        )

    try:
        return compiler(["ua-1"])
    except typst.TypstError as erreur:
        # A text may break a rule of PDF/UA that no check foresaw: the booklet matters more than its stamp.
        sys.stderr.write(f"tagged, but not PDF/UA-1: {erreur.message}")
        return compiler([])


def dessinable(valeur: Any) -> Any:
    """The same value, where each character has a drawing: PDF/UA allows no other.

    An emoji without one is left out, since words do without it; any other becomes an empty square.
    """
    if isinstance(valeur, str):
        return valeur if LATIN.issuperset(valeur) else "".join(map(_dessin, valeur))
    if isinstance(valeur, dict):
        return {cle: dessinable(element) for cle, element in valeur.items()}
    if isinstance(valeur, (list, tuple)):
        return [dessinable(element) for element in valeur]
    return valeur


@cache
def _polices() -> typst.Fonts:
    """Our fonts, then those that Typst carries (Greek, Cyrillic, Hebrew, Arabic, symbols)."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(POLICES)])


@lru_cache(maxsize=4096)
def _dessin(caractere: str) -> str:
    if caractere in LATIN or caractere.isspace():
        return caractere
    # Variation selectors and joiners of emoji draw nothing by themselves.
    if unicodedata.category(caractere) in ("Cc", "Cf", "Cs", "Co", "Cn") or "\ufe00" <= caractere <= "\ufe0f":
        return ""
    if _a_un_dessin(caractere):
        return caractere
    return "" if unicodedata.category(caractere) in ("So", "Sk", "Mn", "Me") else SANS_DESSIN


def _a_un_dessin(caractere: str) -> bool:
    """Whether one of the fonts draws it: Typst is asked, in some milliseconds, once per character."""
    essai = b'#set document(title: "x")\n#set text(font: ("Atkinson",), lang: "fr")\n#sys.inputs.c'
    try:
        typst.compile(essai, format="pdf", font_paths=_polices(), sys_inputs={"c": caractere}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
