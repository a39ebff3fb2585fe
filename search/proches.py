"""Words of the index written or said almost as others: what a misspelt word may have meant."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from threading import Lock
from typing import NamedTuple

from django.core.cache import cache
from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.version import ONE_DAY
from search.analyse import racine
from search.models import Mot
from search.variantes import famille, sonorite

# Letters that a word said the same is nearer by, and that a wrong first letter costs.
SON_EGAL, PREMIERE_LETTRE = 0.75, 0.5
# What it costs to be near by the stem only, and the shortest stem that tells.
INFLEXION, RADICAL_MIN = 0.5, 5
LOIN = 9.0
# A word farther than the nearest by this much was not meant.
ECART = 1.0
# A word found in so few passages may be a mistake of its author, when one written almost so is so many times commoner;
# the shortest word of which that may be said.
RARE, BIEN_PLUS, LETTRES_MIN = 2, 10, 6
# Words looked at for each one, the nearest first.
CANDIDATS_MAX, RADICAUX_MAX = 60, 10
# Held to find the vocabulary of this process.
_verrou = Lock()


class Proche(NamedTuple):
    """A word that may have been meant: without accents, as it is written most often, its tokens."""

    forme: str
    mot: str
    jetons: tuple[str, ...]


# Words by their length, then by their first letter.
Ranges = dict[int, dict[str, list[str]]]


class Vocabulaire:
    """The words and the tokens of the index, in the memory of this process.

    Words only come in, by the order of their keys: what a publication adds is all that is read. One that has left the
    index since is known by the table, that has the last word on each correction; not on `debut_proche`, by which
    titles are only looked for.
    """

    def __init__(self) -> None:
        self.formes: Ranges = {}
        self.jetons: Ranges = {}
        self._lus: set[tuple[bool, str]] = set()
        self._dernier, self._version = 0, -1
        self._verrou = Lock()

    def suivre(self, version: int) -> None:
        """Read the words that came in before this version of the content."""
        if version == self._version:
            return
        with self._verrou:
            if version == self._version:
                # Another thread read them meanwhile.
                return
            nouveaux = Mot.objects.filter(pk__gt=self._dernier).order_by("pk").values_list("pk", "forme", "jeton")
            for cle, forme, jeton in nouveaux.iterator(chunk_size=10_000):
                self._dernier = cle
                if len(forme) > 2 and not forme.isdigit():
                    self._ajouter(self.formes, forme)
                    self._ajouter(self.jetons, jeton)
            self._version = version

    def _ajouter(self, ranges: Ranges, mot: str) -> None:
        cle = (ranges is self.formes, mot)
        if cle not in self._lus:
            self._lus.add(cle)
            ranges.setdefault(len(mot), {}).setdefault(mot[0], []).append(mot)


def _voisins(mot: str, ranges: Ranges, ecart: int, maximum: int) -> dict[str, float]:
    """The words at most `ecart` letters away, and how far each is, the nearest first.

    People rarely miss the first letter: those that begin otherwise, many more, are looked for only when none that
    begins so is one letter away.
    """
    # Copied: words may come in meanwhile.
    par_initiale = [list(ranges.get(len(mot) + plus, {}).items()) for plus in range(-ecart, ecart + 1)]
    trouves: list[tuple[str, int, int]] = []
    for meme in (True, False):
        for initiales in par_initiale:
            for initiale, choix in initiales:
                if (initiale == mot[0]) is meme:
                    trouves += process.extract(mot, choix, scorer=OSA.distance, score_cutoff=ecart, limit=maximum)
        if any(distance <= 1 for _, distance, _ in trouves):
            break
    trouves.sort(key=itemgetter(1))
    return {autre: float(distance) for autre, distance, _ in trouves[:maximum]}


def vocabulaire(version: int) -> Vocabulaire:
    """The words of the index as of this version of the content."""
    # An emptied cache (a restored backup, a test) may come with other words under the same keys.
    lecture = cache.get_or_set("search:vocabulaire", lambda: secrets.token_hex(8), ONE_DAY)
    with _verrou:
        # Left alone, `lru_cache` lets two threads build one each.
        mots = _vocabulaire(lecture)
    mots.suivre(version)
    return mots


@lru_cache(maxsize=1)
def _vocabulaire(lecture: str) -> Vocabulaire:
    return Vocabulaire()


def _corrigible(forme: str) -> bool:
    """Neither short nor a number."""
    return len(forme) >= 4 and not any(caractere.isdigit() for caractere in forme)


def proches(formes: Iterable[str], version: int, maximum: int = 3) -> dict[str, list[Proche]]:
    """For each word, those of the index written or said almost so, the likeliest first; none for a short one."""
    formes = [forme for forme in dict.fromkeys(formes) if _corrigible(forme)]
    if not formes:
        return {}
    mots = vocabulaire(version)
    ecrits = {forme: _voisins(forme, mots.formes, 1 if len(forme) < 6 else 2, CANDIDATS_MAX) for forme in formes}
    # An inflexion that the index lacks, misspelt: its stem is near the stem of another.
    radicaux = {forme: racine(forme) for forme in formes}
    du_radical = {
        forme: {
            jeton: distance for jeton, distance in _voisins(radical, mots.jetons, 1, RADICAUX_MAX).items()
            if len(jeton) >= RADICAL_MIN
        } if len(radical) >= RADICAL_MIN else {}
        for forme, radical in radicaux.items()
    }  # fmt: skip
    sons = {forme: sonorite(forme) for forme in formes}
    table = _Table(
        Q(forme__in={mot for siens in ecrits.values() for mot in siens})
        | Q(jeton__in={jeton for siens in du_radical.values() for jeton in siens})
        | Q(son__in=set(sons.values()))
    )
    trouves = {}
    for forme in formes:
        distances = {mot: distance for mot, distance in ecrits[forme].items() if mot in table.frequences}
        for jeton, distance in du_radical[forme].items():
            if jeton in table.du_jeton:
                mot = table.du_jeton[jeton]
                distances[mot] = min(distances.get(mot, LOIN), distance + INFLEXION)
        for mot in table.du_son.get(sons[forme], ()):
            # Said the same: an error of spelling, however many letters it takes.
            distances[mot] = min(distances.get(mot, LOIN), 1 if len(forme) < 6 else 2) - SON_EGAL
        # People rarely miss the first letter; among equals, the commonest word is the likeliest.
        couts = {mot: distance + PREMIERE_LETTRE * (mot[0] != forme[0]) for mot, distance in distances.items()}
        ordre = sorted(couts, key=lambda mot: (couts[mot], -table.frequences[mot], mot))
        trouves[forme] = [table.proche(mot) for mot in ordre if couts[mot] < couts[ordre[0]] + ECART][:maximum]
    return trouves


def debut_proche(mot: str, version: int) -> str:
    """What most words that begin almost as `mot`, typed so far, begin with; empty when none do.

    Words that have left the index since this process read them count too: it is to be looked for, never shown.
    """
    if not _corrigible(mot):
        return ""
    debuts: dict[int, Counter[str]] = {longueur: Counter() for longueur in (len(mot) - 1, len(mot), len(mot) + 1)}
    # Copied: words may come in meanwhile.
    for longueur, par_initiale in list(vocabulaire(version).formes.items()):
        siennes = list(par_initiale.get(mot[0], ()))
        for voulue, nombres in debuts.items():
            # Longer than it: one that is finished is not begun.
            if longueur > voulue:
                nombres.update(forme[:voulue] for forme in siennes)
    nombres = sum(debuts.values(), Counter())
    trouves = process.extract(mot, nombres.keys(), scorer=OSA.distance, score_cutoff=1, limit=CANDIDATS_MAX)
    return max((debut for debut, _, _ in trouves), key=lambda debut: (nombres[debut], debut), default="")


def plus_courants(presences: Sequence[tuple[str, int, Collection[str]]], version: int) -> dict[str, Proche]:
    """For words that the index hardly holds, the one written almost so that is so much commoner that it was meant.

    Args:
        presences: a word, in how many passages it stands, and its tokens: another word of their families is no
            correction.
    """
    presences = [
        (forme, nombre, {famille(jeton) for jeton in jetons}) for forme, nombre, jetons in presences
        if len(forme) >= LETTRES_MIN and 0 < nombre <= RARE and _corrigible(forme)
    ]  # fmt: skip
    if not presences:
        return {}
    mots = vocabulaire(version)
    candidats = {
        forme: [
            mot for mot in _voisins(forme, mots.formes, 1, CANDIDATS_MAX)
            if mot != forme and mot[0] == forme[0] and famille(racine(mot)) not in siennes
        ]
        for forme, _, siennes in presences
    }  # fmt: skip
    voulus = {mot for siens in candidats.values() for mot in siens}
    if not voulus:
        return {}
    table = _Table(Q(forme__in=voulus))
    trouves = {}
    for forme, nombre, _ in presences:
        connus = [mot for mot in candidats[forme] if table.frequences.get(mot, 0) >= BIEN_PLUS * nombre]
        if connus:
            trouves[forme] = table.proche(max(connus, key=table.frequences.__getitem__))
    return trouves


class _Table:
    """What the table of words says of some of them."""

    def __init__(self, voulus: Q) -> None:
        self.frequences: dict[str, int] = {}
        self.ecrits: dict[str, list[tuple[int, str, str]]] = {}
        # The commonest word of each token, and the words said alike.
        self.du_jeton: dict[str, str] = {}
        self.du_son: dict[str, set[str]] = {}
        lignes = Mot.objects.filter(voulus).values_list("forme", "mot", "jeton", "son", "frequence")
        for forme, mot, jeton, son, frequence in lignes:
            if len(forme) > 2 and not forme.isdigit():
                self.frequences[forme] = self.frequences.get(forme, 0) + frequence
                self.ecrits.setdefault(forme, []).append((frequence, mot, jeton))
                self.du_son.setdefault(son, set()).add(forme)
        for forme in sorted(self.frequences, key=lambda forme: (-self.frequences[forme], forme)):
            for _, _, jeton in self.ecrits[forme]:
                self.du_jeton.setdefault(jeton, forme)

    def proche(self, forme: str) -> Proche:
        ecrits = self.ecrits[forme]
        return Proche(forme, max(ecrits)[1], tuple(dict.fromkeys(jeton for _, _, jeton in ecrits)))
