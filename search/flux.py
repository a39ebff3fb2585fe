"""The Atom feed of a search: what is new about a subject."""

from datetime import datetime
from typing import NamedTuple

from django.contrib.syndication.views import Feed
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.html import escape

from core.context import absolute_base
from core.flux import FluxAtom
from core.version import request_version
from search.adresses import Recherche
from search.mises_en_avant import Classe
from search.models import SearchEntry
from search.presentation import Hit, presenter
from search.query import Trouvaille, chercher

TAILLE = 30


class Article(NamedTuple):
    """A hit, the address of the site, and since when the site shows it."""

    base: str
    hit: Hit
    date: datetime | None


def _mise_en_ligne(trouvaille: Trouvaille) -> datetime | None:
    entree = trouvaille.passages[0]
    if entree.document is not None:
        return entree.document.created_at
    return entree.page.first_published_at if entree.page is not None else None


def _par_mise_en_ligne(sources: list[Classe]) -> list[Classe]:
    """The newest on the site first, by dates alone: a document of 2011 may have come today."""
    premiers = SearchEntry.objects.filter(pk__in=[cles[0] for _, _, cles in sources]).order_by()
    dates = dict(premiers.values_list("pk", Coalesce("document__created_at", "page__first_published_at")))
    datees = [(dates.get(source[2][0]), source) for source in sources]
    connues = [(date, source) for date, source in datees if date is not None]
    connues.sort(key=lambda datee: datee[0], reverse=True)
    return [source for _, source in connues] + [source for date, source in datees if date is None]


class FluxDeRecherche(Feed):
    """`/flux/recherche/?q=…`: the results of a search, the newest first."""

    feed_type = FluxAtom
    subtitle = "Les pages et les documents qui répondent à cette recherche, du plus récent au plus ancien."

    def get_object(self, request: HttpRequest) -> dict:
        voulue = Recherche.lue(request)
        resultats = chercher(
            voulue.texte,
            voulue.filtres,
            version=request_version(request),
            taille=TAILLE,
            tri="date",
            tels_quels=voulue.tels_quels,
            trier=_par_mise_en_ligne,
        )
        return {
            "q": voulue.texte,
            "base": absolute_base(request),
            "link": f"/recherche/?{request.GET.urlencode()}",
            "hits": presenter(resultats, request),
            "dates": [_mise_en_ligne(hit) for hit in resultats.hits],
        }

    def title(self, obj: dict) -> str:
        return f"Recherche : {obj['q']}" if obj["q"] else "Recherche"

    def link(self, obj: dict) -> str:
        return obj["base"] + obj["link"]

    def feed_guid(self, obj: dict) -> str:
        return self.link(obj)

    def items(self, obj: dict) -> list[Article]:
        return [Article(obj["base"], *datee) for datee in zip(obj["hits"], obj["dates"], strict=True)]

    def item_title(self, item: Article) -> str:
        return item.hit.titre

    def item_description(self, item: Article) -> str:
        return escape(item.hit.extraits[0].texte) if item.hit.extraits else ""

    def item_link(self, item: Article) -> str:
        return item.base + item.hit.url

    def item_updateddate(self, item: Article):
        return item.date

    def item_pubdate(self, item: Article):
        return item.date
