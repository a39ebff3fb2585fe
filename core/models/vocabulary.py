"""Vocabularies that several rooms share: organisations, territories, glossary terms."""

from django.db import models, transaction
from django.utils.text import slugify
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.search import index

REGIONS = [
    ("84", "Auvergne-Rhône-Alpes"), ("27", "Bourgogne-Franche-Comté"), ("53", "Bretagne"),
    ("24", "Centre-Val de Loire"), ("94", "Corse"), ("44", "Grand Est"), ("01", "Guadeloupe"),
    ("03", "Guyane"), ("32", "Hauts-de-France"), ("11", "Île-de-France"), ("04", "La Réunion"),
    ("02", "Martinique"), ("06", "Mayotte"), ("28", "Normandie"), ("75", "Nouvelle-Aquitaine"),
    ("76", "Occitanie"), ("52", "Pays de la Loire"), ("93", "Provence-Alpes-Côte d’Azur"),
]  # fmt: skip


class Vocabulaire(index.Indexed, models.Model):
    """A named thing with a stable slug; the base of the vocabularies."""

    nom = models.CharField("nom", max_length=200, unique=True)
    slug = models.SlugField("identifiant", max_length=200, unique=True, blank=True)

    panels = [FieldPanel("nom")]
    search_fields = [index.SearchField("nom"), index.AutocompleteField("nom")]

    class Meta:
        abstract = True
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom

    def save(self, *args, **kwargs) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        # Django commits a saved object, then tells it: who follows does so in the same transaction.
        with transaction.atomic():
            super().save(*args, **kwargs)

    def _free_slug(self) -> str:
        """Two names may give one slug (« Été », « Ete »): the later one takes a number."""
        base = slugify(self.nom)[:180] or "sans-nom"
        slug, number = base, 1
        while type(self).objects.filter(slug=slug).exclude(pk=self.pk).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug


class Organisme(Vocabulaire):
    """An organisation that produces resources, carries a fil rouge or writes the letter."""

    site = models.URLField("site web", blank=True)

    panels = [FieldPanel("nom"), FieldPanel("site")]

    class Meta(Vocabulaire.Meta):
        verbose_name = "organisme"
        verbose_name_plural = "organismes"


class Territoire(Vocabulaire):
    """A territory that resources and fils rouges speak of, within a region of today when it is in one."""

    region = models.CharField(
        "région",
        max_length=2,
        choices=REGIONS,
        blank=True,
        help_text="Région actuelle où se trouve ce territoire ; laissez vide pour un territoire plus grand.",
    )

    panels = [FieldPanel("nom"), FieldPanel("region")]

    class Meta(Vocabulaire.Meta):
        verbose_name = "territoire"
        verbose_name_plural = "territoires"


class Terme(Vocabulaire, ClusterableModel):
    """A term of the glossary; pages link it only once somebody has approved it (`lier`)."""

    sigle = models.CharField(
        "développé du sigle",
        max_length=200,
        blank=True,
        help_text="Par exemple « Économie sociale et solidaire ».",
    )
    definition = models.TextField("définition", max_length=1000)
    lier = models.BooleanField(
        "lier ce terme dans les pages",
        default=False,
        help_text="Là où il vient pour la première fois dans le texte d’une page, le terme ouvre sa définition. Ne le "
        "liez pas si le mot a aussi un autre sens.",
    )
    formes = models.TextField(
        "autres formes",
        max_length=500,
        blank=True,
        help_text="Une par ligne. Les majuscules, les accents et les pluriels simples sont reconnus sans elles.",
    )

    panels = [
        FieldPanel("nom"),
        FieldPanel("sigle"),
        FieldPanel("definition"),
        MultiFieldPanel(
            [
                FieldPanel("lier"),
                FieldPanel("formes"),
                InlinePanel("exclusions", heading="Pages où ne pas le lier", label="Page"),
            ],
            heading="Liens dans les pages",
        ),
    ]
    search_fields = [
        *Vocabulaire.search_fields,
        index.SearchField("sigle"),
        index.SearchField("definition"),
    ]

    class Meta(Vocabulaire.Meta):
        verbose_name = "terme du glossaire"
        verbose_name_plural = "glossaire"

    def get_absolute_url(self) -> str:
        return f"/glossaire/#{self.slug}"

    @property
    def autres_formes(self) -> tuple[str, ...]:
        """The other forms of the name, none empty."""
        return tuple(form for line in self.formes.splitlines() if (form := line.strip()))


class ExclusionDeTerme(models.Model):
    """A page where a term is not linked."""

    terme = ParentalKey(Terme, on_delete=models.CASCADE, related_name="exclusions")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+", verbose_name="page")

    panels = [PageChooserPanel("page")]

    class Meta:
        verbose_name = "page où ne pas lier le terme"
        verbose_name_plural = "pages où ne pas lier le terme"
        constraints = [models.UniqueConstraint(fields=["terme", "page"], name="exclusion_unique")]

    def __str__(self) -> str:
        return f"{self.terme} : {self.page}"
