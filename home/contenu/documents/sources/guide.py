"""Build of the guide: Typst lays the facts of the YAML files out as a tagged PDF (PDF/UA-1)."""

import json
import tempfile
from pathlib import Path
from typing import Any

import polices
import typst

ICI = Path(__file__).resolve().parent


def construire(donnees: dict[str, Any], dossier_polices: Path) -> bytes:
    """Return the bytes of the PDF guide.

    Args:
        donnees: what `donnees.lire` returns.
        dossier_polices: folder of the site's WOFF2 fonts.

    Raises:
        typst.TypstError: when the layout fails or breaks a PDF/UA-1 rule.
    """
    with tempfile.TemporaryDirectory() as temporaire:
        polices.preparer(dossier_polices, Path(temporaire))
        return typst.compile(
            ICI / "guide" / "guide.typ",
            root=ICI / "guide",
            format="pdf",
            font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[temporaire]),
            sys_inputs={"donnees": json.dumps(donnees, ensure_ascii=False, default=str)},
            pdf_standards=["ua-1"],
            timestamp=0,  # the date printed and stored is the one that guide.typ declares
        )
