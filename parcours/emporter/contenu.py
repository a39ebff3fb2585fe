"""What a pack holds, read once as plain values: the steps that everybody may read, whoever asks.

The steps come from the published thread, which leaves out drafts and private pages; files of a private collection
are listed as links, never taken.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.template.loader import render_to_string
from django.utils.text import slugify
from wagtail.models import CollectionViewRestriction, Page

from core.cards import cards_for
from core.templatetags.typo import octets, pluriel_fr, temps_en_mots
from core.typography import typo_text
from parcours import services
from parcours.emporter.flux import Bloc, Morceau, adresse_sure, ligne, lire, paragraphes, propre

if TYPE_CHECKING:
    from core.models import BasePage
    from core.protocols import Carte
    from parcours.fil import Etape

# Grows when the same content makes other files.
GENERATION = 1
# Listened to or watched: in the whole ZIP only.
FORMATS_DE_MEDIAS = frozenset({"mp4", "webm", "mp3", "ogg", "vtt"})
RESERVE = "réservé à ses lecteurs : à ouvrir sur le site"
INTROUVABLE = "fichier introuvable : à redemander au site"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a step.

    Attributes:
        poids: format and size in words (« PDF, 1,2 Mo »).
        nom: its path within the ZIP, ASCII, ordered by step; empty when it is not taken.
        chemin: its path below `MEDIA_ROOT`; empty when it is not taken.
        empreinte: digest that changes with its bytes.
        manque: why it is not taken; empty when it is.
    """

    titre: str
    format: str
    octets: int
    poids: str
    url: str
    nom: str
    chemin: str
    empreinte: str
    media: bool
    manque: str


@dataclass(frozen=True, slots=True)
class EtapeEmportee:
    """A step as every format tells it; `ligne` values are pieces of text, see `flux`."""

    numero: int
    titre: str
    titre_en_ligne: list[Morceau]
    nature: str
    groupe: str
    essentielle: bool
    raison: list[Morceau]
    temps: str
    resume: list[Bloc]
    faits: list[tuple[str, list[Morceau]]]
    corps: list[Bloc]
    absence: list[Morceau]
    liens: list[tuple[str, str]]
    url: str
    pieces: list[Piece]

    @property
    def fichiers(self) -> list[Piece]:
        """The files that the site holds and everybody may open."""
        return [piece for piece in self.pieces if not piece.manque]

    @property
    def sans_fichier(self) -> bool:
        return not self.fichiers


@dataclass(frozen=True, slots=True)
class Livret:
    """A parcours to take away."""

    slug: str
    uuid: str
    titre: str
    titre_en_ligne: list[Morceau]
    titre_court: str
    chapo: list[Bloc]
    pour_qui: list[Morceau]
    introduction: list[Bloc]
    nombre: str
    temps: str
    url: str
    base: str
    site: str
    etapes: list[EtapeEmportee]

    def donnees(self) -> dict[str, Any]:
        """The same as what JSON writes."""
        return asdict(self)

    @property
    def empreinte(self) -> str:
        """Digest of everything that the files say: the same content is never built twice."""
        texte = json.dumps([GENERATION, self.donnees()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(texte.encode()).hexdigest()[:20]

    @property
    def pieces(self) -> list[Piece]:
        return [piece for etape in self.etapes for piece in etape.pieces]

    @property
    def a_des_medias(self) -> bool:
        return any(piece.media for piece in self.pieces if not piece.manque)

    @property
    def sans_fichier(self) -> list[EtapeEmportee]:
        return [etape for etape in self.etapes if etape.sans_fichier]


def lire_le_livret(slug: str, base: str, version: int) -> Livret | None:
    """The booklet of a published parcours; None for any other word.

    Args:
        base: scheme and host of absolute links.
        version: the version of the content that the caller sees.
    """
    fil = services.fil_de(slug, version)
    page = apps.get_model("parcours", "ParcoursPage").objects.live().public().filter(slug=slug).first()
    if fil is None or page is None:
        return None
    ids = [etape.page_id for etape in fil.etapes]
    cartes = cards_for(ids, version)
    pages = _pages(ids)
    reserves = _collections_privees()
    # A page that closed since the thread was read is left out, and the numbers stay those of the thread.
    etapes = [
        _etape(etape, pages[etape.page_id], carte, base, reserves)
        for etape in fil.etapes
        if etape.page_id in pages and (carte := cartes.get(etape.page_id))
    ]
    introduction = render_to_string("core/feuillet.html", {"corps": page.corps})
    return Livret(
        slug=slug,
        uuid=page.uuid,
        titre=propre(typo_text(fil.titre)).strip(),
        titre_en_ligne=ligne(fil.titre),
        titre_court=propre(typo_text(fil.titre_court)).strip(),
        chapo=paragraphes(fil.chapo),
        pour_qui=ligne(fil.pour_qui),
        introduction=lire(introduction, base, fil.url),
        nombre=pluriel_fr(fil.nombre, "étape,étapes"),
        temps=temps_en_mots(fil.temps),
        url=base + fil.url,
        base=base,
        site=settings.SITE_NAME,
        etapes=etapes,
    )


def _pages(ids: list[int]) -> dict[int, BasePage]:
    """The public pages by key, with what cards read fetched along: a few queries by type of page."""
    par_type: dict[int, list[int]] = {}
    for pk, type_id in Page.objects.filter(pk__in=ids).live().public().values_list("pk", "content_type_id"):
        par_type.setdefault(type_id, []).append(pk)
    pages = {}
    for type_id, siens in par_type.items():
        model: Any = ContentType.objects.get_for_id(type_id).model_class()
        pages |= {page.pk: page for page in model.pour_cartes(model.objects.filter(pk__in=siens))}
    return pages


def _etape(etape: Etape, page: BasePage, carte: Carte, base: str, reserves: list[str]) -> EtapeEmportee:
    feuillet = page.feuillet()
    documents = [*page.documents(), *feuillet.medias]
    liens = [(propre(libelle), adresse_sure(lien, base)) for libelle, lien in feuillet.liens]
    return EtapeEmportee(
        numero=etape.numero,
        titre=propre(typo_text(etape.titre)).strip(),
        titre_en_ligne=ligne(etape.titre),
        nature=etape.nature,
        groupe=propre(typo_text(etape.groupe)),
        essentielle=etape.essentielle,
        raison=ligne(etape.raison),
        temps=temps_en_mots(etape.temps),
        resume=paragraphes(carte.resume),
        faits=[(libelle, ligne(valeur)) for libelle, valeur in feuillet.faits],
        corps=lire(feuillet.html, base, etape.url),
        absence=ligne(feuillet.absence),
        liens=[(typo_text(libelle), lien) for libelle, lien in liens if lien],
        url=base + etape.url,
        pieces=_pieces(etape.numero, documents, base, reserves),
    )


def _pieces(numero: int, documents: list, base: str, reserves: list[str]) -> list[Piece]:
    pieces: list[Piece] = []
    pris: set[str] = set()
    for document in dict.fromkeys(documents):
        extension = document.file_extension.lower()
        media = extension in FORMATS_DE_MEDIAS
        chemin, taille = _fichier_local(document)
        manque = RESERVE if _est_privee(document, reserves) else "" if chemin else INTROUVABLE
        # Sums and names are read by programs that know ASCII only.
        court = slugify(document.title)[:60].strip("-") or "document"
        nom, rang = f"{court}.{slugify(extension) or 'bin'}", 1
        while nom in pris:
            rang += 1
            nom = f"{court}-{rang}.{slugify(extension) or 'bin'}"
        pris.add(nom)
        pieces.append(
            Piece(
                titre=propre(typo_text(document.title)).strip() or nom,
                format=propre(document.format),
                octets=0 if manque else taille,
                poids=", ".join([propre(document.format), *([octets(taille)] if not manque else [])]),
                url=adresse_sure(document.url, base),
                nom="" if manque else f"{'medias' if media else 'documents'}/{numero:02d}-{nom}",
                chemin="" if manque else chemin,
                empreinte="" if manque else document.file_hash or str(taille),
                media=media,
                manque=manque,
            )
        )
    return pieces


def _fichier_local(document) -> tuple[str, int]:
    """Path below `MEDIA_ROOT` and size of a file; nothing when it is not on the disk."""
    if not document.is_stored_locally():
        return "", 0
    try:
        chemin = Path(document.file.path)
        return PurePosixPath(document.file.name).as_posix(), chemin.stat().st_size
    except (OSError, ValueError):
        return "", 0


def _collections_privees() -> list[str]:
    """Paths of the collections that not everybody may open."""
    return list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def _est_privee(document, reserves: list[str]) -> bool:
    return bool(reserves) and document.collection.path.startswith(tuple(reserves))
