"""What editors decide about search. Each change acts on the next search: nothing is rebuilt."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable

from core.models import BasePage
from search.expressions import MOTS_MAX, equivalentes, lignes, mots, nettoyer_lignes

EXPRESSION_MAX = 80
EXPRESSIONS_MAX = 20


def valider_expressions(texte: str) -> None:
    """Refuse lines that no search could be compared with.

    Raises:
        ValidationError: in words that an editor understands.
    """
    expressions = lignes(texte)
    if len(expressions) > EXPRESSIONS_MAX:
        raise ValidationError(f"Au plus {EXPRESSIONS_MAX} lignes : faites-en plusieurs fiches.")
    for expression in expressions:
        if len(expression) > EXPRESSION_MAX or len(mots(expression)) > MOTS_MAX:
            raise ValidationError(
                f"« {expression[:40]}… » est trop long : {MOTS_MAX} mots et {EXPRESSION_MAX} caractères au plus."
            )
        if not mots(expression):
            raise ValidationError(f"« {expression} » ne contient aucun mot.")


class Synonyme(models.Model):
    """Expressions that stand for one another, or one way only: who searches the first finds the others too."""

    cherche = models.TextField(
        "quand on cherche",
        max_length=2000,
        validators=[valider_expressions],
        help_text="Un mot, un sigle ou une expression par ligne. Les accents, les majuscules et le pluriel ne comptent "
        "pas.",
    )
    aussi = models.TextField(
        "trouver aussi",
        max_length=2000,
        validators=[valider_expressions],
        help_text="Les mots que le site emploie, un mot, un sigle ou une expression par ligne. Une expression de "
        "plusieurs mots n’est trouvée que si ses mots se suivent.",
    )
    reciproque = models.BooleanField(
        "dans les deux sens",
        default=True,
        help_text="Coché : toutes ces expressions se valent. Décoché : qui cherche les secondes ne trouve pas les "
        "premières.",
    )

    panels = [FieldPanel("cherche"), FieldPanel("aussi"), FieldPanel("reciproque")]

    class Meta:
        ordering = ["cherche"]
        verbose_name = "synonyme"
        verbose_name_plural = "synonymes"

    def __str__(self) -> str:
        signe = "↔" if self.reciproque else "→"
        return f"{', '.join(lignes(self.cherche))} {signe} {', '.join(lignes(self.aussi))}"

    def clean(self) -> None:
        self.cherche, self.aussi = nettoyer_lignes(self.cherche), nettoyer_lignes(self.aussi)
        premieres = [mots(expression) for expression in lignes(self.cherche)]
        if all(any(equivalentes(mots(autre), une) for une in premieres) for autre in lignes(self.aussi)):
            raise ValidationError({"aussi": "Pour la recherche, ce sont déjà les mêmes mots : rien à ajouter."})


class MiseEnAvant(ClusterableModel):
    """Pages or documents shown first for given searches, and marked so."""

    expressions = models.TextField(
        "pour ces recherches",
        max_length=2000,
        validators=[valider_expressions],
        help_text="Une recherche par ligne. « évaluer un partenariat » vaut aussi pour « évaluation des "
        "partenariats ».",
    )
    contient = models.BooleanField(
        "même avec d’autres mots",
        default=False,
        help_text="Coché : vaut aussi quand la recherche contient d’autres mots que ceux-là.",
    )

    panels = [
        MultiFieldPanel([FieldPanel("expressions"), FieldPanel("contient")], heading="Recherches"),
        InlinePanel("elements", heading="À montrer d’abord", label="résultat", min_num=1, max_num=5),
    ]

    class Meta:
        ordering = ["expressions"]
        verbose_name = "résultat mis en avant"
        verbose_name_plural = "résultats mis en avant"

    def __str__(self) -> str:
        return ", ".join(lignes(self.expressions))

    def clean(self) -> None:
        self.expressions = nettoyer_lignes(self.expressions)


class ElementMisEnAvant(Orderable):
    """One page, or one document, of those shown first."""

    mise_en_avant = ParentalKey(MiseEnAvant, on_delete=models.CASCADE, related_name="elements")
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, blank=True, related_name="+", verbose_name="page"
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="document",
        help_text="Il paraît s’il est attaché à une page publiée.",
    )

    panels = [PageChooserPanel("page"), FieldPanel("document")]

    class Meta(Orderable.Meta):
        verbose_name = "élément mis en avant"
        verbose_name_plural = "éléments mis en avant"

    def __str__(self) -> str:
        return str(self.page or self.document)

    @property
    def source(self) -> str:
        """The source of the index that this element is."""
        return f"page:{self.page_id}" if self.page_id else f"document:{self.document_id}"

    def clean(self) -> None:
        if bool(self.page_id) == bool(self.document_id):
            raise ValidationError("Choisissez une page ou un document, l’un des deux.")
        if self.page_id and not _cherchable(self.page):
            raise ValidationError(
                {"page": "La recherche ne porte pas sur les pages de ce type : choisissez-en une autre."}
            )


class PageEcartee(models.Model):
    """A page that search does not show, by an editor's choice; it stays online."""

    avant: tuple[int | None, bool] = (None, False)

    page = models.OneToOneField(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="+",
        verbose_name="page",
        error_messages={"unique": "Cette page est déjà écartée."},
    )
    branche = models.BooleanField("avec toutes les pages au-dessous", default=False)
    raison = models.CharField("raison", max_length=200, blank=True, help_text="Pour l’équipe : elle n’est pas publiée.")

    panels = [PageChooserPanel("page"), FieldPanel("branche"), FieldPanel("raison")]

    class Meta:
        ordering = ["page__title"]
        verbose_name = "page écartée"
        verbose_name_plural = "pages écartées"

    def __str__(self) -> str:
        return str(self.page)

    @classmethod
    def from_db(cls, db, field_names, values) -> "PageEcartee":
        """Remember what was hidden, so that it comes back when the choice changes."""
        lue = super().from_db(db, field_names, values)
        lue.avant = lue.__dict__.get("page_id"), lue.__dict__.get("branche", False)
        return lue


def _cherchable(page) -> bool:
    modele = page.specific_class
    return modele is not None and issubclass(modele, BasePage) and not modele.hors_recherche
