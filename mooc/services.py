"""What the MOOC's pages show, computed once per version of the content, so that a warm page asks nothing more.

Models call these functions: those that need a model import it when called.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from core.cards import cards_for
from core.context import absolute_base
from core.templatetags.typo import horodatage
from core.version import cached, request_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from mooc.models import EpisodePage, MoocPage


class EpisodeEnBref(NamedTuple):
    """An episode in a list."""

    numero: int
    titre_court: str
    url: str
    uuid: str


class Renvoi(NamedTuple):
    """An episode that sends to a page, and why."""

    numero: int
    titre_court: str
    url: str
    note: str


class Compagnon(NamedTuple):
    """The MOOC's page, seen from its record in the kit."""

    titre: str
    url: str


@dataclass(frozen=True, slots=True)
class References:
    """By page: the episodes that send to it, those that follow it, the MOOC that it presents."""

    lectures: dict[int, list[Renvoi]]
    suivis: dict[int, list[Renvoi]]
    fiches: dict[int, Compagnon]


def of_live_page(page, request: HttpRequest, name: str, compute: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What `compute` says of a page: remembered when the page is the one that everybody sees, fresh in a preview."""
    if getattr(request, "is_preview", False) or not page.live:
        return compute()
    return cached(request_version(request), f"mooc:{name}:{page.pk}", compute)


def episodes_en_bref(version: int) -> list[EpisodeEnBref]:
    """The public episodes of the MOOC, in order."""
    from mooc.models import EpisodePage

    def compute() -> list[EpisodeEnBref]:
        pages = EpisodePage.objects.live().public().order_by("numero", "path")
        return [EpisodeEnBref(page.numero, page.titre_court, page.get_url(), page.uuid) for page in pages]

    return cached(version, "mooc:episodes", compute)


def references(version: int) -> References:
    """What other rooms' pages should know of the MOOC."""
    from mooc.models import EpisodePage, MoocPage

    def compute() -> References:
        reading: dict[int, list[Renvoi]] = defaultdict(list)
        following: dict[int, list[Renvoi]] = defaultdict(list)
        episodes = EpisodePage.objects.live().public().order_by("numero", "path")
        for episode in episodes.prefetch_related("liens", "fils_rouges"):
            url = episode.get_url()
            for link in episode.liens.all():
                reading[link.cible_id].append(
                    Renvoi(episode.numero, episode.titre_court, f"{url}#allons-plus-loin", link.note)
                )
            for link in episode.fils_rouges.all():
                following[link.fil_rouge_id].append(Renvoi(episode.numero, episode.titre_court, url, ""))
        moocs = MoocPage.objects.live().public().filter(fiche__isnull=False)
        records = {mooc.fiche_id: Compagnon(mooc.titre_du_mooc or mooc.title, mooc.get_url()) for mooc in moocs}
        return References(dict(reading), dict(following), records)

    return cached(version, "mooc:renvois", compute)


# --- the MOOC's page


def fiche_du_mooc(page: MoocPage, request: HttpRequest) -> dict[str, Any]:
    """Producers, episodes with what each holds, the kit's records of this MOOC and of the one before."""
    from mooc.models import EpisodePage, VideoPage

    def compute() -> dict[str, Any]:
        version = request_version(request)
        episodes = list(EpisodePage.objects.child_of(page).live().public().order_by("numero", "path"))
        parents: dict[str, int] = defaultdict(int)
        for path in VideoPage.objects.descendant_of(page).live().public().values_list("path", flat=True):
            parents[path[: -VideoPage.steplen]] += 1
        records = cards_for([pk for pk in (page.fiche_id, page.suite_de_id) if pk], version)
        return {
            "producteurs": [link.organisme for link in page.producteurs.all()],
            "duree_totale": (page.sessions or 0) * (page.minutes_par_session or 0),
            "episodes": [
                {
                    "numero": episode.numero,
                    "titre_court": episode.titre_court,
                    "titre": episode.title,
                    "url": episode.get_url(),
                    "uuid": episode.uuid,
                    "entretiens": parents[episode.path],
                }
                for episode in episodes
            ],
            "fiche": records.get(page.fiche_id),
            "suite_de": records.get(page.suite_de_id),
        }

    return of_live_page(page, request, "mooc", compute)


def course(page: MoocPage, request: HttpRequest) -> dict[str, Any]:
    """The MOOC as schema.org's Course."""
    base, facts = absolute_base(request), fiche_du_mooc(page, request)
    url = base + page.get_url(request)
    data: dict[str, Any] = {
        "@type": "Course",
        "@id": url,
        "url": url,
        "name": page.titre_du_mooc or page.title,
        "description": page.meta_description,
        "inLanguage": "fr",
        "provider": [{"@type": "Organization", "name": organisme.nom} for organisme in facts["producteurs"]],
        "hasPart": [
            {
                "@type": "LearningResource",
                "position": episode["numero"],
                "name": episode["titre"],
                "url": base + episode["url"],
            }
            for episode in facts["episodes"]
        ],
    }
    if facts["duree_totale"]:
        data["timeRequired"] = f"PT{facts['duree_totale']}M"
    return data


# --- an episode


def fiche_de_l_episode(page: EpisodePage, request: HttpRequest) -> dict[str, Any]:
    """Sequences in order with their times, pages to read, fils rouges, neighbours of an episode."""
    from mooc.models import MoocPage, VideoPage

    def compute() -> dict[str, Any]:
        version = request_version(request)
        interviews = list(
            VideoPage.objects.child_of(page).live().public().order_by("path").prefetch_related("chapitres")
        )
        cards = cards_for([interview.pk for interview in interviews], version)
        links = list(page.liens.all())
        found = cards_for([link.cible_id for link in links], version)
        reading = [
            replace(card, resume=link.note or card.resume) for link in links if (card := found.get(link.cible_id))
        ]
        threads = cards_for([link.fil_rouge_id for link in page.fils_rouges.all()], version)
        episodes = episodes_en_bref(version)
        mooc = MoocPage.objects.ancestor_of(page).first()
        return {
            "sequences": [
                {
                    "carte": card,
                    "duree": interview.duree,
                    "temps": horodatage(interview.duree) if interview.duree else "",
                    "chapitres": [
                        {
                            "titre": chapter.titre,
                            "temps": horodatage(chapter.debut),
                            "url": f"{card.url}?t={chapter.debut}",
                        }
                        for chapter in interview.chapitres.all()
                    ],
                }
                for interview in interviews
                if (card := cards.get(interview.pk))
            ],
            "duree": sum(interview.duree or 0 for interview in interviews),
            "lectures": reading,
            "fils_rouges": list(threads.values()),
            "nombre": len(episodes),
            "precedent": max((one for one in episodes if one.numero < page.numero), default=None),
            "suivant": min((one for one in episodes if one.numero > page.numero), default=None),
            "temps": page.temps_de_lecture(),
            "minutes_de_session": mooc.minutes_par_session if mooc else None,
            "mooc": {"titre": mooc.titre_du_mooc or mooc.title, "url": mooc.get_url()} if mooc else None,
        }

    return of_live_page(page, request, "episode", compute)


def episode_as_learning_resource(page: EpisodePage, request: HttpRequest) -> dict[str, Any]:
    """The episode as schema.org's LearningResource, part of its Course."""
    base, facts = absolute_base(request), fiche_de_l_episode(page, request)
    data: dict[str, Any] = {
        "@type": "LearningResource",
        "url": base + page.get_url(request),
        "name": page.title,
        "alternateName": page.titre_court,
        "description": page.meta_description,
        "position": page.numero,
        "inLanguage": "fr",
        "teaches": [str(block.value) for block in page.questions],
        "hasPart": [
            {"@type": "CreativeWork", "name": part["carte"].titre, "url": base + part["carte"].url}
            for part in facts["sequences"]
        ],
    }
    if facts["mooc"]:
        url = base + facts["mooc"]["url"]
        data["isPartOf"] = {"@type": "Course", "@id": url, "url": url, "name": facts["mooc"]["titre"]}
    return data


# --- a second asked for in the address

SECOND = re.compile(r"[0-9]{1,6}", re.ASCII)


def second_asked(request: HttpRequest, duree: int | None) -> int | None:
    """The second of `?t=`, or None when it is not one of the video."""
    text = request.GET.get("t", "")
    if not SECOND.fullmatch(text):
        return None
    second = int(text)
    return None if duree and second > duree else second
