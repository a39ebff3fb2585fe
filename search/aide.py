"""Ways on for a reader who found nothing, or little: entrances, terms written almost so, whom to ask."""

from urllib.parse import quote, urlencode

from rapidfuzz import fuzz, process
from wagtail.models import Page, Site

from core.models import courriel_de_contact
from core.version import cached
from search.analyse import MOTS_VIDES, plier
from search.models import SearchEntry
from search.presentation import adresse
from search.query import visibilite_actuelle

GENRES = ("parcours", "kit", "mooc", "glossaire")
TERMES_MAX = 4
MOTS_MAX = 8
# Of two words as alike as « mecenant » and « mécénat », out of 100.
RESSEMBLANCE = 72


def portes() -> list[dict[str, str]]:
    """Title, address and kind of the entrances that help most, those that exist and are public."""
    entrees = (
        SearchEntry.objects.filter(visibilite_actuelle().condition, position=0, source__startswith="page:")
        .select_related("page")
        .order_by("page__depth", "page__path")
    )
    trouvees = [
        {"titre": e.titre, "url": adresse(e), "genre": e.genre_label, "resume": e.texte}
        for e in entrees.filter(genre__in=GENRES)[:8]
    ]
    if trouvees:
        return trouvees
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    enfants = Page.objects.child_of(site.root_page).live().public().in_menu() if site else Page.objects.none()
    return [{"titre": page.title, "url": page.get_url(), "genre": "", "resume": ""} for page in enfants[:8]]


def termes_voisins(texte: str, version: int) -> list[dict[str, str]]:
    """The terms of the glossary that look most like a word of `texte`, the likest first."""

    def compute() -> list[tuple[str, str, str]]:
        lignes = SearchEntry.objects.filter(source__startswith="terme:", position=0).values_list("titre", "adresse")
        return [(mot, titre, url) for titre, url in lignes for mot in _mots(titre)]

    connus = cached(version, "search:termes", compute)
    mots = [mot for mot, _, _ in connus]
    notes: dict[tuple[str, str], float] = {}
    for mot in _mots(texte)[:MOTS_MAX]:
        for _, note, rang in process.extract(mot, mots, scorer=fuzz.ratio, score_cutoff=RESSEMBLANCE, limit=TERMES_MAX):
            _, titre, url = connus[rang]
            notes[titre, url] = max(note, notes.get((titre, url), 0.0))
    proches = sorted(notes, key=lambda terme: (-notes[terme], terme))[:TERMES_MAX]
    return [{"titre": titre, "url": url} for titre, url in proches]


def demande_de_document(texte: str, nom_du_site: str, version: int) -> str:
    """A `mailto:` to the contact of the site, the search in its subject; empty when the site gives no address."""
    courriel = courriel_de_contact(version)
    if not courriel:
        return ""
    cherche = texte[:120] or "un document"
    message = {
        "subject": f"Document recherché : {cherche}",
        "body": f"Bonjour,\n\nJe cherche sur {nom_du_site} : {cherche}\n\nCe que j’en sais (titre, auteur, année) :\n",
    }
    return f"mailto:{quote(courriel)}?{urlencode(message, quote_via=quote)}"


def _mots(texte: str) -> list[str]:
    mots = "".join(caractere if caractere.isalnum() else " " for caractere in plier(texte)).split()
    return [mot for mot in dict.fromkeys(mots) if len(mot) > 3 and mot not in MOTS_VIDES]
