"""What editors decided, made ready for queries: synonyms, pages left out.

Synonyms are computed once per version of the content: a change acts on the very next search, of whatever engine.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import permutations, product
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum
from wagtail.models import Page

from core.models import Terme as TermeDuGlossaire
from core.version import cached
from search.analyse import plier
from search.expressions import Facons, equivalentes, facons, lignes, mots, pleins
from search.models import Mot, PageEcartee, Synonyme

if TYPE_CHECKING:
    from search.comprendre import Terme

# How sure a synonym is: a little less than the word itself.
SYNONYME = 0.9
SYNONYMES_MAX = 12


# --- synonyms


@dataclass(frozen=True, slots=True)
class Regle:
    """An expression, and what is searched beside it: tokens, or sequences of tokens that follow one another."""

    mots: tuple[Facons, ...]
    aussi: tuple[str, ...]


@dataclass(slots=True)
class Synonymes:
    """Every rule, found by the ways of writing its first word."""

    regles: list[Regle] = field(default_factory=list)
    par_mot: dict[str, list[int]] = field(default_factory=dict)

    def ajouter(self, regle: Regle) -> None:
        for facon in regle.mots[0]:
            self.par_mot.setdefault(facon, []).append(len(self.regles))
        self.regles.append(regle)


def etendre(termes: Sequence[Terme], version: int) -> None:
    """Let each expression of a query be stood for by its synonyms.

    The words of « responsabilité sociétale des entreprises » each receive the token `rse`; the word « RSE »
    receives the sequence `respons societal de entrepris`.
    """
    # Many synonyms would cost more to copy out of the cache than to use: it only holds the name of the reading.
    synonymes = _synonymes(cached(version, "search:synonymes", lambda: secrets.token_hex(8)))
    ecrits = [facons(terme.mot) | {jeton for jeton, sur in terme.jetons.items() if sur > SYNONYME} for terme in termes]
    for debut, ecrit in enumerate(ecrits):
        numeros = {numero for facon in ecrit for numero in synonymes.par_mot.get(facon, ())}
        for regle in (synonymes.regles[numero] for numero in sorted(numeros)):
            fin = debut + len(regle.mots)
            if fin <= len(termes) and all(m & e for m, e in zip(regle.mots, ecrits[debut:fin], strict=True)):
                for terme in termes[debut:fin]:
                    terme.connu = True
                    for jeton in regle.aussi:
                        terme.jetons.setdefault(jeton, SYNONYME)


def _paires() -> Iterator[tuple[str, str]]:
    """What is typed, what it also finds: of the glossary's acronyms, then of the editors."""
    for nom, sigle in TermeDuGlossaire.objects.exclude(sigle="").values_list("nom", "sigle").order_by("pk"):
        yield from permutations((nom, sigle), 2)
    for synonyme in Synonyme.objects.order_by("pk"):
        cherche, aussi = lignes(synonyme.cherche), lignes(synonyme.aussi)
        yield from permutations([*cherche, *aussi], 2) if synonyme.reciproque else product(cherche, aussi)


@lru_cache(maxsize=2)
def _synonymes(lecture: str) -> Synonymes:
    paires = list(_paires())
    connus = _connus({jeton.mot for _, aussi in paires for jeton in pleins(aussi)})
    par_mots: dict[tuple[Facons, ...], dict[str, None]] = {}
    for cherche, aussi in paires:
        cles = mots(cherche)
        if cles and not equivalentes(cles, mots(aussi)):
            par_mots.setdefault(cles, {}).update(dict.fromkeys(_jetons(aussi, connus)))
    synonymes = Synonymes()
    for cles, trouves in par_mots.items():
        if trouves:
            synonymes.ajouter(Regle(cles, tuple(trouves)[:SYNONYMES_MAX]))
    return synonymes


def _connus(ecrits: set[str]) -> dict[str, list[str]]:
    """The tokens of the index for each word without accents, the commonest first."""
    par_forme: dict[str, list[str]] = {}
    formes = {plier(mot) for mot in ecrits}
    jetons = {facon for mot in ecrits for facon in facons(mot)}
    trouves = Mot.objects.filter(Q(forme__in=formes) | Q(jeton__in=jetons)).values("forme", "jeton")
    for ligne in trouves.annotate(total=Sum("frequence")).order_by("-total", "jeton"):
        for cle in dict.fromkeys((ligne["forme"], ligne["jeton"])):
            if ligne["jeton"] not in par_forme.setdefault(cle, []):
                par_forme[cle].append(ligne["jeton"])
    return par_forme


def _jetons(expression: str, connus: dict[str, list[str]]) -> Iterator[str]:
    """What stands for an expression in the index; nothing when the index does not hold its words."""
    suite = [connus.get(jeton.jeton) or connus.get(plier(jeton.mot)) or [] for jeton in pleins(expression)]
    if len(suite) == 1:
        yield from suite[0]
    elif suite and all(suite):
        yield " ".join(possibles[0] for possibles in suite)


# --- pages left out


def ecartees() -> tuple[list[int], list[str]]:
    """Keys of the pages left out by themselves, and paths of the branches left out whole."""
    choix = list(PageEcartee.objects.values_list("page_id", "page__path", "branche"))
    return [pk for pk, _, branche in choix if not branche], [path for _, path, branche in choix if branche]


def sans_les_ecartees(pages: QuerySet[Page]) -> QuerySet[Page]:
    """`pages` without those that editors left out of search."""
    seules, branches = ecartees()
    if seules:
        pages = pages.exclude(pk__in=seules)
    for branche in branches:
        pages = pages.exclude(path__startswith=branche)
    return pages


def pages_de(ecartee: PageEcartee) -> set[int]:
    """Keys of the pages that a choice hides, or hid before it changed."""
    cles: set[int] = set()
    for cle, branche in ((ecartee.page_id, ecartee.branche), ecartee.avant):
        page = Page.objects.filter(pk=cle).first()
        if page is not None:
            cles.update(page.get_descendants(inclusive=True).values_list("pk", flat=True) if branche else [page.pk])
    return cles
