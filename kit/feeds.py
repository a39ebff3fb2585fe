"""The Atom feed of the latest resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.contrib.syndication.views import Feed

from core.cards import cards_for
from core.context import absolute_base
from core.flux import FluxAtom
from core.typography import typo_text
from core.version import cached, request_version
from kit.models import RessourcePage

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from core.protocols import Carte

LATEST = 30


class Flux(NamedTuple):
    """What one answer of the feed is made from."""

    base: str
    version: int


class Article(NamedTuple):
    base: str
    carte: Carte
    publie: datetime
    revu: datetime


class RessourcesFeed(Feed):
    """The resources published last, the newest first; absolute links follow BASE_URL or the address asked."""

    feed_type = FluxAtom
    title = "Alliances en territoire : les ressources du kit"
    subtitle = "Les dernières ressources publiées sur la co-construction territoriale."

    def get_object(self, request: HttpRequest) -> Flux:
        return Flux(absolute_base(request), request_version(request))

    def link(self, flux: Flux) -> str:
        return f"{flux.base}/kit/"

    def feed_url(self, flux: Flux) -> str:
        return f"{flux.base}/flux/ressources/"

    def items(self, flux: Flux) -> list[Article]:
        def latest() -> list[tuple[int, datetime, datetime]]:
            pages = RessourcePage.objects.live().public().exclude(first_published_at=None)
            dates = pages.order_by("-first_published_at", "-pk")
            return list(dates.values_list("pk", "first_published_at", "last_published_at")[:LATEST])

        rows = cached(flux.version, "kit:flux", latest)
        cards = cards_for([pk for pk, *_ in rows], flux.version)
        return [
            Article(flux.base, cards[pk], published, revised or published)
            for pk, published, revised in rows
            if pk in cards
        ]

    def item_title(self, item: Article) -> str:
        return typo_text(item.carte.titre)

    def item_description(self, item: Article) -> str:
        return typo_text(item.carte.resume)

    def item_link(self, item: Article) -> str:
        return item.base + item.carte.url

    def item_guid(self, item: Article) -> str:
        return f"urn:uuid:{item.carte.uuid}"

    def item_pubdate(self, item: Article) -> datetime:
        return item.publie

    def item_updateddate(self, item: Article) -> datetime:
        return item.revu

    def item_categories(self, item: Article) -> list[str]:
        return [item.carte.nature_titre] if item.carte.nature_titre else []
