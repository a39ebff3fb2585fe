"""Our image and document, ours from the first migration, and the text found in documents."""

from functools import partial

from django.db import models, transaction
from django.urls import reverse
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from core.version import hold_version

# Files of these formats are served, never read.
FORMATS_SANS_TEXTE = frozenset({"m4a", "mp3", "mp4", "ogg", "webm", "zip"})
# The fields that tell a cover, always written together.
COUVERTURE = ("couverture", "couverture_largeur", "couverture_hauteur")


class CustomImage(AbstractImage):
    """An image with its credit."""

    credit = models.CharField("crédit", max_length=255, blank=True)

    admin_form_fields = ("title", "file", "description", "credit", "collection", "tags",
                         "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        permissions = [("choose_image", "Can choose image")]


class CustomRendition(AbstractRendition):
    """An image resized for a place."""

    hors_version = True

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]


class CustomDocument(AbstractDocument):
    """A file of the site, with what extraction found in it."""

    class Etat(models.TextChoices):
        A_TRAITER = "a-traiter", "à traiter"
        INDEXE = "indexe", "indexé"
        ECHEC = "echec", "échec"
        SANS_TEXTE = "sans-texte", "format sans texte"

    langue = models.CharField(
        "langue", max_length=10, default="fr", help_text="Code de la langue du document : fr, en, de…"
    )
    etat = models.CharField(
        "état du texte", max_length=12, choices=Etat.choices, default=Etat.A_TRAITER, editable=False
    )
    raison = models.CharField("raison", max_length=300, blank=True, editable=False)
    nombre_de_pages = models.PositiveIntegerField("nombre de pages", null=True, editable=False)
    empreinte_extraite = models.CharField(max_length=40, blank=True, editable=False)
    # The first page of a PDF. Not an ImageField, which opens its file each time that it is set.
    couverture = models.FileField(upload_to="couvertures", blank=True, editable=False)
    couverture_largeur = models.PositiveIntegerField(null=True, editable=False)
    couverture_hauteur = models.PositiveIntegerField(null=True, editable=False)

    admin_form_fields = ("title", "file", "langue", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        permissions = [("choose_document", "Can choose document")]

    @property
    def format(self) -> str:
        """« PDF », « DOCX »: the extension in capitals."""
        return self.file_extension.upper()

    @property
    def a_du_texte(self) -> bool:
        """Whether files of this format hold text that can be read."""
        return self.file_extension.lower() not in FORMATS_SANS_TEXTE

    @property
    def url_de_la_couverture(self) -> str:
        """Address of the cover, open to those who may open the document; empty when there is none."""
        return reverse("couverture", args=[self.pk]) if self.couverture else ""

    @property
    def ouvert_a_tous(self) -> bool:
        """Whether everybody may open this document: one query."""
        return not self.collection.get_view_restrictions().exists()

    @property
    def etat_en_mots(self) -> str:
        """What the editor reads: « indexé », « échec : pas de texte… »."""
        return f"{self.get_etat_display()} : {self.raison}" if self.raison else self.get_etat_display()

    def save(self, *args, **kwargs) -> None:
        """Save, and have the text read again in the background when the file is a new one.

        Whoever follows documents (the search index) does so in the same transaction; the text of a file that was
        replaced is forgotten with it.
        """
        changes = kwargs.get("update_fields")
        nouveau = bool(self.file) and (not self.file_hash or self.file_hash != self.empreinte_extraite)
        a_lire = nouveau and (changes is None or "file" in changes)
        if a_lire:
            self.etat, self.raison = self.Etat.A_TRAITER, ""
        with transaction.atomic():
            hold_version()
            if a_lire:
                # The text and the cover of another file are worse than none.
                self.poser_couverture("", None, None)
                if self.pk:
                    self.textes.all().delete()
                if changes is not None:
                    kwargs["update_fields"] = {*changes, "etat", "raison", *COUVERTURE}
            super().save(*args, **kwargs)
        if a_lire:
            from mediatheque.taches import demander_la_lecture  # the task reads this model

            demander_la_lecture(self)

    def poser_couverture(self, nom: str, largeur: int | None, hauteur: int | None) -> None:
        """Take `nom` as cover, unsaved; the file of the one before goes once the present transaction is kept."""
        ancienne = self.couverture.name
        self.couverture, self.couverture_largeur, self.couverture_hauteur = nom, largeur, hauteur
        if ancienne and ancienne != nom:
            transaction.on_commit(partial(self.couverture.storage.delete, ancienne))


class TexteDeDocument(models.Model):
    """The text of one part of a document: a page of a PDF, a part of a DOCX."""

    hors_version = True

    document = models.ForeignKey(CustomDocument, on_delete=models.CASCADE, related_name="textes")
    numero = models.PositiveIntegerField("numéro")
    titre = models.CharField("titre", max_length=300, blank=True)
    texte = models.TextField("texte")

    class Meta:
        ordering = ["document", "numero"]
        constraints = [models.UniqueConstraint(fields=["document", "numero"], name="un_texte_par_partie_de_document")]
        verbose_name = "texte de document"
        verbose_name_plural = "textes de documents"

    def __str__(self) -> str:
        return f"{self.document}, {self.numero}"
