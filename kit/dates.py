"""Dates of resources, as precise as their source: a year, a month, a day, or a span of years.

They are stored as written (« 2016 », « 2016-11 », « 2016-11-30 », « 2015/2016 ») and put in words on output.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.core.exceptions import ValidationError

FORM = re.compile(r"(?P<year>\d{4})(?:/(?P<last>\d{4})|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1800, 2100
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre",
)  # fmt: skip
EXPECTED = "Écrivez la date sous la forme AAAA, AAAA-MM, AAAA-MM-JJ ou AAAA/AAAA, par exemple 2016-11."


class Parts(NamedTuple):
    """What a source says of a date; None for what it does not say."""

    year: int
    last: int | None
    month: int | None
    day: int | None


def _parts(raw: str) -> Parts:
    """The parts of a date of a resource.

    Raises:
        ValueError: `raw` is not such a date; the message says why, in French.
    """
    match = FORM.fullmatch(raw)
    if match is None:
        raise ValueError(EXPECTED)
    year = int(match["year"])
    last, month, day = (int(match[name]) if match[name] else None for name in ("last", "month", "day"))
    if not all(FIRST_YEAR <= each <= LAST_YEAR for each in (year, last or year)):
        raise ValueError(f"L’année doit être comprise entre {FIRST_YEAR} et {LAST_YEAR}.")
    if last is not None and last <= year:
        raise ValueError("La seconde année doit venir après la première.")
    if month is not None:
        try:
            date(year, month, day or 1)
        except ValueError:
            raise ValueError("Ce jour ou ce mois n’existe pas dans le calendrier.") from None
    return Parts(year, last, month, day)


def validate_date(raw: str) -> None:
    """Refuse, in French, what is not a date of a resource."""
    try:
        _parts(raw)
    except ValueError as error:
        raise ValidationError(str(error), code="date") from None


def years_of(raw: str) -> list[int]:
    """The years that a date covers, none when it is empty or unreadable."""
    try:
        parts = _parts(raw)
    except ValueError:
        return []
    return list(range(parts.year, (parts.last or parts.year) + 1))


def first_day(raw: str) -> date | None:
    """The first day that a date may be, of its last year for a span; None when it is empty or unreadable."""
    try:
        year, last, month, day = _parts(raw)
    except ValueError:
        return None
    return date(last or year, month or 1, day or 1)


def date_in_words(raw: str) -> str:
    """« novembre 2016 », « 1er avril 2014 », « 2015 et 2016 », « de 2012 à 2016 »; empty when there is none."""
    try:
        year, last, month, day = _parts(raw)
    except ValueError:
        return ""
    if last is not None:
        return f"{year} et {last}" if last == year + 1 else f"de {year} à {last}"
    if month is None:
        return str(year)
    words = f"{MONTHS[month - 1]} {year}"
    if day is None:
        return words
    return f"{'1er' if day == 1 else day} {words}"


def machine_date(raw: str) -> str:
    """The date for `<time datetime>` and schema.org: a year, a month or a day; the first year of a span."""
    return raw.partition("/")[0] if years_of(raw) else ""
