"""A meeting and the slots of its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.timezone import localtime
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from core.blocks import CorpsBlock
from core.context import absolute_base
from core.models import BasePage
from core.protocols import Carte, Passage
from evenements.forms import RencontreForm
from evenements.heures import date_en_mots

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Mode(models.TextChoices):
    """How one takes part in a meeting."""

    SUR_PLACE = "sur-place", "Sur place"
    A_DISTANCE = "a-distance", "À distance"
    LES_DEUX = "les-deux", "Sur place et à distance"


SCHEMA_MODES = {
    Mode.SUR_PLACE: "https://schema.org/OfflineEventAttendanceMode",
    Mode.A_DISTANCE: "https://schema.org/OnlineEventAttendanceMode",
    Mode.LES_DEUX: "https://schema.org/MixedEventAttendanceMode",
}


class RencontrePage(BasePage):
    """A meeting, which holds in one day of Europe/Paris, with its programme."""

    genre, genre_label = "rencontre", "Rencontre"
    parent_page_types = ["evenements.RencontresIndexPage"]
    subpage_types: ClassVar[list] = []
    template = "evenements/rencontre_page.html"
    page_description = "Une rencontre d’une journée : date, lieu, programme, agenda à télécharger."
    base_form_class = RencontreForm

    theme = models.CharField("thème", max_length=200, blank=True)
    debut = models.DateTimeField("début", help_text="Heure de Paris.")
    fin = models.DateTimeField("fin", help_text="Le même jour, heure de Paris.")
    mode = models.CharField("participation", max_length=20, choices=Mode.choices, default=Mode.SUR_PLACE)
    format = models.CharField(
        "précision sur le format",
        max_length=200,
        blank=True,
        help_text="Montrée à la place, par exemple « à distance (présentiel à confirmer) ».",
    )
    lieu = models.CharField("lieu", max_length=255, blank=True, help_text="Adresse, quand on vient sur place.")
    lien_direct = models.URLField("lien pour suivre à distance", blank=True)
    rediffusion = models.URLField("lien de la rediffusion", blank=True)
    corps = StreamField(CorpsBlock(), verbose_name="présentation", blank=True)

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("theme"),
        index.SearchField("corps"),
        index.FilterField("debut"),
    ]
    api_fields = [
        APIField(name)
        for name in ("chapo", "theme", "debut", "fin", "mode", "format", "lieu", "rediffusion", "creneaux")
    ]
    content_panels: ClassVar[list] = [
        *BasePage.content_panels,
        FieldPanel("theme"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("debut"), FieldPanel("fin")]),
                FieldPanel("mode"),
                FieldPanel("format"),
                FieldPanel("lieu"),
                FieldPanel("lien_direct"),
                FieldPanel("rediffusion"),
            ],
            heading="Quand, où, comment",
        ),
        FieldPanel("corps"),
        InlinePanel(
            "creneaux",
            heading="Programme",
            label="Créneau",
            help_text="Dans l’ordre de la journée. Un temps (« inspiration ») contient les créneaux qui le nomment.",
        ),
    ]

    class Meta:
        verbose_name = "rencontre"
        verbose_name_plural = "rencontres"

    def clean(self) -> None:
        super().clean()
        if not self.debut or not self.fin:
            return
        if self.fin <= self.debut:
            raise ValidationError({"fin": "La fin vient après le début."})
        if localtime(self.debut).date() != localtime(self.fin).date():
            raise ValidationError({"fin": "Une rencontre tient en une journée : créez une page par jour."})

    def get_context(self, request, *args, **kwargs) -> dict:
        from evenements import services

        context = super().get_context(request, *args, **kwargs)
        context["programme"] = services.programme(self)
        context["quand"] = services.quand(self)
        context["agenda"] = reverse("programme_ics", args=[self.slug]) if self.slug else ""
        return context

    # --- protocol

    def passages(self) -> Iterable[Passage]:
        yield from super().passages()
        if self.theme:
            yield Passage(self.theme)
        for creneau in self.creneaux.all():
            if not creneau.pause:
                text = " ".join(filter(None, [creneau.titre, creneau.description, creneau.intervenants]))
                yield Passage(text, "Programme", "#programme")

    def facettes(self) -> dict[str, list[str]]:
        year = localtime(self.debut).year
        return {"annee": [f"{year}|{year}"]}

    def date_propre(self) -> datetime:
        return self.debut

    def carte(self) -> Carte:
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=self.title,
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.chapo or self.theme,
            details=(date_en_mots(localtime(self.debut).date()), Mode(self.mode).label),
        )

    def schema_org(self, request) -> list[dict]:
        if not self.debut or not self.fin:
            return []
        places: list[dict] = []
        if self.mode != Mode.SUR_PLACE:
            url = self.lien_direct or self.get_full_url(request)
            places.append({"@type": "VirtualLocation", "url": url})
        if self.lieu:
            places.append({"@type": "Place", "name": self.lieu, "address": self.lieu})
        event: dict = {
            "@type": "Event",
            "name": self.title,
            "description": self.meta_description or self.theme or self.title,
            "url": self.get_full_url(request),
            "startDate": localtime(self.debut).isoformat(),
            "endDate": localtime(self.fin).isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": SCHEMA_MODES[Mode(self.mode)],
            "inLanguage": "fr",
            "image": absolute_base(request) + self.image_de_partage() if self.pk else "",
        }
        if places:
            event["location"] = places
        return [{key: value for key, value in event.items() if value}]


class Creneau(Orderable):
    """A slot of the day: a phase that contains others, a slot inside a phase, or one that stands alone."""

    page = ParentalKey(RencontrePage, on_delete=models.CASCADE, related_name="creneaux")
    debut = models.TimeField("début")
    fin = models.TimeField("fin")
    titre = models.CharField("titre", max_length=255)
    temps = models.CharField(
        "nom du temps",
        max_length=60,
        blank=True,
        help_text="Seulement pour un temps qui contient d’autres créneaux, par exemple « inspiration ».",
    )
    parent = models.CharField(
        "dans le temps", max_length=60, blank=True, help_text="Le nom du temps qui contient ce créneau."
    )
    pause = models.BooleanField("pause", default=False)
    description = models.TextField("description", max_length=1000, blank=True)
    intervenants = models.CharField("intervenants", max_length=500, blank=True)
    mode = models.CharField(
        "participation",
        max_length=20,
        choices=Mode.choices,
        blank=True,
        help_text="Seulement quand elle n’est pas celle de la rencontre, par exemple un atelier sur place.",
    )
    lieu = models.CharField("lieu", max_length=255, blank=True, help_text="Salle ou adresse propre à ce créneau.")
    rediffusion = models.URLField("lien de la rediffusion", blank=True, help_text="Celle de ce seul créneau.")

    panels = [
        FieldRowPanel([FieldPanel("debut"), FieldPanel("fin"), FieldPanel("pause")]),
        FieldPanel("titre"),
        FieldRowPanel([FieldPanel("temps"), FieldPanel("parent")]),
        FieldPanel("description"),
        FieldPanel("intervenants"),
        FieldRowPanel([FieldPanel("mode"), FieldPanel("lieu")]),
        FieldPanel("rediffusion"),
    ]
    api_fields = [
        APIField(name)
        for name in (
            "debut", "fin", "titre", "temps", "parent", "pause", "description", "intervenants", "mode", "lieu",
            "rediffusion",
        )
    ]  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = "créneau"
        verbose_name_plural = "créneaux"

    def clean(self) -> None:
        super().clean()
        if self.debut and self.fin and self.fin <= self.debut:
            raise ValidationError({"fin": "La fin du créneau vient après son début."})
        if self.temps and self.parent:
            raise ValidationError({"parent": "Un temps n’est pas contenu dans un autre : videz l’un des deux champs."})
