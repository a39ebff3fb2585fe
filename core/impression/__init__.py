"""Printing: Typst lays out data as a tagged PDF, with fonts of our own and no system library.

A layout (`*.typ`) reads `sys.inputs.donnees`, a JSON text, and nothing else: what an editor wrote is data, never
markup. It runs in a subprocess (`python -m core.impression`), which gives its memory back and cannot bring the
server down. The fonts are static instances of the site's two OFL fonts, since Typst reads neither WOFF2 nor variable
axes; `home/contenu/documents/sources/polices.py` makes them.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)

SECONDES_MAX = 60
_RACINE = Path(__file__).resolve().parents[2]


class ImpressionError(Exception):
    """The layout failed; the message is Typst's own."""


def imprimer(gabarit: Path, donnees: Any, date: datetime, *, prive: bool = False) -> bytes:
    """The PDF of a layout: PDF/UA-1, tagged, with the outline of its headings.

    Args:
        gabarit: the `.typ` file; it reads nothing outside its folder.
        donnees: what `json` can write.
        date: what the layout calls today.
        prive: what is printed is personal: what Typst says of it, and may quote, stays out of the log.

    Raises:
        ImpressionError: the layout fails, or takes more than `SECONDES_MAX` seconds.
    """
    commande = [sys.executable, "-m", "core.impression", str(gabarit), str(int(date.timestamp()))]
    environnement = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": str(_RACINE)}
    try:
        resultat = subprocess.run(  # noqa: S603
            commande, cwd=_RACINE, env=environnement, input=json.dumps(donnees).encode(), capture_output=True,
            timeout=SECONDES_MAX, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as erreur:
        raise ImpressionError(f"{gabarit.name} takes more than {SECONDES_MAX} seconds") from erreur
    dit = resultat.stderr.decode(errors="replace").strip()
    if resultat.returncode != 0:
        raise ImpressionError(f"{gabarit.name}: {dit[-1000:]}")
    if dit:
        logger.warning("%s: %s", gabarit.name, "printed with a warning" if prive else dit)
    return resultat.stdout
