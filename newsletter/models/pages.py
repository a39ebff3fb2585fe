"""The pages where a visitor subscribes."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import RichTextField

from core.cards import cards_for
from core.models import BasePage
from core.version import cached, request_version
from newsletter.adresses import RESERVEES
from newsletter.forms import InscriptionForm

FEATURES = ["bold", "italic", "ol", "ul", "link"]
CONSENTEMENT = (
    "En m’inscrivant, j’accepte de recevoir la lettre d’information à cette adresse, qui ne servira à rien "
    "d’autre. Je peux me désinscrire à tout moment, par un lien présent dans chaque courriel."
)


class PageInscription(BasePage):
    """What every sign-up page holds: one promise, one field, one button, and what happens next.

    The promise is the title and the lead. The page itself only shows the form: `newsletter.views` receives it.
    """

    hors_recherche = True
    genre_label = "Inscription à la lettre"

    bouton = models.CharField("texte du bouton", max_length=60, default="Recevoir la lettre")
    consentement = models.TextField(
        "texte du consentement",
        max_length=600,
        default=CONSENTEMENT,
        help_text="Affiché sous le bouton. Il est gardé, tel quel, avec chaque inscription : c’est la preuve du "
        "consentement. Le lien vers la page « Données personnelles » s’ajoute tout seul.",
    )
    suite = RichTextField(
        "ce qui se passe ensuite",
        features=FEATURES,
        blank=True,
        help_text="Par exemple : un courriel à confirmer, puis les lettres.",
    )
    qui_ecrit = RichTextField("qui écrit", features=FEATURES, blank=True)
    exemple = models.ForeignKey(
        "newsletter.LettrePage",
        verbose_name="lettre donnée en exemple",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Une lettre déjà parue, pour juger avant de s’inscrire.",
    )
    remerciement = RichTextField(
        "remerciement",
        features=FEATURES,
        blank=True,
        help_text="Affiché une fois l’inscription confirmée : dites par où commencer sur le site.",
    )

    api_fields = [APIField("chapo"), APIField("suite"), APIField("qui_ecrit")]
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel([FieldPanel("bouton"), FieldPanel("consentement")], heading="Le formulaire"),
        MultiFieldPanel(
            [FieldPanel("suite"), FieldPanel("qui_ecrit"), FieldPanel("exemple")], heading="Pour se décider"
        ),
        MultiFieldPanel([FieldPanel("remerciement")], heading="Après la confirmation"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        # The view that receives the form draws this page again with what was typed.
        context["formulaire"] = kwargs.get("formulaire") or InscriptionForm()
        context["alerte"] = kwargs.get("alerte", "")
        context["inscription"] = self.pour_formulaire()
        cards = cards_for([self.exemple_id], request_version(request)) if self.exemple_id else {}
        context["exemple"] = next(iter(cards.values()), None)
        context["autres_pages"] = self.autres_pages(request)
        return context

    def pour_formulaire(self) -> dict:
        """What the form says, wherever it stands."""
        return {"landing": self.pk or "", "bouton": self.bouton, "consentement": self.consentement}

    def autres_pages(self, request) -> list:
        """Cards of the sign-up pages to offer from this one."""
        return []


class NewsletterIndexPage(PageInscription):
    """The main sign-up page: the form itself, then the pages written for one public, if any."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.LandingPage"]
    max_count = 1
    template = "newsletter/page_inscription.html"
    page_description = "La page principale d’inscription à la lettre d’information."

    class Meta:
        verbose_name = "page principale de la lettre"
        verbose_name_plural = "pages principales de la lettre"

    def autres_pages(self, request) -> list:
        version = request_version(request)
        keys = cached(version, f"landings:{self.pk}", self._landings)
        return list(cards_for(keys, version).values())

    def _landings(self) -> list[int]:
        return list(LandingPage.objects.child_of(self).live().public().order_by("path").values_list("pk", flat=True))


class LandingPage(PageInscription):
    """A sign-up page with its own promise, for one public or one occasion."""

    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types = []
    template = "newsletter/page_inscription.html"
    page_description = "Une page d’inscription à la lettre, écrite pour un public ou une occasion."

    class Meta:
        verbose_name = "page d’inscription à la lettre"
        verbose_name_plural = "pages d’inscription à la lettre"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVEES:
            raise ValidationError(
                {"slug": f"L’adresse « {self.slug} » sert déjà au formulaire : choisissez-en une autre."}
            )
