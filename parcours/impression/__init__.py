"""Printing: Typst lays out data as a tagged PDF, with fonts of our own and no system library.

A layout (`*.typ`) reads `sys.inputs.donnees`, a JSON text, and nothing else: what an editor wrote is data, never
markup. The fonts are static instances of the site's two OFL fonts, since Typst reads neither WOFF2 nor variable
axes; `home/contenu/documents/sources/polices.py` makes them.
"""

from __future__ import annotations

import json
import logging
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    import typst

logger = logging.getLogger(__name__)

POLICES = Path(__file__).resolve().parent / "polices"
# What the fonts of the site draw: no need to ask Typst.
LATIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))).union("ŒœŸ–—‘’‚“”„•…‹›€™−\u202f\u2009")
SANS_DESSIN = "□"


def imprimer(gabarit: Path, donnees: Any, date: datetime) -> bytes:
    """The PDF of a layout: PDF/UA-1, tagged, with the outline of its headings.

    Args:
        gabarit: the `.typ` file; it reads nothing outside its folder.
        donnees: what `json` can write.
        date: what the layout calls today.

    Raises:
        typst.TypstError: the layout fails.
    """
    import typst  # 80 MB of library, that only a process that prints should map

    texte = json.dumps(dessinable(donnees), ensure_ascii=False)

    def compiler(normes: list[typst.PDFStandard]) -> bytes:
        return typst.compile(
            gabarit,
            root=gabarit.parent,
            format="pdf",
            font_paths=_polices(),
            sys_inputs={"donnees": texte},
            pdf_standards=normes,
            timestamp=int(date.timestamp()),
        )

    try:
        return compiler(["ua-1"])
    except typst.TypstError as erreur:
        # A text may break a rule of PDF/UA that no check foresaw: the booklet matters more than its stamp.
        logger.warning("The PDF %s is tagged, but not PDF/UA-1: %s", gabarit.name, erreur.message)
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
    import typst

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
    import typst

    essai = b'#set document(title: "x")\n#set text(font: ("Atkinson",), lang: "fr")\n#sys.inputs.c'
    try:
        typst.compile(essai, format="pdf", font_paths=_polices(), sys_inputs={"c": caractere}, pdf_standards=["ua-1"])
    except typst.TypstError:
        return False
    return True
