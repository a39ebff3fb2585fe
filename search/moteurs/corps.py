"""What is said to Elasticsearch and to OpenSearch, the same for both: the index, a document, a search, its answer."""

from __future__ import annotations

import re
from typing import Any

from search.analyse import MOTS_VIDES
from search.facettes import FACETTES
from search.models import SearchEntry
from search.moteurs.base import Candidat, Demande, Filtres, Reponse

# Added to the score of a passage that holds every word, so that it is a candidate before any other.
TOUS_LES_MOTS = 10_000.0
# Below, a number of sources is exact; fewer are expected of one value of a facet.
EXACT_JUSQU_A, EXACT_PAR_VALEUR = 40_000, 3_000
VALEURS_MAX = 200
FRANCAIS = ["titre^8", "entete^5", "texte"]
JETONS = ["j_titre^8", "j_entete^5", "j_corps", "j_joints"]
ELISIONS = ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "lorsqu", "puisqu", "quoiqu"]

Corps = dict[str, Any]

INDEX: Corps = {
    "settings": {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "analysis": {
            "filter": {
                "elision_francaise": {"type": "elision", "articles": ELISIONS, "articles_case": True},
                "mots_vides": {"type": "stop", "stopwords": ["_french_", *sorted(MOTS_VIDES)]},
                "racine_legere": {"type": "stemmer", "language": "light_french"},
            },
            "analyzer": {
                "francais": {
                    "type": "custom",
                    "tokenizer": "standard",
                    "filter": ["elision_francaise", "lowercase", "mots_vides", "racine_legere", "asciifolding"],
                },
                # Our own tokens, already analysed: what is found in the database is found here too.
                "jetons": {"type": "custom", "tokenizer": "whitespace"},
            },
        },
    },
    "mappings": {
        "dynamic": "strict",
        "properties": {
            **{nom: {"type": "long"} for nom in ("pk", "page", "collection", "position", "etiquettes")},
            **{nom: {"type": "keyword"} for nom in ("source", "cles")},
            "date": {"type": "date"},
            **{nom: {"type": "text", "analyzer": "francais"} for nom in ("titre", "entete", "texte")},
            **{f"j_{nom}": {"type": "text", "analyzer": "jetons"} for nom in ("titre", "entete", "corps", "joints")},
        },
    },
}


def document(ligne: SearchEntry) -> Corps:
    """A row, as the engine keeps it."""
    tels_quels = ("pk", "position", "source", "date", "titre", "entete", "texte")
    jetons = ("j_titre", "j_entete", "j_corps", "j_joints")
    return {
        "page": ligne.page_id,
        "collection": ligne.collection_id,
        "etiquettes": ligne.etiquettes_id,
        "cles": [cle for cle in ligne.etiquettes.texte.split("\n") if cle],
        **{nom: getattr(ligne, nom) for nom in (*tels_quels, *jetons)},
    }


def recherche(
    demande: Demande, filtres: Filtres, caches: list[Corps], limite: int, *, par_date: bool, flou: bool
) -> Corps:
    """A search, with counts that respect the other facets.

    Args:
        caches: what must not be found.
        flou: forgive some letters.
    """
    exclus = [_mot(demande.exclus)] if demande.exclus else []
    return {
        "query": {"bool": {**_mots(demande, flou=flou), "must_not": [*exclus, *caches]}},
        "post_filter": _filtre(filtres),
        "aggs": _comptes(filtres),
        "sort": [{"date": "desc"}, {"pk": "asc"}] if par_date else ["_score", {"pk": "asc"}],
        "track_scores": True,
        "track_total_hits": False,
        "size": limite,
        "_source": False,
        "docvalue_fields": ["source", "etiquettes", "date"],
    }


def _mots(demande: Demande, *, flou: bool) -> Corps:
    """Every phrase, and one of the words at least: by our tokens or by the engine's own French."""
    if not demande.groupes and not demande.phrases:
        return {"filter": [{"term": {"position": 0}}]}
    phrases = [_mot(phrase) for phrase in demande.phrases]
    if flou:
        pareil = {"query": demande.texte, "fields": FRANCAIS, "operator": "and"}
        return {"must": [*phrases, {"multi_match": {**pareil, "fuzziness": "AUTO", "prefix_length": 1}}]}
    mots = [_mot(groupe) for groupe in demande.groupes]
    tous = {"constant_score": {"filter": {"bool": {"must": mots}}, "boost": TOUS_LES_MOTS}}
    francais = {"combined_fields": {"query": demande.texte, "fields": FRANCAIS}}
    return {
        "must": phrases,
        "should": [*mots, tous, francais] if mots else [francais],
        "minimum_should_match": 0 if phrases else 1,
    }


def _suite(jetons: str) -> Corps:
    return {"multi_match": {"type": "phrase", "query": jetons, "fields": JETONS[:3]}}


def _mot(groupe: tuple[str, ...]) -> Corps:
    """One of the tokens, or of the sequences, that stand for a word or a phrase."""
    simples = " ".join(jeton for jeton in groupe if " " not in jeton)
    choix: list[Corps] = [{"combined_fields": {"query": simples, "fields": JETONS}}] if simples else []
    choix += [_suite(jeton) for jeton in groupe if " " in jeton]
    return {"bool": {"should": choix, "minimum_should_match": 1}} if len(choix) > 1 else choix[0]


def _filtre(filtres: Filtres, sauf: str = "") -> Corps:
    """One value of each facet asked, the facet `sauf` left out."""
    facettes = [
        {"bool": {"should": [{"prefix": {"cles": f"{nom}:{valeur}|"}} for valeur in valeurs]}}
        for nom, valeurs in filtres.items()
        if nom != sauf
    ]
    return {"bool": {"filter": facettes}}


def _comptes(filtres: Filtres) -> Corps:
    sources = {"sources": {"cardinality": {"field": "source", "precision_threshold": EXACT_JUSQU_A}}}
    siennes = {"sources": {"cardinality": {"field": "source", "precision_threshold": EXACT_PAR_VALEUR}}}
    comptes: Corps = {"tout": sources["sources"], "total": {"filter": _filtre(filtres), "aggs": sources}}
    for nom in FACETTES:
        termes = {"field": "cles", "include": f"{re.escape(nom)}:.*", "size": VALEURS_MAX}
        comptes[nom] = {
            "filter": _filtre(filtres, sauf=nom),
            "aggs": {"valeurs": {"terms": termes, "aggs": siennes}},
        }
    return comptes


def rien_du_tout(brute: Any) -> bool:
    """Whether nothing matches, even without the filters."""
    return not brute["aggregations"]["tout"]["value"]


def reponse(brute: Any) -> Reponse:
    """The engine's answer, as every engine gives it."""
    comptes = brute["aggregations"]
    total = comptes["total"]["sources"]["value"]
    return Reponse(
        candidats=[_candidat(trouve) for trouve in brute["hits"]["hits"]],
        total=total,
        exact=total < EXACT_JUSQU_A and not brute["timed_out"] and not brute["_shards"]["failed"],
        facettes={
            nom: {
                valeur["key"].partition(":")[2]: valeur["sources"]["value"]
                for valeur in comptes[nom]["valeurs"]["buckets"]
            }
            for nom in FACETTES
        },
    )


def _candidat(trouve: Corps) -> Candidat:
    champs = trouve["fields"]
    note = trouve["_score"] or 0.0
    return Candidat(
        pk=int(trouve["_id"]),
        source=champs["source"][0],
        score=note - TOUS_LES_MOTS if note >= TOUS_LES_MOTS else note,
        etiquettes=champs["etiquettes"][0],
        date=champs.get("date", [""])[0],
    )
