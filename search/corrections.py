"""What a reader may have meant to write: for the words that the index lacks, and for those that it hardly holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from search.analyse import jetons, plier
from search.proches import plus_courants, proches

if TYPE_CHECKING:
    from search.comprendre import Requete, Terme

# How sure a word is that is written almost as the one typed.
PROCHE = 0.6


def corriger(inconnus: Collection[Terme], version: int, *, chercher: bool = True) -> None:
    """Give each unknown word the words of the index that are written almost like it.

    Args:
        chercher: whether they are searched too, or only told.
    """
    trouves = proches([terme.forme for terme in inconnus], version)
    for terme in inconnus:
        voisins = trouves.get(terme.forme, [])
        terme.corrections = [voisin.mot for voisin in voisins]
        if chercher:
            for voisin in voisins:
                for jeton in voisin.jetons:
                    terme.jetons.setdefault(jeton, PROCHE)


def corrigee(texte: str, termes: Iterable[Terme]) -> str:
    """`texte` with its misspelt words replaced by the likeliest ones."""
    remplacants = {terme.mot: terme.corrections[0] for terme in termes if terme.corrections}
    simples = [jeton for jeton in jetons(texte) if not jeton.joint]
    # Read as it was analysed, for a word is seldom written as its token is (« co-constrution », « œuvrre »), and from
    # the end, so that places stay true.
    for (debut, fin), morceaux in groupby(reversed(simples), key=lambda jeton: (jeton.debut, jeton.fin)):
        # Digits stuck to letters stand at the same place as them.
        mots = [jeton.mot for jeton in morceaux][::-1]
        if any(mot in remplacants for mot in mots):
            texte = texte[:debut] + "".join(remplacants.get(mot, mot) for mot in mots) + texte[fin:]
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
    connus = [(terme.forme, requete.presence(terme), terme.jetons) for terme in requete.termes if terme.connu]
    trouves = plus_courants(connus, version)
    for terme in requete.termes:
        if terme.forme in trouves:
            terme.corrections = [trouves[terme.forme].mot]
    return corrigee(requete.texte, requete.termes)
