"""What a case holds in several copies: actors, facts with their dates, figures, resources."""

from django.core.validators import RegexValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from fils_rouges.vocabulaire import Famille

YEAR_OR_MONTH = RegexValidator(
    r"^[0-9]{4}(-(0[1-9]|1[0-2]))?$", "Une date s’écrit AAAA ou AAAA-MM, par exemple 2016-02."
)


class Acteur(Orderable):
    """Somebody who took part in a case, and what they were looking for."""

    page = ParentalKey("fils_rouges.FilRougePage", on_delete=models.CASCADE, related_name="acteurs")
    nom = models.CharField("nom", max_length=120)
    famille = models.CharField(
        "famille",
        max_length=20,
        choices=Famille.choices,
        help_text="Classement du site ; les sources n’en donnent pas.",
    )
    role = models.CharField("rôle", max_length=200, blank=True)
    objectif = models.CharField("ce que cet acteur cherchait", max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("nom"), FieldPanel("famille")]),
        FieldPanel("role"),
        FieldPanel("objectif"),
    ]
    api_fields = [APIField("nom"), APIField("famille"), APIField("role"), APIField("objectif")]

    class Meta(Orderable.Meta):
        verbose_name = "acteur"
        verbose_name_plural = "acteurs"

    @property
    def en_phrase(self) -> str:
        return ", ".join(filter(None, [self.nom, self.role, self.objectif])) + "."


class Jalon(Orderable):
    """A fact of the timeline, dated as precisely as its source does and no more."""

    page = ParentalKey("fils_rouges.FilRougePage", on_delete=models.CASCADE, related_name="jalons")
    date = models.CharField(
        "date",
        max_length=7,
        blank=True,
        validators=[YEAR_OR_MONTH],
        help_text="AAAA ou AAAA-MM ; laissez vide si elle n’est pas connue.",
    )
    fait = models.CharField("fait", max_length=300)

    panels = [FieldPanel("date"), FieldPanel("fait")]
    api_fields = [APIField("date"), APIField("fait")]

    class Meta(Orderable.Meta):
        verbose_name = "jalon"
        verbose_name_plural = "jalons"


class Chiffre(Orderable):
    """A figure that a source gives of a case, in the source's own precision."""

    page = ParentalKey("fils_rouges.FilRougePage", on_delete=models.CASCADE, related_name="chiffres")
    valeur = models.CharField("chiffre", max_length=40, help_text="Avec son unité : « 16 », « plus de 350 », « 12 % ».")
    libelle = models.CharField("ce qu’il compte", max_length=200)
    date = models.CharField(
        "date",
        max_length=7,
        blank=True,
        validators=[YEAR_OR_MONTH],
        help_text="AAAA ou AAAA-MM ; laissez vide si elle n’est pas connue.",
    )
    source = models.CharField("source", max_length=200, blank=True, help_text="Qui le donne, et où.")

    panels = [FieldRowPanel([FieldPanel("valeur"), FieldPanel("date")]), FieldPanel("libelle"), FieldPanel("source")]
    api_fields = [APIField("valeur"), APIField("libelle"), APIField("date"), APIField("source")]

    class Meta(Orderable.Meta):
        verbose_name = "chiffre"
        verbose_name_plural = "chiffres"

    @property
    def en_phrase(self) -> str:
        return f"{self.valeur} {self.libelle}."


class RessourceLiee(Orderable):
    """A resource of the kit that tells of the case."""

    page = ParentalKey("fils_rouges.FilRougePage", on_delete=models.CASCADE, related_name="ressources")
    ressource = models.ForeignKey(
        "kit.RessourcePage", on_delete=models.CASCADE, related_name="+", verbose_name="ressource"
    )

    panels = [PageChooserPanel("ressource")]

    class Meta(Orderable.Meta):
        verbose_name = "ressource liée"
        verbose_name_plural = "ressources liées"
