"""What the turns of interviews name: found by the site, shown once an editor has approved it."""

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from mooc.models.video import VideoPage


class Mention(models.Model):
    """A turn names a page, an organisation or a term; a refused mention stays, so that it is never proposed again.

    Exactly one of `cible`, `organisme` and `terme` is set.
    """

    # A proposal shows nothing to the public: decisions tell the version themselves.
    hors_version = True

    class Etat(models.TextChoices):
        PROPOSEE = "proposee", "à décider"
        APPROUVEE = "approuvee", "approuvée"
        REFUSEE = "refusee", "refusée"

    page = models.ForeignKey(VideoPage, on_delete=models.CASCADE, related_name="mentions")
    ancre = models.SlugField("tour de parole", max_length=40)
    mots = models.CharField("mots du tour", max_length=300)
    cible = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+")
    organisme = models.ForeignKey("core.Organisme", on_delete=models.CASCADE, null=True, related_name="+")
    terme = models.ForeignKey("core.Terme", on_delete=models.CASCADE, null=True, related_name="+")
    etat = models.CharField("état", max_length=10, choices=Etat.choices, default=Etat.PROPOSEE)
    decidee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name="décidée par"
    )
    decidee_le = models.DateTimeField("décidée le", null=True)

    class Meta:
        verbose_name = "mention"
        verbose_name_plural = "mentions"
        constraints = [
            models.UniqueConstraint(fields=["page", "ancre", "cible"], name="mention_page_unique"),
            models.UniqueConstraint(fields=["page", "ancre", "organisme"], name="mention_organisme_unique"),
            models.UniqueConstraint(fields=["page", "ancre", "terme"], name="mention_terme_unique"),
        ]

    def __str__(self) -> str:
        return f"« {self.mots} »"

    @property
    def cle(self) -> str:
        """What is named, as the directory of names calls it."""
        if self.cible_id:
            return f"page:{self.cible_id}"
        return f"organisme:{self.organisme_id}" if self.organisme_id else f"terme:{self.terme_id}"

    @property
    def decidee(self) -> bool:
        return self.etat != self.Etat.PROPOSEE


class AutreNom(models.Model):
    """How people call a page when they speak, when it is not by its title."""

    hors_version = True

    nom = models.CharField("nom employé", max_length=150)
    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="page",
        help_text="Un fil rouge ou une ressource.",
    )

    panels = [FieldPanel("nom"), PageChooserPanel("page")]

    class Meta:
        ordering = ["nom"]
        verbose_name = "autre nom d’une page"
        verbose_name_plural = "autres noms de pages"
        constraints = [models.UniqueConstraint(fields=["nom", "page"], name="autre_nom_unique")]

    def __str__(self) -> str:
        return self.nom
