"""What the page of a resource shows, read in a handful of queries and kept as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from core.protocols import Feuillet, Temps
from kit.dates import date_in_words, machine_date

if TYPE_CHECKING:
    from kit.models import RessourcePage

LANGUES = {"fr": "français", "en": "anglais", "de": "allemand", "es": "espagnol", "it": "italien"}


@dataclass(frozen=True, slots=True)
class Illustration:
    url: str
    largeur: int
    hauteur: int
    texte: str


@dataclass(frozen=True, slots=True)
class Fichier:
    """A file as its link tells it.

    `pages` is None when the format or the file does not say; `couverture` is shown to whom the file is open.
    """

    titre: str
    url: str
    format: str
    octets: int
    pages: int | None
    langue: str
    langue_en_mots: str
    couverture: Illustration | None = None


@dataclass(frozen=True, slots=True)
class Producteur:
    nom: str
    slug: str
    site: str


@dataclass(frozen=True, slots=True)
class Fiche:
    """The facts of one resource, none of which asks the database any more."""

    nature: str
    nature_titre: str
    nature_url: str
    rubrique: str
    rubrique_titre: str
    producteurs: tuple[Producteur, ...]
    territoires: tuple[tuple[str, str], ...]
    fichiers: tuple[Fichier, ...]
    mots_cles: tuple[str, ...]
    date: str
    date_machine: str
    temps: Temps
    image: Illustration | None = None
    voisines: tuple[int, ...] = field(default=())

    @property
    def sites(self) -> list[Producteur]:
        """The producers whom a site may be written through."""
        return [each for each in self.producteurs if each.site]

    @property
    def noms(self) -> str:
        """« ESSEC et Le RAMEAU »."""
        return in_words([each.nom for each in self.producteurs])


def in_words(names: list[str]) -> str:
    """« Adasi, ESSEC et Le RAMEAU »."""
    return " et ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def file_of(document, libelle: str = "") -> Fichier:
    """The link to `document`, called `libelle` or else its own title."""
    return Fichier(
        titre=libelle or document.title,
        url=document.url,
        format=document.format,
        octets=document.get_file_size() or 0,
        pages=document.nombre_de_pages,
        langue=document.langue,
        langue_en_mots=LANGUES.get(document.langue, document.langue),
        couverture=_couverture(document),
    )


def _couverture(document) -> Illustration | None:
    """The first page, decorative beside a link that names the file; none of a document kept for some people."""
    if not document.couverture or not document.ouvert_a_tous:
        return None
    return Illustration(
        document.url_de_la_couverture, document.couverture_largeur, document.couverture_hauteur, texte=""
    )


def read_fiche(page: RessourcePage, voisines: tuple[int, ...] = ()) -> Fiche:
    """The facts of `page` as it stands, saved or not."""
    nature = page.nature
    rubrique = page.rubrique_de_sa_nature
    return Fiche(
        nature=nature.slug if nature else "",
        nature_titre=nature.title if nature else "",
        nature_url=(nature.get_url() or "") if nature else "",
        rubrique=rubrique.slug if rubrique else "",
        rubrique_titre=rubrique.titre if rubrique else "",
        producteurs=tuple(Producteur(each.nom, each.slug, each.site) for each in page.organismes()),
        territoires=tuple((each.nom, each.slug) for each in page.territoires.all()),
        fichiers=tuple(file_of(each.document, each.libelle) for each in page.fichiers_poses()),
        mots_cles=tuple(tag.name for tag in page.mots_cles.all()),
        date=date_in_words(page.date),
        date_machine=machine_date(page.date),
        temps=page.temps_de_lecture(),
        image=_illustration(page),
        voisines=voisines,
    )


def _illustration(page: RessourcePage) -> Illustration | None:
    if page.image is None:
        return None
    rendition = page.image.get_rendition("max-960x640|format-webp")
    return Illustration(rendition.url, rendition.width, rendition.height, page.image.description)


def feuillet_of(page: RessourcePage) -> Feuillet:
    """The resource as it is taken away; whom to ask for it when the site has no file."""
    organismes = page.organismes()
    noms = in_words(page.noms_des_producteurs)
    facts = (
        ("Producteurs" if len(organismes) > 1 else "Producteur", noms),
        ("Date", page.date_en_mots),
        ("Forme", page.forme),
        ("Durée", page.duree),
        ("Territoires", ", ".join(territoire.nom for territoire in page.territoires.all())),
        ("Mots-clés", ", ".join(tag.name for tag in page.mots_cles.all())),
    )
    missing = ""
    if not page.fichiers_poses():
        missing = "Ce site n’héberge pas ce cours." if page.duree_minutes else "Ce site n’a pas ce document."
        if organismes:
            whom = "à l’un de ses producteurs" if len(organismes) > 1 else "à son producteur"
            missing += f" Pour l’obtenir, écrivez {whom} : {noms}."
    return Feuillet(
        faits=tuple((label, value) for label, value in facts if value),
        html=render_to_string("kit/feuillet.html", {"page": page}),
        absence=missing,
        liens=tuple((f"Site de l’organisme {each.nom}", each.site) for each in organismes if each.site),
    )
