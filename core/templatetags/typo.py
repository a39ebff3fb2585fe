"""Filters that every template may use without loading: typography, rich text, words for figures and times."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from wagtail.rich_text import RichText, expand_db_html

from core.protocols import Temps
from core.typography import NB, typo_html, typo_text

register = template.Library()


@register.filter
def typo(value) -> str:
    """French typography of a plain field, as escaped HTML with raised ordinals."""
    return mark_safe(typo_html(str(conditional_escape(value)))) if value not in (None, "") else ""  # noqa: S308


@register.filter
def typo_brut(value) -> str:
    """French typography of a plain field where no tag may stand: title, attribute, description."""
    return typo_text(str(value)) if value not in (None, "") else ""


@register.filter
def riche(value) -> str:
    """Rich text of an editor, sanitised by Wagtail's whitelist on entry, with French typography."""
    if not value:
        return ""
    source = value.source if isinstance(value, RichText) else str(value)
    return mark_safe(typo_html(expand_db_html(source)))  # noqa: S308


@register.filter
def octets(value) -> str:
    """A file size in French units of a thousand: « 1,2 Mo »."""
    size = float(value or 0)
    if size < 1000:
        return f"{int(size)}{NB}octets"
    if size < 999_500:
        return f"{round(size / 1000)}{NB}ko"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + f"{NB}Mo"


@register.filter
def duree_en_mots(minutes) -> str:
    """Minutes in words: « 35 min », « 1 h 10 »."""
    minutes = int(minutes or 0)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NB}min"
    return f"{hours}{NB}h{NB}{rest:02d}" if rest else f"{hours}{NB}h"


@register.filter
def temps_en_mots(temps: Temps) -> str:
    """A `Temps` in words: « 12 min de lecture, 8 h de formation, 4 documents de durée inconnue »."""
    parts = []
    if temps.lecture:
        parts.append(f"{duree_en_mots(temps.lecture)} de lecture")
    if temps.formation:
        parts.append(f"{duree_en_mots(temps.formation)} de formation")
    if temps.inconnus:
        parts.append(pluriel_fr(temps.inconnus, "document de durée inconnue,documents de durée inconnue"))
    return ", ".join(parts)


@register.filter
def horodatage(seconds) -> str:
    """Seconds as a media time: « 2:22 », « 1:02:03 »."""
    minutes, rest = divmod(int(seconds or 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


@register.filter
def pluriel_fr(count, forms: str) -> str:
    """« 0 étape, 1 étape, 2 étapes »: French keeps the singular below two. `forms` is "étape,étapes"."""
    singular, _, plural = forms.partition(",")
    number = float(count or 0)
    shown = f"{count:,}".replace(",", "\u202f") if isinstance(count, int) else str(count)
    return f"{shown}{NB}{plural if number >= 2 else singular}"
