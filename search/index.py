"""From pages, documents and terms to rows of the index, through the protocol of core only.

Everything is written in the caller's transaction: the index changes with the content or not at all.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, time
from hashlib import blake2b
from itertools import islice
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Collection as WagtailCollection
from wagtail.models import CollectionViewRestriction, Page, get_page_models

from core.models import BasePage, Terme
from core.protocols import Passage
from core.registry import registry
from core.version import bump_version, hold_version
from search import envois
from search.analyse import ANALYSE_VERSION, analyser, plier
from search.facettes import etiquettes
from search.models import Etiquettes, SearchEntry
from search.reglages import sans_les_ecartees
from search.vocabulaire import compter, mots_de

logger = logging.getLogger(__name__)

# A passage longer than this is cut for the index: PostgreSQL holds at most 1 MB of tokens in a row.
TEXTE_MAX = 100_000
# Rows per statement, and pages per transaction of `reconstruire`: what an editor may have to wait for.
LOT = 200
PAGES_PAR_LOT = 50
# What makes a row: all that its source tells.
CHAMPS_BRUTS = (
    "titre", "entete", "texte", "adresse", "etiquettes_id", "genre", "genre_label", "langue", "date", "document_id",
    "collection_id",
)  # fmt: skip
# What a page type that tells its text wrongly may raise.
ERREURS_DE_CONTENU = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def indexables() -> QuerySet[Page]:
    """The live public pages that may be found."""
    hors = [modele for modele in get_page_models() if not issubclass(modele, BasePage) or modele.hors_recherche]
    pages = sans_les_ecartees(Page.objects.live().public())
    return pages.not_exact_type(*hors) if hors else pages


def collections_privees() -> set[int]:
    """Keys of the collections that not everybody may open."""
    chemins = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    privees: set[int] = set()
    for chemin in chemins:
        privees.update(WagtailCollection.objects.filter(path__startswith=chemin).values_list("pk", flat=True))
    return privees


# What PostgreSQL refuses in a text, or a feed in its XML.
_CONTROLES = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _sans_controles(texte: str) -> str:
    return _CONTROLES.sub(" ", str(texte))


def _ligne(passage: Passage, **communs) -> SearchEntry:
    """A row as its source tells it, and its fingerprint; `ecrire` analyses it."""
    entree = SearchEntry(
        texte=_sans_controles(passage.texte)[:TEXTE_MAX].strip(),
        entete=_sans_controles(passage.titre)[:500].strip(),
        **communs,
    )
    brut = "\x00".join(str(getattr(entree, champ)) for champ in CHAMPS_BRUTS)
    entree.empreinte = f"{ANALYSE_VERSION}:{blake2b(brut.encode('utf-8', 'replace'), digest_size=12).hexdigest()}"
    return entree


def _analyser(entree: SearchEntry) -> None:
    """Fill the tokens of a row, and keep its words until they are counted."""
    titre, joints_titre, mots_titre = analyser(entree.titre)
    entete, joints_entete, mots_entete = analyser(entree.entete)
    corps, joints_corps, mots_corps = analyser(entree.texte)
    entree.j_titre, entree.j_entete, entree.j_corps = " ".join(titre), " ".join(entete), " ".join(corps)
    entree.j_joints = " ".join(dict.fromkeys([*joints_titre, *joints_entete, *joints_corps]))
    entree.titre_plie = (" " + " ".join(mot for mot in _mots_plies(entree.titre)))[:600]
    entree.mots = mots_titre | mots_entete | mots_corps


def _mots_plies(texte: str) -> Iterator[str]:
    yield from "".join(c if c.isalnum() else " " for c in plier(texte)).split()


def _instant(page: BasePage) -> datetime | None:
    """When a page is of, for the sort by date: noon of a day, which is that day in every zone where it is shown."""
    jour = page.date_propre()
    if jour is None:
        return page.first_published_at or page.latest_revision_created_at
    return jour if isinstance(jour, datetime) else timezone.make_aware(datetime.combine(jour, time(12)))


def lignes_de_page(page: BasePage, autres: dict[str, list[str]], privees: set[int]) -> Iterator[SearchEntry]:
    """The rows of a page: its own passages, then those of the documents that it carries."""
    facettes = {nom: list(valeurs) for nom, valeurs in page.facettes().items()}
    for nom, valeurs in autres.items():
        facettes.setdefault(nom, []).extend(valeurs)
    communs = {"page_id": page.pk, "date": _instant(page)}
    passages = list(page.passages())
    if not passages or passages[0].titre or passages[0].ancre:
        # The title alone is found too, and is the page's own address.
        passages.insert(0, Passage(""))
    for position, passage in enumerate(passages):
        yield _ligne(
            passage,
            source=f"page:{page.pk}",
            position=position,
            genre=page.genre,
            genre_label=page.genre_label,
            titre=_sans_controles(page.title)[:500],
            adresse=passage.ancre,
            etiquettes=etiquettes(page.genre, page.genre_label, facettes),
            **communs,
        )
    portes = {document.pk: document for document in page.documents() if document is not None}
    for document in portes.values():
        if document.collection_id not in privees:
            yield from lignes_de_document(document, facettes, communs)


def lignes_de_document(document, facettes: dict[str, list[str]], communs: dict) -> Iterator[SearchEntry]:
    """The rows of a document on one page; its title is found even when its text is not read yet."""
    parties = list(document.textes.all())
    pdf = document.file_extension.lower() == "pdf"
    passages = [
        (partie.numero, Passage(partie.texte, partie.titre, f"#page={partie.numero}" if pdf else ""))
        for partie in parties
    ]
    if not passages or passages[0][0] != 0:
        passages.insert(0, (0, Passage("")))
    for numero, passage in passages:
        yield _ligne(
            passage,
            source=f"document:{document.pk}",
            position=numero,
            document_id=document.pk,
            collection_id=document.collection_id,
            genre="document",
            genre_label="Document",
            langue=document.langue,
            titre=_sans_controles(document.title)[:500],
            adresse=document.url + passage.ancre,
            etiquettes=etiquettes("document", "Document", facettes),
            **communs,
        )


def ligne_de_terme(terme: Terme) -> SearchEntry:
    """A term of the glossary, at its own anchor."""
    nom = f"{terme.nom} ({terme.sigle})" if terme.sigle else terme.nom
    return _ligne(
        Passage(terme.definition),
        source=f"terme:{terme.pk}",
        genre="glossaire",
        genre_label="Glossaire",
        titre=_sans_controles(nom)[:500],
        adresse=terme.get_absolute_url(),
        etiquettes=etiquettes("glossaire", "Glossaire", {}),
    )


# --- writing


def ecrire(lignes: Iterable[SearchEntry], comptes: Counter | None = None) -> int:
    """Add rows and their words; with `comptes`, the words are added there, for the caller to count."""
    mots: Counter[tuple[str, str]] = Counter() if comptes is None else comptes
    nombre = 0
    reste = iter(lignes)
    while lot := list(islice(reste, LOT)):
        for ligne in lot:
            _analyser(ligne)
            mots.update(ligne.mots)
        Etiquettes.objects.bulk_create({ligne.etiquettes for ligne in lot}, ignore_conflicts=True)
        SearchEntry.objects.bulk_create(lot)
        envois.noter([ligne.pk for ligne in lot])
        nombre += len(lot)
    if comptes is None:
        compter(mots)
    return nombre


def retirer(lignes: QuerySet[SearchEntry], comptes: Counter | None = None) -> int:
    """Take rows and their words away; with `comptes`, the words are taken from there, for the caller to count."""
    mots: Counter[tuple[str, str]] = Counter() if comptes is None else comptes
    cles = list(lignes.values_list("pk", flat=True))
    for debut in range(0, len(cles), LOT):
        lot = SearchEntry.objects.filter(pk__in=cles[debut : debut + LOT])
        for textes in lot.values_list("titre", "entete", "texte"):
            mots.subtract(mots_de(*textes))
        lot._raw_delete(using="default")
    envois.noter(cles)
    if comptes is None:
        compter(mots)
    return len(cles)


def lignes_de_pages(page_ids: Collection[int]) -> Iterator[SearchEntry]:
    """The rows of those of the pages that may be found."""
    privees = collections_privees()
    autres = registry.facettes(page_ids)
    for page in indexables().filter(pk__in=page_ids).specific().iterator(chunk_size=LOT):
        if not isinstance(page, BasePage):
            continue
        try:
            lignes = list(
                lignes_de_page(page, {nom: par_page.get(page.pk, []) for nom, par_page in autres.items()}, privees)
            )
        except ERREURS_DE_CONTENU:
            # Left out alone, rather than found by a text that it no longer has.
            logger.exception("Page %s cannot tell its text; once it can, run `manage.py indexer`.", page.pk)
            continue
        yield from lignes


class Etat(NamedTuple):
    """Rows as they stand, and as they should."""

    en_place: QuerySet[SearchEntry]
    voulues: Iterable[SearchEntry]


def des_pages(page_ids: Collection[int]) -> Etat:
    return Etat(SearchEntry.objects.filter(page_id__in=page_ids), lignes_de_pages(page_ids))


def des_termes(cles: Collection[int]) -> Etat:
    return Etat(
        SearchEntry.objects.filter(source__in=[f"terme:{cle}" for cle in cles]),
        (ligne_de_terme(terme) for terme in Terme.objects.filter(pk__in=cles)),
    )


def differences(etat: Etat) -> tuple[list[int], list[SearchEntry]]:
    """Keys of the rows to take away, and rows to write."""
    connues: dict[tuple, tuple[int, str]] = {}
    a_retirer: list[int] = []
    champs = ("pk", "empreinte", "page_id", "source", "position")
    for cle, empreinte, *reste in etat.en_place.values_list(*champs):
        if tuple(reste) in connues:
            a_retirer.append(cle)
        else:
            connues[tuple(reste)] = (cle, empreinte)
    a_ecrire = []
    for ligne in etat.voulues:
        place = (ligne.page_id, ligne.source, ligne.position)
        if place in connues and connues[place][1] == ligne.empreinte:
            del connues[place]
        else:
            a_ecrire.append(ligne)
    return a_retirer + [cle for cle, _ in connues.values()], a_ecrire


def accorder(etat: Etat, comptes: Counter | None = None) -> int:
    """Make the rows in place those wanted, touching only what differs, in a transaction that holds the version.

    Returns:
        The number of rows written or taken away.
    """
    a_retirer, a_ecrire = differences(etat)
    # Many words go with the old rows and come back with the new ones: only the difference is written.
    mots: Counter[tuple[str, str]] = Counter() if comptes is None else comptes
    for debut in range(0, len(a_retirer), LOT):
        retirer(SearchEntry.objects.filter(pk__in=a_retirer[debut : debut + LOT]), mots)
    ecrire(a_ecrire, mots)
    if comptes is None:
        compter(mots)
    return len(a_retirer) + len(a_ecrire)


_en_attente: ContextVar[set[int] | None] = ContextVar("pages to index at the end of the block", default=None)


@contextmanager
def en_un_lot() -> Iterator[None]:
    """Index once, at the end of the block, each page that it changes: for a program that publishes many.

    To be used in the transaction of that program, so that the index still follows within it.
    """
    jeton = _en_attente.set(set())
    try:
        yield
        pages = _en_attente.get()
    finally:
        _en_attente.reset(jeton)
    indexer_pages(pages or ())


def dans_un_lot() -> bool:
    """Whether what is to be indexed waits for the end of a block."""
    return _en_attente.get() is not None


@transaction.atomic
def indexer_pages(page_ids: Collection[int]) -> int:
    """Make the index tell what these pages are now: gone, private, or found by their present text.

    Returns:
        The number of rows written or taken away; none when nothing that is searched has changed.
    """
    en_attente = _en_attente.get()
    if en_attente is not None:
        en_attente.update(page_ids)
        return 0
    hold_version()
    changees = sum(accorder(des_pages(lot)) for lot in par_lots(page_ids))
    bump_version()
    return changees


def indexer_branche(page: Page) -> int:
    """Index a page and everything below it."""
    return indexer_pages(list(page.get_descendants(inclusive=True).values_list("pk", flat=True)))


@transaction.atomic
def indexer_termes(cles: Collection[int]) -> int:
    """Index these terms of the glossary again."""
    hold_version()
    return sum(accorder(des_termes(lot)) for lot in par_lots(cles))


@transaction.atomic
def retirer_pages(page_ids: Collection[int]) -> None:
    """Forget these pages and the documents that they carry."""
    hold_version()
    retirer(SearchEntry.objects.filter(page_id__in=page_ids))
    bump_version()


@transaction.atomic
def retirer_document(document) -> None:
    """Forget a document, on every page."""
    hold_version()
    retirer(SearchEntry.objects.filter(document_id=document.pk))
    bump_version()


def par_lots(cles: Iterable[int]) -> Iterator[list[int]]:
    reste = iter(sorted(set(cles)))
    while lot := list(islice(reste, PAGES_PAR_LOT)):
        yield lot
