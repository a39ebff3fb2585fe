"""How good the ranking is, on the judged queries of `tests/search/jugements/`.

`python benchmarks/jugements.py [--ecrire] [--manques]` loads the initial content in a database of its own (or in the
one of DATABASE_URL: bin/with-postgresql.sh gives a temporary one) and scores the engine that the settings choose,
beside Wagtail's own search. `--ecrire` writes the tables of benchmarks/recherche.md again; `--manques` lists the
queries that score least.
"""

from __future__ import annotations

import json
import math
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import yaml

RACINE = Path(__file__).resolve().parents[1]
DOSSIER = RACINE / "tests" / "search" / "jugements"
RAPPORT = RACINE / "benchmarks" / "recherche.md"
MESURES = RACINE / "benchmarks" / "jugements.json"
DEBUT, FIN = "<!-- jugements -->", "<!-- /jugements -->"
PARTIES = ("reglage", "temoin")
# A hit of this mark or more is one that the reader wanted.
UTILE = 2
RANG_MAX = 10
# In this page each term is a source of its own.
GLOSSAIRE = "/glossaire/"


@dataclass(frozen=True, slots=True)
class Question:
    """A judged query: what is typed, its class, and the mark (0 to 3) of each place that was read."""

    texte: str
    classe: str
    besoin: str
    partie: str
    notes: dict[str, int]

    @property
    def par_source(self) -> dict[str, int]:
        """The best mark of each source: what a perfect answer would be made of."""
        sources: dict[str, int] = {}
        for lieu, note in self.notes.items():
            sources[source_de(lieu)] = max(note, sources.get(source_de(lieu), 0))
        return sources

    def note(self, lieux: list[str], *, au_mieux: bool = False) -> int:
        """The mark of a hit that shows these places.

        The right source opened at the wrong place is worth 1, or its best mark if `au_mieux`.
        """
        source = source_de(lieux[0])
        if au_mieux:
            return self.par_source.get(source, 0)
        note = max((self.notes[lieu] for lieu in (*lieux, source) if lieu in self.notes), default=0)
        return note or int(self.par_source.get(source, 0) > 0)


@dataclass(frozen=True, slots=True)
class Score:
    """How a query was answered; `rr` is 1 / rank of the first useful hit."""

    question: Question
    ndcg: float
    rr: float
    rappel: float
    vide: bool
    montres: tuple[str, ...]


Reponse = list[list[str]]


def lire(parties: Iterable[str] = PARTIES) -> list[Question]:
    """The judged queries."""
    return [
        Question(str(texte), classe, besoin["besoin"], partie, besoin["notes"])
        for partie in parties
        for besoin in yaml.safe_load((DOSSIER / f"{partie}.yaml").read_text(encoding="utf-8"))
        for classe, texte in besoin["questions"]
    ]


def lieu_de(url: str) -> str:
    """A place under a name that stays the same when the content is loaded again.

    That of a document loses its key, and the letters that Django adds to a name already taken.
    """
    return re.sub(r"^/documents/\d+/(.*?)(?:_\w{7})?(?=\.\w+(?:#|$))", r"\1", url)


def source_de(lieu: str) -> str:
    """What a place is a part of: its page or its file."""
    return lieu if lieu.startswith(GLOSSAIRE) else re.split(r"[?#]", lieu)[0]


def noter(question: Question, reponse: Reponse, *, au_mieux: bool = False) -> Score:
    """Score an answer: for each hit, in order, the places that it shows."""
    notes = [question.note(lieux, au_mieux=au_mieux) for lieux in reponse[:RANG_MAX]]
    ideal = sorted(question.par_source.values(), reverse=True)[:RANG_MAX]
    utiles = sum(note >= UTILE for note in question.par_source.values())
    return Score(
        question,
        ndcg=_gain(notes) / _gain(ideal),
        rr=next((1 / rang for rang, note in enumerate(notes, start=1) if note >= UTILE), 0.0),
        rappel=sum(note >= UTILE for note in notes) / min(utiles, RANG_MAX),
        vide=not reponse,
        montres=tuple(f"{note} {lieux[0]}" for note, lieux in zip(notes, reponse, strict=False)),
    )


def _gain(notes: list[int]) -> float:
    return sum((2**note - 1) / math.log2(rang + 1) for rang, note in enumerate(notes, start=1))


def par_le_site(texte: str) -> Reponse:
    """What the site answers, as its page and its JSON form show it."""
    from django.test import RequestFactory

    from core.version import current_version
    from search.presentation import presenter
    from search.query import chercher

    hits = presenter(chercher(texte, {}, version=current_version()), RequestFactory().get("/recherche/"))
    return [[lieu_de(extrait.url) for extrait in hit.extraits] or [lieu_de(hit.url)] for hit in hits]


def par_wagtail(texte: str) -> Reponse:
    """What Wagtail's project template answers; pages, not passages."""
    from wagtail.models import Page

    pages = [page.get_url() for page in Page.objects.live().public().search(texte.replace("\x00", ""))[:RANG_MAX]]
    return [[page] for page in pages if page]


def evaluer(
    repondre: Callable[[str], Reponse], questions: Iterable[Question], *, au_mieux: bool = False
) -> list[Score]:
    """Score every query; with `au_mieux`, each source is taken as if it opened at its best place."""
    return [noter(question, repondre(question.texte), au_mieux=au_mieux) for question in questions]


def moyennes(scores: list[Score]) -> dict[str, float]:
    """The figures of a set of queries."""
    return {
        "questions": len(scores),
        "ndcg": round(fmean(score.ndcg for score in scores), 3),
        "mrr": round(fmean(score.rr for score in scores), 3),
        "rappel": round(fmean(score.rappel for score in scores), 3),
        "vides": sum(score.vide for score in scores),
    }


def resumer(scores: list[Score]) -> dict[str, dict[str, float]]:
    """The figures overall, by part, and by class."""
    groupes = {"ensemble": scores}
    for partie in PARTIES:
        groupes[partie] = [score for score in scores if score.question.partie == partie]
    for classe in sorted({score.question.classe for score in scores}):
        groupes[classe] = [score for score in scores if score.question.classe == classe]
    return {nom: moyennes(groupe) for nom, groupe in groupes.items() if groupe}


def manques(scores: list[Score], nombre: int) -> str:
    """The queries answered worst, with what was shown (mark and place), to read and understand."""
    lignes = []
    for score in sorted(scores, key=lambda score: score.ndcg)[:nombre]:
        question = score.question
        lignes.append(f"{score.ndcg:.2f} [{question.classe}] {question.texte} ({question.besoin})")
        lignes += [f"       {montre}" for montre in score.montres[:5]]
    return "\n".join(lignes)


# --- the report


def tableaux(mesures: dict[str, dict[str, dict[str, float]]]) -> str:
    """The tables of the report, one column or line per engine measured."""
    moteurs = sorted(mesures, key=lambda nom: (nom.startswith("Wagtail"), nom))
    lignes = [
        "| Engine | nDCG@10 | to tune on | to check on | MRR | recall@10 | without result |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for nom in moteurs:
        m = mesures[nom]
        tout = m["ensemble"]
        lignes.append(
            f"| {nom} | **{tout['ndcg']:.3f}** | {m['reglage']['ndcg']:.3f} | {m['temoin']['ndcg']:.3f} "
            f"| {tout['mrr']:.3f} | {tout['rappel']:.3f} | {tout['vides']} of {tout['questions']} |"
        )
    classes = [nom for nom in mesures[moteurs[0]] if nom not in ("ensemble", *PARTIES)]
    lignes += [
        "",
        "nDCG@10 by class of queries:",
        "",
        "| Class | Queries | " + " | ".join(moteurs) + " |",
        "| --- | --- | " + " | ".join(["---"] * len(moteurs)) + " |",
    ]
    for classe in classes:
        valeurs = " | ".join(f"{mesures[nom][classe]['ndcg']:.3f}" for nom in moteurs)
        lignes.append(f"| {classe} | {mesures[moteurs[0]][classe]['questions']} | {valeurs} |")
    return "\n".join(lignes)


def ecrire(nouvelles: dict[str, dict[str, dict[str, float]]]) -> None:
    """Keep the figures of these engines, and write the tables of all engines measured so far."""
    mesures = json.loads(MESURES.read_text(encoding="utf-8")) if MESURES.exists() else {}
    mesures |= nouvelles
    MESURES.write_text(json.dumps(mesures, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    avant, _, reste = RAPPORT.read_text(encoding="utf-8").partition(DEBUT)
    RAPPORT.write_text(f"{avant}{DEBUT}\n{tableaux(mesures)}\n{FIN}{reste.partition(FIN)[2]}", encoding="utf-8")


NOMS = {
    "sqlite": "SQLite FTS5",
    "postgresql": "PostgreSQL",
    "opensearch": "OpenSearch",
    "elasticsearch": "Elasticsearch",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="mesures-")
    sys.path.insert(0, str(RACINE))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("charger_contenu", verbosity=0)
    call_command("indexer", verbosity=0)
    questions = lire()
    moteur = settings.SEARCH_URL.partition(":")[0].partition("+")[0] or connection.vendor
    site = evaluer(par_le_site, questions)
    nouvelles = {NOMS.get(moteur, moteur): resumer(site)}
    if not settings.SEARCH_URL:
        nom = f"Wagtail’s own on {NOMS.get(connection.vendor, connection.vendor)}"
        nouvelles[nom] = resumer(evaluer(par_wagtail, questions, au_mieux=True))
    print(tableaux(nouvelles))
    if "--manques" in sys.argv:
        print(manques([score for score in site if score.question.partie == "reglage"], 40))
    if "--ecrire" in sys.argv:
        ecrire(nouvelles)


if __name__ == "__main__":
    main()
