"""The results that editors want first: found by the words of the search, shown as far as anybody may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from core.version import cached
from search.expressions import Facons, lignes, memes_mots, mots
from search.facettes import compter
from search.models import ElementMisEnAvant, MiseEnAvant, SearchEntry
from search.moteurs.base import Reponse, Visibilite

# A source, its score and the keys of its passages, the best first.
Classe = tuple[str, float, list[int]]
# An expression, whether other words may stand beside it, and the sources to show first.
Regle = tuple[tuple[Facons, ...], bool, list[str]]


def placer(
    sources: list[Classe],
    reponse: Reponse,
    texte: str,
    filtres: Mapping[str, tuple[str, ...]],
    visibilite: Visibilite,
    version: int,
) -> tuple[list[Classe], Reponse, set[str]]:
    """`sources` with those that editors want first at their head, the answer counted again, and which these are.

    One that the search had found anyway is moved; another is added, when it passes the filters.
    """
    voulues = _voulues(texte, version)
    if not voulues:
        return sources, reponse, set()
    visibles = _visibles(voulues, visibilite)
    trouvees = {source: (source, note, cles) for source, note, cles in sources}
    # Beyond the candidates that the engine gave, nobody knows what it counted already.
    tout_vu = len(trouvees) == reponse.total
    premieres: list[Classe] = []
    for source in voulues:
        if source in trouvees:
            premieres.append(trouvees[source])
        elif source in visibles:
            cles, etiquettes = visibles[source]
            nombre, comptes = compter([frozenset(etiquettes)], filtres)
            if nombre:
                premieres.append((source, 0.0, cles))
                reponse = _ajouter(reponse, comptes) if tout_vu else reponse
    noms = {source for source, _, _ in premieres}
    return premieres + [classe for classe in sources if classe[0] not in noms], reponse, noms


def _voulues(texte: str, version: int) -> list[str]:
    """The sources that editors want first for what was typed, in their order."""
    regles: list[Regle] = cached(version, "search:mises_en_avant", _regles)
    recherche = mots(texte) if regles else ()
    trouvees = (
        source
        for expression, contient, sources in regles
        if (contient or len(expression) == len(recherche)) and memes_mots(expression, recherche)
        for source in sources
    )
    return list(dict.fromkeys(trouvees))


def _regles() -> list[Regle]:
    sources: dict[int, list[str]] = defaultdict(list)
    for element in ElementMisEnAvant.objects.order_by("sort_order", "pk"):
        sources[element.mise_en_avant_id].append(element.source)
    return [
        (mots(expression), mise.contient, sources[mise.pk])
        for mise in MiseEnAvant.objects.filter(pk__in=sources).order_by("pk")
        for expression in lignes(mise.expressions)
    ]


def _visibles(sources: Collection[str], visibilite: Visibilite) -> dict[str, tuple[list[int], set[int]]]:
    """Of these sources, those that anybody may see: keys of their first passages and of their labels."""
    entrees = SearchEntry.objects.filter(visibilite.condition, source__in=sources, position=0)
    visibles: dict[str, tuple[list[int], set[int]]] = {}
    for source, pk, etiquettes in entrees.order_by("pk").values_list("source", "pk", "etiquettes_id"):
        cles, siennes = visibles.setdefault(source, ([], set()))
        cles.append(pk)
        siennes.add(etiquettes)
    return visibles


def _ajouter(reponse: Reponse, comptes: Mapping[str, Mapping[str, int]]) -> Reponse:
    """The answer with one source more, that passes the filters."""
    facettes = {nom: dict(valeurs) for nom, valeurs in reponse.facettes.items()}
    for nom, valeurs in comptes.items():
        siennes = facettes.setdefault(nom, {})
        for valeur, nombre in valeurs.items():
            siennes[valeur] = siennes.get(valeur, 0) + nombre
    return replace(reponse, total=reponse.total + 1, facettes=facettes)
