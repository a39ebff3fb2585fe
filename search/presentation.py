"""How a hit is shown: its address, its path, where it lands, its highlighted excerpt."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from core.templatetags.typo import horodatage
from core.typography import typo_html
from search.analyse import plier
from search.extraits import fenetre, reperes, surligner
from search.facettes import Lues, lire_par_cle
from search.models import SearchEntry
from search.query import Resultats

LANGUE_DU_SITE = "fr"
_PAGE = re.compile(r"#page=(\d+)$")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_INSTANT = re.compile(r"[?&]t=(\d+)")


@dataclass(frozen=True, slots=True)
class Extrait:
    """A passage of a hit: its deepest address, where that is (« page 12 », « à 2:22 »), its words and their language.

    `langue` is empty for that of the site.
    """

    url: str
    lieu: str
    html: SafeString
    texte: str
    langue: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A source found, ready to show."""

    titre: str
    titre_html: SafeString
    genre: str
    type: str
    url: str
    chemin: tuple[str, ...]
    date: object
    format: str
    score: float
    extraits: tuple[Extrait, ...]
    # Whom to ask for the document, when the site does not hold it; None when it does or there is none.
    demande: str | None = None
    # Of the title; empty for that of the site.
    langue: str = ""
    mis_en_avant: bool = False


def presenter(resultats: Resultats, request) -> list[Hit]:
    """The hits of a page of results; one query for all their paths."""
    cherches = resultats.requete.tous_les_jetons
    premiers = [trouvaille.passages[0] for trouvaille in resultats.hits]
    titres = _titres_des_ancetres([entree.page for entree in premiers if entree.page])
    lues = lire_par_cle(premier.etiquettes_id for premier in premiers)
    hits = []
    for trouvaille, premier in zip(resultats.hits, premiers, strict=True):
        extraits = _extraits(trouvaille.passages, cherches, request)
        hits.append(
            Hit(
                titre=premier.titre,
                titre_html=_surligner(premier.titre, cherches, langue(premier)),
                genre=premier.genre_label,
                type=premier.genre,
                url=adresse(premier, request),
                chemin=_chemin(premier, titres),
                date=premier.date,
                format=premier.document.format if premier.document else "",
                score=round(trouvaille.score, 4),
                extraits=extraits,
                demande=_demande(lues[premier.etiquettes_id]),
                langue=langue(premier),
                mis_en_avant=trouvaille.mis_en_avant,
            )
        )
    return hits


def _demande(lues: Lues) -> str | None:
    for (nom, ancre), noms in lues.items():
        if nom == "demande":
            return "" if noms == ancre else noms
    return None


def _nu(texte: str) -> str:
    return "".join(caractere for caractere in plier(texte) if caractere.isalnum())


def _surligner(texte: str, cherches: Collection[str], langue: str) -> SafeString:
    """Highlighted, with French typography for what is French."""
    if langue:
        return surligner(texte, cherches)
    # Apostrophes first, for a mark may cut what stands around one.
    html = surligner(_APOSTROPHE.sub("’", texte), cherches)
    return mark_safe(typo_html(html))  # noqa: S308 (escaped by `surligner`)


def langue(entree: SearchEntry) -> str:
    """The language of a passage, for a screen reader to change its voice; empty for that of the site."""
    return "" if entree.langue == LANGUE_DU_SITE else entree.langue


def adresse(entree: SearchEntry, request=None) -> str:
    """Root-relative, deepest address of a passage."""
    if entree.page is not None and entree.document_id is None:
        return f"{entree.page.get_url(request) or ''}{entree.adresse}"
    return entree.adresse


def lieu(entree: SearchEntry) -> str:
    """Where a passage is in its source, in words."""
    page = _PAGE.search(entree.adresse)
    if page:
        return f"page {page.group(1)}"
    instant = _INSTANT.search(entree.adresse)
    if instant:
        return f"à {horodatage(instant.group(1))}"
    return entree.entete if _nu(entree.entete) != _nu(entree.titre) else ""


def _extraits(passages: Sequence[SearchEntry], cherches: Collection[str], request) -> tuple[Extrait, ...]:
    extraits, parlants = [], []
    for entree in passages:
        texte, ou = fenetre(entree.texte, cherches), lieu(entree)
        html = _surligner(texte, cherches, langue(entree))
        extraits.append(Extrait(adresse(entree, request), ou, html, texte, langue(entree)))
        if "<mark>" in extraits[-1].html or reperes(ou, cherches):
            parlants.append(extraits[-1])
    # Passages that show the words looked for, or stand under them; the best one when none does: its title answers.
    return tuple(parlants or extraits[:1])


def _titres_des_ancetres(pages: Collection[Page]) -> dict[str, str]:
    chemins = {page.path[:fin] for page in pages for fin in range(8, len(page.path) + 1, page.steplen)}
    if not chemins:
        return {}
    return dict(Page.objects.live().filter(path__in=chemins).values_list("path", "title"))


def _chemin(entree: SearchEntry, titres: dict[str, str]) -> tuple[str, ...]:
    """Titles from below the home page down to the hit's parent; a document is below the page that carries it."""
    if entree.page is None:
        return ("Glossaire",) if entree.genre == "glossaire" else ()
    path = entree.page.path
    fin = len(path) + (1 if entree.document_id else 0)
    return tuple(titres[path[:n]] for n in range(12, fin, entree.page.steplen) if path[:n] in titres)
