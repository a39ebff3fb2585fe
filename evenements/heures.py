"""Dates and times in French words."""

from datetime import date, time

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
NB = "\u00a0"


def date_en_mots(day: date) -> str:
    """« lundi 12 juillet 2021 », « jeudi 1er juillet 2021 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number}{NB}{MONTHS[day.month - 1]}{NB}{day.year}"


def heure_en_mots(moment: time) -> str:
    """« 9 h », « 9 h 10 »."""
    return f"{moment.hour}{NB}h{NB}{moment.minute:02d}" if moment.minute else f"{moment.hour}{NB}h"
