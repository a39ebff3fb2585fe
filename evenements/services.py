"""The programme of a meeting, and the meetings in brief."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.timezone import get_default_timezone, localtime, now

from core.cards import cards_for
from core.version import cached
from evenements.heures import date_en_mots, heure_en_mots

if TYPE_CHECKING:
    from evenements.models import Creneau, RencontrePage

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class RencontreEnBref:
    """A meeting as the home page announces it; `debut` and `fin` are aware datetimes."""

    page_id: int
    titre: str
    url: str
    theme: str
    chapo: str
    debut: datetime
    fin: datetime
    date: str
    mode: str
    agenda: str

    @property
    def a_venir(self) -> bool:
        return self.fin >= now()


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day in words and for machines (ISO, with its offset)."""

    iso: str
    en_mots: str


@dataclass(frozen=True, slots=True)
class CreneauAffiche:
    """A slot as the programme shows it, with the slots that it contains."""

    debut: Moment
    fin: Moment
    titre: str
    temps: str
    pause: bool
    description: str
    intervenants: str
    participation: str
    rediffusion: str
    agenda: str
    contenus: tuple[CreneauAffiche, ...] = ()


def instant_of(page: RencontrePage, moment: time) -> datetime:
    """A time of the meeting's day, in Europe/Paris: the zone gives the offset of that day."""
    return datetime.combine(localtime(page.debut).date(), moment, tzinfo=get_default_timezone())


def _moment(instant: datetime) -> Moment:
    local = localtime(instant)
    return Moment(local.isoformat(timespec="minutes"), heure_en_mots(local.time()))


def quand(page: RencontrePage) -> dict:
    """The day and the hours of a meeting; nothing yet for a page that is being created."""
    if not page.debut or not page.fin:
        return {"date": "", "debut": None, "fin": None, "a_venir": False, "en_cours": False}
    return {
        "date": date_en_mots(localtime(page.debut).date()),
        "debut": _moment(page.debut),
        "fin": _moment(page.fin),
        "a_venir": page.fin >= now(),
        "en_cours": page.debut <= now() <= page.fin,
    }


def programme(page: RencontrePage) -> list[CreneauAffiche]:
    """The slots of the day, by time; a phase contains those that name it, an orphan stands alone."""
    if not page.debut:
        return []
    slots = sorted(page.creneaux.all(), key=lambda slot: (slot.debut, not slot.temps, slot.sort_order or 0))
    phases = {slot.temps for slot in slots if slot.temps}
    contents = defaultdict(list)
    for slot in slots:
        if slot.parent in phases and not slot.temps:
            contents[slot.parent].append(_shown(page, slot))
    return [
        _shown(page, slot, tuple(contents[slot.temps]) if slot.temps else ())
        for slot in slots
        if slot.temps or slot.parent not in phases
    ]


def _shown(page: RencontrePage, slot: Creneau, contents: tuple[CreneauAffiche, ...] = ()) -> CreneauAffiche:
    agenda = f"{reverse('programme_ics', args=[page.slug])}?creneau={slot.pk}" if slot.pk and page.slug else ""
    return CreneauAffiche(
        debut=_moment(instant_of(page, slot.debut)),
        fin=_moment(instant_of(page, slot.fin)),
        titre=slot.titre,
        temps=slot.temps,
        pause=slot.pause,
        description=slot.description,
        intervenants=slot.intervenants,
        participation=", ".join(filter(None, [str(slot.get_mode_display()), slot.lieu])),
        rediffusion=slot.rediffusion,
        agenda="" if slot.pause else agenda,
        contenus=contents,
    )


def rencontres_en_bref(version: int) -> list[RencontreEnBref]:
    """The live, public meetings, the most recent first."""

    def compute() -> list[RencontreEnBref]:
        from evenements.models import RencontrePage

        return [
            RencontreEnBref(
                page_id=page.pk,
                titre=page.title,
                url=page.get_url(),
                theme=page.theme,
                chapo=page.chapo,
                debut=localtime(page.debut),
                fin=localtime(page.fin),
                date=date_en_mots(localtime(page.debut).date()),
                mode=str(page.get_mode_display()),
                agenda=reverse("programme_ics", args=[page.slug]),
            )
            for page in RencontrePage.objects.live().public().order_by("-debut")
        ]

    return cached(version, "rencontres:en-bref", compute)


def rencontre_a_la_une(version: int) -> RencontreEnBref | None:
    """The next meeting, or else the last one; None when there is none."""
    meetings = rencontres_en_bref(version)
    to_come = [meeting for meeting in meetings if meeting.a_venir]
    return to_come[-1] if to_come else next(iter(meetings), None)


def liste(version: int, page_number: str | None) -> dict:
    """The context of the list: cards of the meetings to come, the soonest first, and of a page of the past ones."""
    meetings = rencontres_en_bref(version)
    announced = [meeting.page_id for meeting in reversed(meetings) if meeting.a_venir]
    to_come = announced[:PER_PAGE]
    past = Paginator([meeting.page_id for meeting in meetings if not meeting.a_venir], PER_PAGE)
    page = past.get_page(page_number)
    cards = cards_for([*to_come, *page], version)
    return {
        "a_venir": [cards[key] for key in to_come if key in cards],
        "nombre_a_venir": len(announced),
        "passees": [cards[key] for key in page if key in cards],
        "page_obj": page,
        "base_pagination": "",
    }
