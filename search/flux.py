"""The Atom feed of a search: what is new about a subject."""

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.html import escape

from core.context import absolute_base
from core.flux import FluxAtom
from core.version import request_version
from search.comprendre import nettoyer
from search.facettes import filtres_de
from search.presentation import Hit, presenter
from search.query import chercher

TAILLE = 30


class FluxDeRecherche(Feed):
    """`/flux/recherche/?q=…`: the results of a search, the newest first."""

    feed_type = FluxAtom
    subtitle = "Les pages et les documents qui répondent à cette recherche, du plus récent au plus ancien."

    def get_object(self, request: HttpRequest) -> dict:
        texte = nettoyer(request.GET.get("q", ""))
        resultats = chercher(
            texte, filtres_de(request.GET), version=request_version(request), taille=TAILLE, tri="date"
        )
        return {
            "q": texte,
            "base": absolute_base(request),
            "link": f"/recherche/?{request.GET.urlencode()}",
            "hits": presenter(resultats, request),
        }

    def title(self, obj: dict) -> str:
        return f"Recherche : {obj['q']}" if obj["q"] else "Recherche"

    def link(self, obj: dict) -> str:
        return obj["base"] + obj["link"]

    def feed_guid(self, obj: dict) -> str:
        return self.link(obj)

    def items(self, obj: dict) -> list[tuple[str, Hit]]:
        return [(obj["base"], hit) for hit in obj["hits"]]

    def item_title(self, item: tuple[str, Hit]) -> str:
        return item[1].titre

    def item_description(self, item: tuple[str, Hit]) -> str:
        return escape(item[1].extraits[0].texte) if item[1].extraits else ""

    def item_link(self, item: tuple[str, Hit]) -> str:
        return item[0] + item[1].url

    def item_updateddate(self, item: tuple[str, Hit]):
        return item[1].date

    def item_pubdate(self, item: tuple[str, Hit]):
        return item[1].date
