"""From pages, documents and terms to rows of the index, through the protocol of core only.

Everything is written in the caller's transaction: the index changes with the content or not at all.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator

from django.db import transaction
from django.db.models import QuerySet
from wagtail.models import Collection as WagtailCollection
from wagtail.models import CollectionViewRestriction, Page, get_page_models

from core.models import BasePage, Terme
from core.protocols import Passage
from core.registry import registry
from core.version import bump_version
from search.analyse import analyser, plier
from search.models import Mot, SearchEntry
from search.vocabulaire import compter, mots_de

logger = logging.getLogger(__name__)

# A passage longer than this is cut for the index: PostgreSQL holds at most 1 MB of tokens in a row.
TEXTE_MAX = 100_000
LOT = 200


def indexables() -> QuerySet[Page]:
    """The live public pages that may be found."""
    hors = [modele for modele in get_page_models() if not issubclass(modele, BasePage) or modele.hors_recherche]
    return Page.objects.live().public().not_exact_type(*hors) if hors else Page.objects.live().public()


def collections_privees() -> set[int]:
    """Keys of the collections that not everybody may open."""
    chemins = CollectionViewRestriction.objects.values_list("collection__path", flat=True)
    privees: set[int] = set()
    for chemin in chemins:
        privees.update(WagtailCollection.objects.filter(path__startswith=chemin).values_list("pk", flat=True))
    return privees


def _cles(genre: str, genre_label: str, facettes: dict[str, list[str]]) -> str:
    valeurs = [f"type:{genre}|{genre_label}"]
    for nom, possibles in facettes.items():
        valeurs += [f"{nom}:{valeur}" for valeur in dict.fromkeys(possibles) if valeur and "\n" not in valeur]
    return "\n" + "\n".join(valeurs) + "\n"


def _sans_nul(texte: str) -> str:
    return str(texte).replace("\x00", " ")


def _ligne(passage: Passage, **communs) -> SearchEntry:
    """A row with its tokens."""
    entree = SearchEntry(
        texte=_sans_nul(passage.texte)[:TEXTE_MAX].strip(), entete=_sans_nul(passage.titre)[:500].strip(), **communs
    )
    titre, joints_titre, _ = analyser(entree.titre)
    entete, joints_entete, _ = analyser(entree.entete)
    corps, joints_corps, _ = analyser(entree.texte)
    entree.j_titre, entree.j_entete, entree.j_corps = " ".join(titre), " ".join(entete), " ".join(corps)
    entree.j_joints = " ".join(dict.fromkeys([*joints_titre, *joints_entete, *joints_corps]))
    entree.titre_plie = (" " + " ".join(mot for mot in _mots_plies(entree.titre)))[:600]
    return entree


def _mots_plies(texte: str) -> Iterator[str]:
    yield from "".join(c if c.isalnum() else " " for c in plier(texte)).split()


def lignes_de_page(page: BasePage, autres: dict[str, list[str]], privees: set[int]) -> Iterator[SearchEntry]:
    """The rows of a page: its own passages, then those of the documents that it carries."""
    facettes = {nom: list(valeurs) for nom, valeurs in page.facettes().items()}
    for nom, valeurs in autres.items():
        facettes.setdefault(nom, []).extend(valeurs)
    communs = {"page_id": page.pk, "date": page.first_published_at or page.latest_revision_created_at}
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
            titre=_sans_nul(page.title)[:500],
            adresse=passage.ancre,
            cles=_cles(page.genre, page.genre_label, facettes),
            **communs,
        )
    for document in page.documents():
        if document is not None and document.collection_id not in privees:
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
            titre=_sans_nul(document.title)[:500],
            adresse=document.url + passage.ancre,
            cles=_cles("document", "Document", facettes),
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
        titre=_sans_nul(nom)[:500],
        adresse=terme.get_absolute_url(),
        cles=_cles("glossaire", "Glossaire", {}),
    )


# --- writing


def ecrire(lignes: Iterable[SearchEntry]) -> int:
    """Add rows and their words."""
    lignes = list(lignes)
    SearchEntry.objects.bulk_create(lignes, batch_size=LOT)
    compter(mots_de(ligne) for ligne in lignes)
    return len(lignes)


def retirer(lignes: QuerySet[SearchEntry]) -> None:
    """Take rows and their words away."""
    anciennes = list(lignes.only("pk", "titre", "entete", "texte"))
    if not anciennes:
        return
    compter((mots_de(ligne) for ligne in anciennes), sens=-1)
    cles = [ligne.pk for ligne in anciennes]
    for debut in range(0, len(cles), LOT):
        SearchEntry.objects.filter(pk__in=cles[debut : debut + LOT])._raw_delete(using="default")


def lignes_de_pages(page_ids: Collection[int]) -> Iterator[SearchEntry]:
    """The rows of those of the pages that may be found."""
    privees = collections_privees()
    autres = registry.facettes(page_ids)
    for page in indexables().filter(pk__in=page_ids).specific().iterator(chunk_size=LOT):
        if isinstance(page, BasePage):
            yield from lignes_de_page(
                page, {nom: par_page.get(page.pk, []) for nom, par_page in autres.items()}, privees
            )


@transaction.atomic
def indexer_pages(page_ids: Collection[int]) -> int:
    """Make the index tell what these pages are now: gone, private, or found by their present text."""
    retirer(SearchEntry.objects.filter(page_id__in=page_ids))
    nombre = ecrire(lignes_de_pages(page_ids))
    bump_version()
    return nombre


def indexer_branche(page: Page) -> int:
    """Index a page and everything below it."""
    return indexer_pages(list(page.get_descendants(inclusive=True).values_list("pk", flat=True)))


def indexer_document(document) -> int:
    """Index again the pages that carry a document."""
    hotes = SearchEntry.objects.filter(document_id=document.pk).values_list("page_id", flat=True).distinct()
    return indexer_pages(list(hotes)) if hotes else 0


@transaction.atomic
def indexer_termes(cles: Collection[int]) -> int:
    """Index these terms of the glossary again."""
    retirer(SearchEntry.objects.filter(source__in=[f"terme:{cle}" for cle in cles]))
    return ecrire(ligne_de_terme(terme) for terme in Terme.objects.filter(pk__in=cles))


def reconstruire() -> int:
    """Build the whole index again and swap it at once: readers see the old one until the new one is complete.

    The rows are computed before the transaction opens, so that editors wait only for the writing.
    """
    lignes = list(lignes_de_pages(list(indexables().values_list("pk", flat=True))))
    lignes += [ligne_de_terme(terme) for terme in Terme.objects.all()]
    with transaction.atomic():
        SearchEntry.objects.all()._raw_delete(using="default")
        Mot.objects.all()._raw_delete(using="default")
        nombre = ecrire(lignes)
        bump_version()
    return nombre
