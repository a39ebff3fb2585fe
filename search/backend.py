"""Wagtail's own search, which the choosers of the admin and `/api/v2/` ask, made safe against what may be typed.

Its database backends build a query language out of the words: a quote or a NUL breaks it, some hundred words make it
recurse too deep. Here whatever is asked becomes a few plain words first, on every database.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from modelsearch.query import MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText, SearchQuery

if TYPE_CHECKING:
    from modelsearch.backends.base import BaseSearchBackend

# Beyond, what was typed is cut: nobody asks a chooser for more.
MOTS_MAX = 16
CARACTERES_MAX = 255


def mots(texte: str) -> Iterator[str]:
    """The words of a text, none of which says anything but itself in a query of SQLite or PostgreSQL."""
    # Quotes, controls, halves of characters: what cannot be a part of a word.
    sain = "".join(
        " " if caractere == '"' or unicodedata.category(caractere).startswith("C") else caractere
        for caractere in texte[:CARACTERES_MAX]
    )
    return (mot for mot in sain.split() if any(caractere.isalnum() for caractere in mot))


def en_mots_simples(requete: str | SearchQuery) -> str | SearchQuery:
    """The same query with at most `MOTS_MAX` plain words; what finds nothing, when none is left."""
    return _Nettoyage().requete(requete) or MATCH_NONE


class _Nettoyage:
    """One query being cleaned: how many words may still come."""

    def __init__(self) -> None:
        self.reste = MOTS_MAX

    def texte(self, texte: str) -> str:
        gardes = list(islice(mots(texte), self.reste))
        self.reste -= len(gardes)
        return " ".join(gardes)

    def requete(self, requete: str | SearchQuery) -> str | SearchQuery | None:
        """None, or an empty text, when nothing is left of it."""
        propre: str | SearchQuery | None = requete
        match requete:
            case str():
                propre = self.texte(requete)
            case PlainText():
                texte = self.texte(requete.query_string)
                propre = PlainText(texte, operator=requete.operator, boost=requete.boost) if texte else None
            case Phrase():
                texte = self.texte(requete.query_string)
                propre = Phrase(texte) if texte else None
            case And() | Or():
                parties = [partie for each in requete.subqueries if (partie := self.requete(each))]
                propre = type(requete)(parties) if len(parties) > 1 else (parties or [None])[0]
            case Not():
                partie = self.requete(requete.subquery)
                propre = Not(partie) if partie else None
            case Boost():
                partie = self.requete(requete.subquery)
                propre = Boost(partie, requete.boost) if partie else None
        return propre


class Prudent:
    """What is put before a backend: `search` and `autocomplete` both go through here."""

    def _search(self, query_compiler_class, query, model_or_queryset, **kwargs):
        # Without a query, Wagtail gives everything.
        propre = query if query is None else en_mots_simples(query)
        return super()._search(query_compiler_class, propre, model_or_queryset, **kwargs)  # type: ignore[misc]


@cache
def _prudente(classe: Any) -> Any:
    return type(f"{classe.__name__}Prudent", (Prudent, classe), {})


def SearchBackend(params: dict) -> BaseSearchBackend:  # noqa: N802 (the name that Wagtail asks for)
    """The backend of the database in use, made safe."""
    from wagtail.search.backends import database

    classe: Any = type(database.SearchBackend(params))
    return _prudente(classe)(params)
