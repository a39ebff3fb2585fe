"""The glossary as its page shows it: terms by first letter, once per version of the content."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import NamedTuple

from core.models.vocabulary import Terme
from core.version import cached


class Entree(NamedTuple):
    """A term; `sigle` is what the letters of an acronym stand for."""

    slug: str
    nom: str
    sigle: str
    definition: str


def _sort_key(name: str) -> str:
    """Accents and capitals do not count in the order of a dictionary."""
    apart = unicodedata.normalize("NFKD", name.replace("œ", "oe").replace("Œ", "OE"))
    return "".join(char for char in apart if not unicodedata.combining(char)).casefold()


def _letter(name: str) -> str:
    first = _sort_key(name)[:1].upper()
    return first if first.isalpha() else "0-9"


def par_lettre(version: int) -> list[tuple[str, list[Entree]]]:
    """(letter, its terms) from A to Z."""

    def compute() -> list[tuple[str, list[Entree]]]:
        rows = [Entree(*row) for row in Terme.objects.values_list("slug", "nom", "sigle", "definition")]
        rows.sort(key=lambda entry: (_letter(entry.nom) != "0-9", _sort_key(entry.nom)))
        return [(letter, list(group)) for letter, group in groupby(rows, key=lambda entry: _letter(entry.nom))]

    return cached(version, "home:glossaire", compute)


def term_set(page, base: str, version: int) -> dict:
    """The glossary as schema.org's DefinedTermSet."""
    address = base + page.get_url()
    return {
        "@type": "DefinedTermSet",
        "@id": address,
        "name": page.title,
        "description": page.meta_description,
        "inLanguage": "fr",
        "hasDefinedTerm": [
            {
                "@type": "DefinedTerm",
                "@id": f"{address}#{entry.slug}",
                "name": entry.nom,
                "description": entry.definition,
                "inDefinedTermSet": address,
            }
            | ({"alternateName": entry.sigle} if entry.sigle else {})
            for _, entries in par_lettre(version)
            for entry in entries
        ],
    }
