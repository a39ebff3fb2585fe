"""How readers may write to those who run the site."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from core.version import cached


@register_setting(icon="mail")
class Coordonnees(BaseGenericSetting):
    """The address that the site gives to its readers, set in the admin; none until somebody sets it."""

    courriel = models.EmailField(
        "adresse électronique de contact",
        blank=True,
        help_text="Donnée aux lecteurs qui ne trouvent pas un document : leur message part de leur propre messagerie, "
        "la recherche déjà dans l’objet. Choisissez une adresse que plusieurs personnes lisent. Vide : rien n’est "
        "donné.",
    )

    panels = [FieldPanel("courriel")]

    class Meta:
        verbose_name = "contact"


def courriel_de_contact(version: int) -> str:
    """The contact address, or empty; never makes the row that a reader's GET must not write."""
    return cached(
        version,
        "core:courriel",
        lambda: Coordonnees.objects.values_list("courriel", flat=True).first() or "",
    )
