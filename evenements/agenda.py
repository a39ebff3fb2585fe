"""A meeting as iCalendar (RFC 5545), for the visitor's own diary."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from icalendar import Calendar, Event, Timezone

from evenements.services import instant_of

if TYPE_CHECKING:
    from evenements.models import Creneau, RencontrePage

# Never the served host: an event keeps its identifier when the site changes address.
DOMAIN = "alliances-en-territoire"

# Europe/Paris since October 1996: both changes at 01:00 UTC on the last Sundays of March and October (directive
# 2000/84/EC; rule « EU » of the tz database). An onset is told in the local time just before it (RFC 5545, § 3.6.5),
# where icalendar's own generator writes the time just after.
EUROPE_PARIS = """BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


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
    # No METHOD: that of iTIP would ask for an ORGANIZER (RFC 5546, § 3.2.1), and this is a file, not an invitation.
    calendar.add_component(Timezone.from_ical(EUROPE_PARIS))
    calendar.add_component(event)
    return calendar.to_ical()


def _programme_as_text(page: RencontrePage, slots: Sequence[Creneau]) -> str:
    lines = [page.theme, page.chapo, page.format]
    lines += [f"{slot.debut:%H:%M}-{slot.fin:%H:%M} {slot.titre}" for slot in slots]
    return "\n".join(filter(None, lines))
