"""The words of the index: what lets a search without accents, unfinished or misspelt find its words.

The table follows the rows of the index within the same transaction, so that no word of a page made private is
ever suggested.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db import connection
from django.db.models import Sum, TextField, Value
from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.version import cached
from search.analyse import analyser, plier, racine
from search.models import Mot, SearchEntry
from search.variantes import famille, sonorite

LOT = 500
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


def mots_de(titre: str, entete: str, texte: str) -> set[tuple[str, str]]:
    """The words of a row, each once: frequencies count passages."""
    mots: set[tuple[str, str]] = set()
    for champ in (titre, entete, texte):
        mots |= analyser(champ)[2]
    return mots


def compter(comptes: Mapping[tuple[str, str], int]) -> None:
    """Add to (or take from) the table in how many passages each word stands, in one order for all writers."""
    a_ecrire = sorted((mot, plier(mot)[:64], jeton, nombre) for (mot, jeton), nombre in comptes.items() if nombre)
    with connection.cursor() as curseur:
        for debut in range(0, len(a_ecrire), LOT):
            lot = a_ecrire[debut : debut + LOT]
            curseur.execute(
                "INSERT INTO search_mot (mot, forme, jeton, frequence) VALUES "  # noqa: S608
                + ", ".join(["(%s, %s, %s, %s)"] * len(lot))
                + " ON CONFLICT (mot, jeton) DO UPDATE SET frequence = search_mot.frequence + EXCLUDED.frequence",
                [valeur for ligne in lot for valeur in ligne],
            )
    if any(ligne[3] < 0 for ligne in a_ecrire):
        Mot.objects.filter(frequence__lte=0).delete()


def ecarts() -> dict[tuple[str, str], int]:
    """What the table of words lacks (or has too much of) to tell exactly the rows of the index; empty when true.

    Words and rows are read by one statement, hence at one instant, without holding anybody up.
    """
    mots = Mot.objects.values_list("frequence", "mot", "jeton", Value("", output_field=TextField()))
    lignes = SearchEntry.objects.values_list(Value(0), "titre", "entete", "texte")
    manques: Counter[tuple[str, str]] = Counter()
    for frequence, premier, deuxieme, texte in mots.union(lignes, all=True).order_by().iterator(chunk_size=LOT):
        if frequence:
            manques[premier, deuxieme] -= frequence
        else:
            manques.update(mots_de(premier, deuxieme, texte))
    return {mot: nombre for mot, nombre in manques.items() if nombre}


def frequences(jetons: Iterable[str]) -> dict[str, int]:
    """In about how many passages each token stands."""
    trouves = Mot.objects.filter(jeton__in=set(jetons)).values("jeton").annotate(total=Sum("frequence"))
    return {ligne["jeton"]: ligne["total"] for ligne in trouves.order_by()}


@dataclass(frozen=True, slots=True)
class Vocabulaire:
    """The words of the index without accents.

    Attributes:
        formes: how common each is.
        jetons: for each token, the commonest of its words.
        sons: words that sound alike.
        familles: tokens of one family.
    """

    formes: dict[str, int]
    jetons: dict[str, str]
    sons: dict[str, list[str]]
    familles: dict[str, set[str]]

    def frequence(self, forme: str) -> int:
        """How common a word is, or another of its inflexions; 0 when the index has none."""
        return self.formes.get(forme, 0) or self.formes.get(self.jetons.get(racine(forme), ""), 0)


def vocabulaire(version: int) -> Vocabulaire:
    """The words of this version of the content, kept in the memory of this process.

    Too large to be copied out of a cache at each search: the cache only holds the name of the reading.
    """
    return _lire(cached(version, "search:vocabulaire", lambda: secrets.token_hex(8)))


@lru_cache(maxsize=2)
def _lire(lecture: str) -> Vocabulaire:
    formes: dict[str, int] = {}
    jetons: dict[str, str] = {}
    sons: dict[str, list[str]] = {}
    familles: dict[str, set[str]] = {}
    trouves = Mot.objects.values_list("forme", "jeton").annotate(total=Sum("frequence")).order_by("-total", "forme")
    for forme, jeton, total in trouves:
        if len(forme) <= 2 or forme.isdigit():
            continue
        if forme not in formes:
            sons.setdefault(sonorite(forme), []).append(forme)
        formes[forme] = formes.get(forme, 0) + total
        jetons.setdefault(jeton, forme)
        familles.setdefault(famille(jeton), set()).add(jeton)
    return Vocabulaire(formes, jetons, sons, familles)


def proches(forme: str, version: int, maximum: int = 3) -> list[str]:
    """Words of the index written or said almost as `forme`, the likeliest first; none for a short one or a number."""
    if len(forme) < 4 or any(caractere.isdigit() for caractere in forme):
        return []
    mots = vocabulaire(version)
    distance_max = 1 if len(forme) < 6 else 2
    trouves = process.extract(forme, mots.formes.keys(), scorer=OSA.distance, score_cutoff=distance_max, limit=20)
    distances = {mot: float(distance) for mot, distance, _ in trouves}
    # An inflexion that the index lacks, misspelt: its stem is near the stem of another.
    radical = racine(forme)
    if len(radical) >= RADICAL_MIN:
        trouves = process.extract(radical, mots.jetons.keys(), scorer=OSA.distance, score_cutoff=1, limit=10)
        for jeton, distance, _ in trouves:
            if len(jeton) >= RADICAL_MIN:
                mot = mots.jetons[jeton]
                distances[mot] = min(distances.get(mot, LOIN), distance + INFLEXION)
    for mot in mots.sons.get(sonorite(forme), []):
        # Said the same: an error of spelling, however many letters it takes.
        distances[mot] = min(distances.get(mot, LOIN), distance_max) - SON_EGAL
    # People rarely miss the first letter; among equals, the commonest word is the likeliest.
    couts = {mot: distance + PREMIERE_LETTRE * (mot[0] != forme[0]) for mot, distance in distances.items()}
    ordre = sorted(couts, key=lambda mot: (couts[mot], -mots.formes[mot], mot))
    return [mot for mot in ordre if couts[mot] < couts[ordre[0]] + ECART][:maximum]


def plus_courant(forme: str, presence: int, familles: set[str], version: int) -> list[str]:
    """The word of the index written almost as `forme`, and so much commoner that it may have been meant; or none.

    Args:
        presence: in how many passages `forme` stands.
        familles: those of its tokens: another word of the same is no correction.
    """
    if len(forme) < LETTRES_MIN or not 0 < presence <= RARE or any(caractere.isdigit() for caractere in forme):
        return []
    mots = vocabulaire(version)
    trouves = process.extract(forme, mots.formes.keys(), scorer=OSA.distance, score_cutoff=1, limit=20)
    autres = [
        mot for mot, distance, _ in trouves
        if distance and mot[0] == forme[0] and mots.formes[mot] >= BIEN_PLUS * presence
        and famille(racine(mot)) not in familles
    ]  # fmt: skip
    return list(Mot.objects.filter(forme__in=autres).order_by("-frequence", "mot").values_list("mot", flat=True)[:1])
