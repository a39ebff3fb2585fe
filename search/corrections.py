"""What a reader may have meant to write: for the words that the index lacks, and for those that it hardly holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from search.analyse import plier
from search.models import Mot
from search.variantes import famille
from search.vocabulaire import plus_courant, proches

if TYPE_CHECKING:
    from search.comprendre import Requete, Terme

# How sure a word is that is written almost as the one typed.
PROCHE = 0.6


def corriger(inconnus: Iterable[Terme], version: int, *, chercher: bool = True) -> None:
    """Give each unknown word the words of the index that are written almost like it.

    Args:
        chercher: whether they are searched too, or only told.
    """
    voisins = {terme.mot: proches(terme.forme, version) for terme in inconnus}
    proposees = {forme for formes in voisins.values() for forme in formes}
    if not proposees:
        return
    ecrits: dict[str, list[tuple[int, str, str]]] = {}
    for forme, mot, jeton, frequence in Mot.objects.filter(forme__in=proposees).values_list(
        "forme", "mot", "jeton", "frequence"
    ):
        ecrits.setdefault(forme, []).append((frequence, mot, jeton))
    for terme in inconnus:
        formes = [forme for forme in voisins[terme.mot] if forme in ecrits]
        # Shown as it is written most often, with its accents.
        terme.corrections = [max(ecrits[forme])[1] for forme in formes]
        if chercher:
            for forme in formes:
                for _, _, jeton in ecrits[forme]:
                    terme.jetons.setdefault(jeton, PROCHE)


def corrigee(texte: str, termes: Iterable[Terme]) -> str:
    """`texte` with its misspelt words replaced by the likeliest ones."""
    for terme in termes:
        if terme.corrections:
            texte = re.sub(rf"(?i)(?<![^\W_]){re.escape(terme.mot)}(?![^\W_])", terme.corrections[0], texte)
    return texte


def propositions(requete: Requete, version: int) -> Iterator[str]:
    """What may be searched instead of a query that finds nothing, the nearest to it first."""
    corriger([terme for terme in requete.cites if not terme.connu], version, chercher=False)
    vues = {plier(requete.texte)}
    # As it is, then without quotation marks, then without what is left out.
    for texte in (requete.texte, requete.sans_guillemets, requete.positif):
        propose = corrigee(texte, [*requete.termes, *requete.cites])
        if plier(propose) not in vues:
            vues.add(plier(propose))
            yield propose


def plus_courante(requete: Requete, version: int) -> str:
    """The query with each word that the index hardly holds replaced by a much commoner one written almost so."""
    for terme in requete.termes:
        if terme.connu:
            siennes = {famille(jeton) for jeton in terme.jetons}
            terme.corrections = plus_courant(terme.forme, requete.presence(terme), siennes, version)
    return corrigee(requete.texte, requete.termes)
