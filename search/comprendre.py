"""What the reader meant: from the text typed to words, phrases, exclusions, and the tokens that stand for them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db.models import Q

from core.version import cached
from search.analyse import MOTS_VIDES, Jeton, jetons, plier, racine
from search.corrections import PROCHE, corriger
from search.expressions import vide
from search.models import Mot, SearchEntry
from search.moteurs import Demande
from search.reglages import SYNONYME, etendre
from search.variantes import couper, nombre, parties
from search.vocabulaire import familles, frequences, frequences_des_formes, qui_commencent

TEXTE_MAX = 600
TERMES_MAX = 16
DEVELOPPEMENTS_MAX = 12
PHRASES_MAX = 4
# Sequences of tokens that may stand for one phrase.
SUITES_MAX = 16
_PHRASE = re.compile(r"(?<![\w-])[-−]?(?:\"([^\"]*)\"|«([^»]*)»|“([^”]*)”)")
_EXCLU = re.compile(r"(?:(?<=\s)|^)[-−](?=[^\W_])(\S+)")
# How sure each way of standing for a word is.
EXACT, JOINT, DEBUT, PARENT = 1.0, 0.95, 0.8, 0.5
# A word found in fewer passages than this part of them is helped by those of its family.
PART_RARE = 0.01


@dataclass(slots=True)
class Terme:
    """A word of the query and the tokens that stand for it, with how sure each is.

    One of them may be a sequence, its tokens separated by spaces: in a passage, they follow one another.
    """

    mot: str
    forme: str
    jetons: dict[str, float]
    connu: bool = True
    corrections: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Requete:
    """A query understood.

    Attributes:
        texte: what was typed.
        sans_guillemets: the same without quotation marks, but for what is to be left out.
        positif: what is looked for: neither quotation marks nor exclusions.
        termes: the words outside quotation marks.
        cites: those inside.
        phrases: for each phrase, the sequences of tokens that stand for it.
        exclus: sequences that must be absent.
        tels_quels: whether words written almost as those typed are left out, even for those that the index lacks;
            synonyms, families and the ends of an unfinished word are not.
    """

    texte: str
    sans_guillemets: str = ""
    positif: str = ""
    termes: list[Terme] = field(default_factory=list)
    cites: list[Terme] = field(default_factory=list)
    phrases: list[tuple[str, ...]] = field(default_factory=list)
    exclus: list[str] = field(default_factory=list)
    tels_quels: bool = False
    idf: dict[str, float] = field(default_factory=dict)
    frequences: dict[str, int] = field(default_factory=dict)

    @property
    def vide(self) -> bool:
        return not self.termes and not self.phrases

    @property
    def inconnus(self) -> list[Terme]:
        return [terme for terme in self.termes if not terme.connu]

    @property
    def tous_les_jetons(self) -> set[str]:
        """Every token that a passage may be highlighted for."""
        return {j for terme in self.termes for j in terme.jetons} | {j for phrase in self.phrases for j in phrase}

    def presence(self, terme: Terme) -> int:
        """In about how many passages a word stands, as typed."""
        return sum(self.frequences.get(jeton, 0) for jeton, sur in terme.jetons.items() if sur == EXACT)

    def demande(self) -> Demande:
        """What to ask of an engine."""
        groupes = tuple(tuple(terme.jetons) for terme in self.termes)
        # An engine that has an analysis of its own would forgive letters.
        texte = "" if self.tels_quels else self.positif
        vides = not self.phrases and all(terme.forme in MOTS_VIDES for terme in self.termes)
        return Demande(texte, groupes, tuple(self.phrases), tuple(self.exclus), vides, self.idf, self.frequences)


def nettoyer(texte: str) -> str:
    """What is kept of what was typed: one line, no control character, accents in their letters."""
    compose = unicodedata.normalize("NFC", texte[: TEXTE_MAX * 4])
    propre = "".join(caractere if caractere.isprintable() else " " for caractere in compose)
    return " ".join(propre.split())[:TEXTE_MAX]


def comprendre(texte: str, version: int, *, tels_quels: bool = False) -> Requete:
    """Understand a query; a few small queries to the table of words, more only for unknown words."""
    texte = nettoyer(texte)
    requete = Requete(texte, tels_quels=tels_quels)
    phrases: list[str] = []
    exclues: list[str] = []
    for trouve in _PHRASE.finditer(texte):
        dedans = next(groupe for groupe in trouve.groups() if groupe is not None)
        (exclues if trouve.group(0)[0] in "-−" else phrases).append(dedans)
    reste = _PHRASE.sub(" ", texte)
    requete.sans_guillemets = " ".join(_PHRASE.sub(_sans_guillemets, texte).split())
    exclus = _EXCLU.findall(reste)
    positif = _EXCLU.sub(" ", reste)
    mots, dernier = _mots(positif)
    citations = [suite for phrase in phrases if (suite := _simples(phrase))][:PHRASES_MAX]
    if not mots and not citations:
        # Nothing but exclusions: they are words, and phrases, like others.
        phrases, exclues, exclus, positif = exclues, [], [], reste
        mots, dernier = _mots(positif)
        citations = [suite for phrase in phrases if (suite := _simples(phrase))][:PHRASES_MAX]
    requete.positif = " ".join(" ".join([positif, *phrases]).split())
    _citer(requete, citations, [*map(_simples, exclues), *_ecarts(exclus)])
    requete.termes, comptes = _developper(mots, dernier, version, tels_quels=tels_quels)
    _peser(requete, version, comptes)
    return requete


def _sans_guillemets(phrase: re.Match[str]) -> str:
    entiere = phrase.group(0)
    return entiere if entiere[0] in "-−" else f" {entiere[1:-1]} "


def _simples(texte: str) -> list[Jeton]:
    """The words of a phrase, all of them."""
    return [jeton for jeton in jetons(texte) if not jeton.joint][:TERMES_MAX]


def _ecarts(exclus: Sequence[str]) -> list[list[Jeton]]:
    """What each word to leave out is written as: a compound is its parts in order, or one word."""
    suites = []
    for exclu in exclus:
        simples = _simples(exclu)
        if any(not vide(jeton) for jeton in simples):
            # « -de » would leave everything out.
            suites += [simples, *([jeton] for jeton in jetons(exclu) if jeton.joint)]
    return suites


def _citer(requete: Requete, citations: list[list[Jeton]], exclues: list[list[Jeton]]) -> None:
    """Write what stands between quotation marks, or must be absent, as the index does: accents may be forgotten."""
    mots = {jeton for suite in (*citations, *exclues) for jeton in suite}
    if not mots:
        return
    voulus = Q(forme__in={plier(mot.mot) for mot in mots}) | Q(jeton__in={mot.jeton for mot in mots})
    connus: dict[str, None] = {}
    par_forme: dict[str, dict[str, None]] = {}
    for forme, jeton in Mot.objects.filter(voulus).order_by("-frequence", "mot").values_list("forme", "jeton")[:2000]:
        connus[jeton] = par_forme.setdefault(forme, {})[jeton] = None

    def possibles(mot: Jeton) -> dict[str, None]:
        return {mot.jeton: None} | par_forme.get(plier(mot.mot), {})

    for suite in citations:
        requete.phrases.append(_suites([possibles(mot) for mot in suite], connus))
        requete.cites += [
            Terme(mot.mot, plier(mot.mot), {}, connu=any(jeton in connus for jeton in possibles(mot)))
            for mot in suite
        ]  # fmt: skip
    sequences = (suite for exclue in exclues if exclue for suite in _suites([possibles(m) for m in exclue], connus))
    requete.exclus = list(dict.fromkeys(sequences))[: TERMES_MAX * 2]


def _suites(possibles: Sequence[dict[str, None]], connus: dict[str, None]) -> tuple[str, ...]:
    """The sequences that a phrase may be, given what each of its words may be; those of the index, if any."""
    suites = [""]
    for jetons_du_mot in possibles:
        choix = [jeton for jeton in jetons_du_mot if jeton in connus] or list(jetons_du_mot)
        choix = choix[: max(1, SUITES_MAX // len(suites))]
        suites = [f"{suite} {jeton}".lstrip() for suite in suites for jeton in choix]
    return tuple(suites)


def _mots(texte: str) -> tuple[list[Jeton], Jeton | None]:
    """The words that carry meaning, in order, each once; stop words only when there is nothing else.

    Beside them, the last word, that the reader may not have finished.
    """
    tous = list(jetons(texte))
    pleins = [jeton for jeton in tous if not vide(jeton)]
    if not any(not jeton.joint for jeton in pleins):
        pleins = tous
    vus: dict[tuple[str, bool], Jeton] = {}
    for jeton in pleins:
        vus.setdefault((jeton.jeton, jeton.joint), jeton)
    dernier = next((jeton for jeton in reversed(tous) if not jeton.joint), None)
    return list(vus.values())[: TERMES_MAX * 2], vus.get((dernier.jeton, False)) if dernier else None


def _developper(
    mots: list[Jeton], dernier: Jeton | None, version: int, *, tels_quels: bool = False, entiers: bool = True
) -> tuple[list[Terme], dict[str, int]]:
    """The terms of the query, and in how many passages those of their tokens stand that were counted on the way.

    Args:
        entiers: as long as no word was cut in two.
    """
    joints = [mot for mot in mots if mot.joint]
    mots = [mot for mot in mots if not mot.joint][:TERMES_MAX]
    if not mots:
        return [], {}
    ecrites = {plier(mot.mot) for mot in mots}
    debut = plier(dernier.mot) if dernier and len(dernier.mot) >= 2 and not dernier.mot.isdigit() else ""
    nombres = {mot: nombre(plier(mot.mot)) for mot in mots}
    cherches = {mot.jeton for mot in mots} | {jeton for autres in nombres.values() for jeton in autres}
    voulus = Q(forme__in=ecrites) | Q(jeton__in=cherches)
    # « co construction » typed in two words is one in the index, and the other way round.
    accoles = {plier(a.mot + b.mot): (a, b) for a, b in pairwise(mots)}
    voulus |= Q(forme__in=accoles)
    par_forme: dict[str, dict[str, int]] = {}
    par_jeton: dict[str, int] = {}
    for forme, jeton, frequence in Mot.objects.filter(voulus).values_list("forme", "jeton", "frequence"):
        par_forme.setdefault(forme, {})[jeton] = frequence
        par_jeton[jeton] = par_jeton.get(jeton, 0) + frequence
    comptes = {jeton: par_jeton.get(jeton, 0) for jeton in cherches}
    termes = []
    for mot in mots:
        forme = plier(mot.mot)
        possibles = {mot.jeton: EXACT} | dict.fromkeys(par_forme.get(forme, {}), EXACT)
        possibles |= {jeton: JOINT for jeton in nombres[mot] if jeton in par_jeton}
        terme = Terme(mot.mot, forme, possibles, connu=any(jeton in par_jeton for jeton in possibles))
        for joint in joints:
            if joint.debut <= mot.debut and mot.fin <= joint.fin:
                possibles.setdefault(joint.jeton, JOINT)
        for accole, couple in accoles.items():
            if mot in couple and accole in par_forme:
                possibles.update({jeton: JOINT for jeton in par_forme[accole] if jeton not in possibles})
                terme.connu = True
        if mot is dernier and debut and forme not in par_forme:
            _finir(terme, par_jeton)
        termes.append(terme)
    etendre(termes, version)
    inconnus = [terme for terme in termes if not terme.connu]
    if inconnus and entiers and not tels_quels:
        connues = frequences_des_formes(partie for terme in inconnus for partie in parties(terme.forme))
        coupes = {terme.mot: couper(terme.forme, lambda partie: connues.get(partie, 0)) for terme in inconnus}
        if any(coupes.values()):
            entiers_ou_parties = [partie for mot in mots for partie in _couper(mot, coupes.get(mot.mot))]
            return _developper([*(entiers_ou_parties or mots), *joints], dernier, version, entiers=False)
    corriger(inconnus, version, chercher=not tels_quels)
    _apparenter(termes, par_jeton, version)
    return termes, comptes


def _apparenter(termes: list[Terme], par_jeton: dict[str, int], version: int) -> None:
    """Let a word that the index hardly holds stand also, less surely, for those of its family."""
    rare = cached(version, "search:passages", SearchEntry.objects.count) * PART_RARE
    rares = [
        # Not the families of its synonyms: they say enough.
        (terme, [jeton for jeton, sur in terme.jetons.items() if sur != SYNONYME]) for terme in termes
        if not terme.corrections and sum(par_jeton.get(jeton, 0) for jeton in terme.jetons) <= rare
    ]  # fmt: skip
    parents = familles(jeton for _, siens in rares for jeton in siens)
    for terme, siens in rares:
        for jeton in siens:
            for parent in parents[jeton]:
                terme.jetons.setdefault(parent, PARENT)


def _finir(terme: Terme, par_jeton: dict[str, int]) -> None:
    """Let an unfinished word stand for those of the index that begin so, the commonest first."""
    commencent = qui_commencent(terme.forme, sauf=terme.jetons, au_plus=DEVELOPPEMENTS_MAX)
    if not commencent:
        return
    if terme.connu:
        # « questionn » begins « questionnaire »; that it has the stem of « question » is an accident.
        terme.jetons.update(dict.fromkeys(terme.jetons, PROCHE))
    terme.jetons.update(dict.fromkeys(commencent, DEBUT))
    terme.connu = True
    par_jeton.update(commencent)


def _couper(mot: Jeton, parties: tuple[str, ...] | None) -> list[Jeton]:
    if not parties:
        return [mot]
    return [Jeton(racine(partie), partie, mot.debut, mot.fin) for partie in parties if partie not in MOTS_VIDES]


def _peser(requete: Requete, version: int, comptes: dict[str, int]) -> None:
    """How rare each token is: a word that is everywhere says little. A sequence is as rare as its rarest word.

    Args:
        comptes: in how many passages those stand that were counted already.
    """
    total = cached(version, "search:passages", SearchEntry.objects.count) or 1
    cherches = requete.tous_les_jetons
    comptes = comptes | frequences({jeton for cherche in cherches for jeton in cherche.split()} - comptes.keys())
    requete.frequences = {
        cherche: min(total, *(comptes.get(jeton, 0) for jeton in cherche.split())) for cherche in cherches
    }
    requete.idf = {
        jeton: math.log(1 + (total - nombre + 0.5) / (nombre + 0.5)) for jeton, nombre in requete.frequences.items()
    }
