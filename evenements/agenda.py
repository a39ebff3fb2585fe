"""A meeting as iCalendar (RFC 5545), for the visitor's own diary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from icalendar import Calendar, Event

from evenements.services import instant_of

if TYPE_CHECKING:
    from evenements.models import Creneau, RencontrePage

# Never the served host: an event keeps its identifier when the site changes address.
DOMAIN = "alliances-en-territoire"


def _event(page: RencontrePage, uid: str, url: str, slot: Creneau | None = None) -> Event:
    event = Event()
    event.add("uid", f"{uid}@{DOMAIN}")
    stamp = (page.last_published_at or page.debut).astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", stamp)
    # A diary that holds an older copy of the event replaces it.
    event.add("last-modified", stamp)
    event.add("url", url)
    where = _where(page, slot)
    if where:
        event.add("location", where)
    return event


def _where(page: RencontrePage, slot: Creneau | None) -> str:
    """Where one goes: what the slot says of itself, or else what the meeting says."""
    on_site = page.lieu
    mode = page.mode
    if slot is not None:
        mode = slot.mode or mode
        on_site = ", ".join(filter(None, [slot.lieu, page.lieu]))
    places = {
        "sur-place": [on_site],
        "a-distance": [page.lien_direct],
        "les-deux": [on_site, page.lien_direct],
    }[mode]
    return " – ".join(filter(None, places))


def calendar_of(page: RencontrePage, url: str, creneau: Creneau | None = None) -> bytes:
    """One event: the whole day with its programme, or one slot. `url` is the page's absolute address.

    Times are those of Europe/Paris, whose rules travel along in a VTIMEZONE.
    """
    if creneau is None:
        event = _event(page, page.uuid, url)
        event.add("summary", page.title)
        event.add("dtstart", localtime(page.debut))
        event.add("dtend", localtime(page.fin))
        event.add("description", _programme_as_text(page, page.creneaux.all()))
    else:
        event = _event(page, f"{page.uuid}-{creneau.pk}", url, creneau)
        event.add("summary", f"{creneau.titre} ({page.title})")
        event.add("dtstart", instant_of(page, creneau.debut))
        event.add("dtend", instant_of(page, creneau.fin))
        text = "\n".join(filter(None, [creneau.description, creneau.intervenants]))
        if text:
            event.add("description", text)
    calendar = Calendar()
    calendar.add("prodid", "-//Alliances en territoire//Rencontres//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    # The rules of that year and its neighbours: those of a century would outweigh the event.
    year = localtime(page.debut).year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(year + 2, 1, 1))
    return calendar.to_ical()


def _programme_as_text(page: RencontrePage, slots: Sequence[Creneau]) -> str:
    lines = [page.theme, page.chapo, page.format]
    lines += [f"{slot.debut:%H:%M}-{slot.fin:%H:%M} {slot.titre}" for slot in slots]
    return "\n".join(filter(None, lines))
