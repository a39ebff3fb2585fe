"""French analysis: the one way from text to tokens, for indexing, querying and highlighting.

In this order: words (apostrophes of every kind, hyphens, invisible characters), NFKC and ligatures, elision,
compounds, digits stuck to letters, Snowball stem, and only then accents: folded first, about a third of accented
French words would stem otherwise. Nothing is dropped here; stop words are the query's business.
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import Stemmer

# To be raised with any change of what this module answers: `indexer` then builds the whole index again at once,
# since tokens of two analyses never meet.
ANALYSE_VERSION = 3
LONGUEUR_MAX = 60
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
# Letters and digits, with the marks that may follow each. Every text goes through here, on its way in and out: what
# matches is never given back, which makes it twice as quick.
_LETTRES = rf"[^\W_]++(?:[\u0300-\u036f{_INVISIBLE}]++[^\W_]*+)*+"
_LIENS = "'’ʼ‘´`＇‐‑-"
# Written apart, hyphenated or in one word, these begin the word that follows.
_PREFIXES = "co|multi|pluri|inter|socio"
# « C.O.P.I.L. », with the article that may be stuck to it.
_POINTE = rf"(?:\b[^\W\d_]{{1,2}}[{_LIENS}])?\b(?:[^\W\d_]\.){{2,}}(?:[^\W\d_]\b(?!\.))?"
# Words that begin with another letter are not tried.
_PREFIXE = rf"(?i:(?=[{''.join(prefixe[0] for prefixe in _PREFIXES.split('|'))}])\b(?:{_PREFIXES}))"
_MOT = rf"(?:{_PREFIXE}[ \u00a0\u202f]+(?=[^\W\d_]{{3}}))?{_LETTRES}(?:[{_LIENS}]{_LETTRES})*+"
_MOTS, _MOTS_OU_POINTES = re.compile(_MOT), re.compile(rf"{_POINTE}|{_MOT}")
# Without one, a text holds nothing like « C.O.P.I.L. ».
_ENTRE_POINTS = re.compile(r"\.[^\W\d_]\.")
_PARTIES = re.compile(_LETTRES)
_APOSTROPHES = frozenset("'’ʼ‘´`＇")
_ELISIONS = frozenset(["l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu"])
_DEBUTS = frozenset(_PREFIXES.split("|"))
_ORDINAL = re.compile(r"(\d+)(?:er|ers|re|res|ere|nd|nde|e|es|eme|emes|ieme|iemes)")
_CHIFFRES = re.compile(r"\d+|[^\d]+")
_NETTOYAGE = re.compile(rf"[{_INVISIBLE}]")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ĳ": "ij"})

_VIDES = """
a ai ainsi alors apres as au aucun aucune aussi autre autres aux avait avant avec avez avoir avons bien but c ca car
ce ceci cela celle celles celui ces cet cette ceux chaque chez comme comment d dans de depuis des deux dit doit donc
dont du elle elles en encore entre es est et etaient etait ete etes etre eu eux fait faire faut font hors il ils j je
l la le les leur leurs lors lui m ma mais me meme memes mes moins mon n ne ni nos notre nous on ont ou par parce pas
peu peut peuvent plus plutot pour pourquoi pouvoir puis qu quand que quel quelle quelles quels qui quoi s sa sans se
selon sera ses si soit sommes son sont sous suis sur t ta tandis te tel telle telles tels tes toi ton toujours tous
tout toute toutes tres tu un une va vers veut voici voila vos votre vous vu y
"""
# Folded; dropped from a query only when something else is left.
MOTS_VIDES = frozenset(_VIDES.split())


class Jeton(NamedTuple):
    """A token of a text.

    Attributes:
        jeton: what is indexed.
        mot: the word as written, lower case, with its accents.
        debut, fin: where it stands in the text given.
        joint: whether it is the joined form of a compound, beside the tokens of its parts.
        sigle: whether it is written in capitals among small letters.
    """

    jeton: str
    mot: str
    debut: int
    fin: int
    joint: bool = False
    sigle: bool = False


_verrou = threading.Lock()
_snowball = Stemmer.Stemmer("french")


def plier(texte: str) -> str:
    """`texte` in lower case, without accents nor ligatures: « Œuvres d’Été » gives « oeuvres d’ete »."""
    decompose = unicodedata.normalize("NFKD", texte.translate(_LIGATURES).casefold())
    return "".join(caractere for caractere in decompose if not unicodedata.combining(caractere))


@lru_cache(maxsize=100_000)
def racine(mot: str) -> str:
    """The token of a word in lower case: its stem, then without accents."""
    with _verrou:
        # A Snowball stemmer is not safe for threads.
        return plier(_snowball.stemWord(mot))[:LONGUEUR_MAX]


def _normaliser(brut: str) -> str:
    return unicodedata.normalize("NFKC", _NETTOYAGE.sub("", brut)).translate(_LIGATURES)


def _en_capitales(texte: str) -> bool:
    """Whether a whole text is in capitals, where they tell no acronym."""
    return len(texte) > 12 and texte.upper() == texte


def _mots(texte: str) -> re.Pattern[str]:
    """What finds the words of this text."""
    return _MOTS_OU_POINTES if _ENTRE_POINTS.search(texte) else _MOTS


def jetons(texte: str, cherches: Collection[str] | None = None) -> Iterator[Jeton]:
    """The tokens of a text in order, or only those that are looked for; joined forms of compounds come after their
    parts."""
    capitales = _en_capitales(texte)
    for groupe in _mots(texte).finditer(texte):
        brut, depart = groupe.group(0), groupe.start()
        # A text repeats its words: what was analysed once is only moved. Endless words are not worth remembering.
        trouves = _memoire(brut, capitales) if len(brut) <= LONGUEUR_MAX else _jetons_du_groupe(brut, capitales)
        for jeton, mot, debut, fin, joint, sigle in trouves:
            if cherches is None or jeton in cherches:
                yield Jeton(jeton, mot, depart + debut, depart + fin, joint, sigle)


@lru_cache(maxsize=50_000)
def _memoire(brut: str, capitales: bool) -> tuple[Jeton, ...]:
    return tuple(_jetons_du_groupe(brut, capitales))


def _jetons_du_groupe(brut: str, capitales: bool) -> Iterator[Jeton]:
    """The tokens of one word or compound; places are counted from its start."""
    if "." in brut:
        debut = brut.index(".") - 1
        sigle = plier(_normaliser(brut[debut:]).replace(".", ""))[:LONGUEUR_MAX]
        yield Jeton(sigle, sigle, debut, len(brut), sigle=True)
        return
    parties = [(_normaliser(m.group(0)), m.start(), m.end()) for m in _PARTIES.finditer(brut)]
    while (
        len(parties) > 1
        and parties[0][0].casefold() in _ELISIONS
        and brut[parties[0][2] : parties[0][2] + 1] in _APOSTROPHES
    ):
        parties = parties[1:]
    if len(parties) > 1 and plier(parties[0][0]) in _DEBUTS:
        (premier, debut, _), (suite, _, fin) = parties[:2]
        parties = [(premier + suite, debut, fin), *parties[2:]]
    for mot, debut, fin in parties:
        yield from _jetons_du_mot(mot, debut, fin, capitales)
    if len(parties) > 1:
        entier = "".join("".join(mot for mot, _, _ in parties).casefold().split())[:LONGUEUR_MAX]
        if jeton := "".join(racine(entier).split()):
            yield Jeton(jeton, entier, parties[0][1], parties[-1][2], joint=True)


def _jetons_du_mot(mot: str, debut: int, fin: int, capitales: bool) -> Iterator[Jeton]:
    bas = mot.casefold()[:LONGUEUR_MAX]
    if not bas:
        return
    ordinal = _ORDINAL.fullmatch(plier(bas))
    if ordinal:
        yield Jeton(ordinal.group(1), ordinal.group(1), debut, fin)
        return
    morceaux = _CHIFFRES.findall(bas) if not bas.isdigit() and any(c.isdigit() for c in bas) else [bas]
    sigle = mot.isupper() and 2 <= len(mot) <= 6 and not capitales
    for morceau in morceaux:
        # Some ligatures of other scripts stand for several words, or for none: a token never holds a space.
        for jeton in (plier(morceau) if sigle else racine(morceau)).split():
            yield Jeton(jeton, morceau, debut, fin, sigle=sigle)
    entier = "".join(plier(bas).split())
    if len(morceaux) > 1 and entier:
        yield Jeton(entier, bas, debut, fin, joint=True)


def analyser(texte: str) -> tuple[list[str], list[str], set[tuple[str, str]]]:
    """Tokens in order, joined forms, and the words (as written, with their token): what an index row stores."""
    capitales = _en_capitales(texte)
    suite: list[str] = []
    joints: list[str] = []
    mots: set[tuple[str, str]] = set()
    vus: set[str] = set()
    for brut in _mots(texte).findall(texte):
        simples, composes, formes = (
            _memoire_rangee(brut, capitales)
            if len(brut) <= LONGUEUR_MAX
            else _ranger(_jetons_du_groupe(brut, capitales))
        )
        suite += simples
        if composes:
            joints += composes
        if brut not in vus:
            vus.add(brut)
            mots.update(formes)
    return suite, joints, mots


Ranges = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]


@lru_cache(maxsize=50_000)
def _memoire_rangee(brut: str, capitales: bool) -> Ranges:
    return _ranger(_memoire(brut, capitales))


def _ranger(trouves: Iterable[Jeton]) -> Ranges:
    """The tokens of one word or compound, without their places."""
    trouves = tuple(trouves)
    return (
        tuple(jeton.jeton for jeton in trouves if not jeton.joint),
        tuple(jeton.jeton for jeton in trouves if jeton.joint),
        tuple((jeton.mot, jeton.jeton) for jeton in trouves),
    )
