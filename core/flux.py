"""The feeds of the site."""

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed

# What XML 1.0 cannot hold, and a title pasted from a PDF may: https://www.w3.org/TR/xml/#charsets
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class FluxAtom(Atom1Feed):
    """Atom, whatever characters its items were written with."""

    def add_item(self, **champs) -> None:
        super().add_item(**{nom: _sans_interdits(valeur) for nom, valeur in champs.items()})


def _sans_interdits(valeur: Any) -> Any:
    return _INTERDITS.sub(" ", valeur) if isinstance(valeur, str) else valeur
