"""What a browser keeps of a parcours to open it whole without the site: each address, its size and its digest.

The site visits itself without an account: what is listed is what everybody may open, whoever asks for the list.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from threading import Lock
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from core.context import absolute_base
from core.version import cached, request_version
from parcours import services
from parcours.emporter.contenu import FORMATS_DE_MEDIAS
from parcours.emporter.packs import offre
from parcours.hors_ligne import statiques
from parcours.hors_ligne.visite import Lecture, Liens, Visiteur, empreinte

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpRequest

    from parcours.fil import Fil

# Grows when browsers must take everything again.
GENERATION = 1
# One list is made at a time in a process: whoever waited finds it made.
_un_a_la_fois = Lock()


@dataclass(frozen=True, slots=True)
class Adresse:
    """Something to keep; `sorte` is `page`, `statique`, `fichier` or `media` (kept only when it is asked for)."""

    url: str
    sorte: str
    octets: int
    empreinte: str


@dataclass(frozen=True, slots=True)
class Manifeste:
    """A parcours to keep; `version` changes with anything listed."""

    slug: str
    titre: str
    url: str
    adresses: tuple[Adresse, ...]

    @property
    def version(self) -> str:
        lignes = [f"{adresse.url} {adresse.empreinte}" for adresse in self.adresses]
        return empreinte("\n".join([str(GENERATION), self.titre, *lignes]).encode())

    def donnees(self) -> dict:
        """The same as what JSON writes."""
        medias = sum(adresse.octets for adresse in self.adresses if adresse.sorte == "media")
        return {
            "slug": self.slug,
            "titre": self.titre,
            "url": self.url,
            "version": self.version,
            "octets": sum(adresse.octets for adresse in self.adresses) - medias,
            "octets_des_medias": medias,
            "adresses": [asdict(adresse) for adresse in self.adresses],
        }


def manifeste(slug: str, request: HttpRequest) -> dict | None:
    """The list for a published parcours, made once per version of the content; None for any other word."""
    version = request_version(request)
    fil = services.fil_de(slug, version)
    if fil is None or not fil.etapes:
        return None
    # Pages name the address of the site, the static files by their content, and the packs that are ready, which come
    # some time after what changed them: two processes must not tell two lists of one content.
    prets = [(pret["taille"], pret["date"]) for pret in offre(slug, request)]
    cle = empreinte(f"{absolute_base(request)} {statiques.generation()} {prets}".encode())
    with _un_a_la_fois:
        return cached(version, f"hors-ligne:{slug}:{cle}", lambda: _lire(fil, Visiteur(request)).donnees())


def _lire(fil: Fil, visiteur: Visiteur) -> Manifeste:
    pages = {url: lue for url in dict.fromkeys(_pages(fil)) if (lue := visiteur.lire(url))}
    liens = [Liens(lue.texte) for lue in pages.values()]
    charges = list(dict.fromkeys(url for page in liens for url in page.charges))
    medias = list(dict.fromkeys(url for page in liens for url in page.medias))
    fichiers = dict.fromkeys(url for page in liens for url in page.fichiers)
    fixes = {url: Lecture(len(octets), empreinte(octets)) for url, octets in statiques.avec_ce_qu_ils_chargent(charges)}
    medias += [url for url in fichiers if _est_un_media(url) and url not in medias]
    autres = [url for url in [*charges, *fichiers] if url not in fixes and url not in medias]
    return Manifeste(
        slug=fil.slug,
        titre=fil.titre_court,
        url=fil.url,
        adresses=(
            *_adresses("page", pages.items()),
            *_adresses("statique", fixes.items()),
            *_adresses("fichier", _peses(visiteur, autres)),
            *_adresses("media", _peses(visiteur, medias)),
        ),
    )


def _pages(fil: Fil) -> Iterator[str]:
    """The parcours, its steps, the interviews below a step, and the page shown in place of what is not kept."""
    yield fil.url
    for etape in fil.etapes:
        yield fil.lien(etape)
    connues = {etape.url for etape in fil.etapes}
    dessous = Q()
    for chemin, profondeur in Page.objects.filter(pk__in=[etape.page_id for etape in fil.etapes]).values_list(
        "path", "depth"
    ):
        dessous |= Q(path__startswith=chemin, depth=profondeur + 1)
    for page in Page.objects.live().public().filter(dessous).order_by("path"):
        if (url := page.get_url()) and url not in connues:
            yield url
    yield reverse("hors_ligne")


def _peses(visiteur: Visiteur, urls: Iterable[str]) -> Iterator[tuple[str, Lecture]]:
    return ((url, pese) for url in dict.fromkeys(urls) if (pese := visiteur.peser(url)))


def _adresses(sorte: str, lectures: Iterable[tuple[str, Lecture]]) -> Iterator[Adresse]:
    return (Adresse(url, sorte, lecture.octets, lecture.empreinte) for url, lecture in lectures)


def _est_un_media(url: str) -> bool:
    return url.rpartition(".")[2].lower() in FORMATS_DE_MEDIAS
