"""What the search engine stores: one row per passage, and the words of all of them."""

from django.conf import settings
from django.db import models


class Etiquettes(models.Model):
    """The facet values that many passages share, written once.

    The key is a digest of the text (see `search.facettes.etiquettes`): a row needs no look-up to be written,
    and what was read of it never grows old.
    """

    hors_version = True

    id = models.BigIntegerField(primary_key=True)
    # « \ntype:video|Entretien\nnature:methode|Méthode\n »: filtered by LIKE, labels at hand.
    texte = models.TextField()

    class Meta:
        verbose_name = "étiquettes de passages"
        verbose_name_plural = "étiquettes de passages"

    def __str__(self) -> str:
        return self.texte.strip()


class SearchEntry(models.Model):
    """A passage of a source: a section of a page, a page of a PDF, a turn of speech, a term of the glossary.

    A document carried by two pages has a row for each of them: what a page hides, another may still show. The
    columns `j_…` hold analysed tokens (see `search.analyse`); the full-text index is built on them by the
    database itself, in the same transaction (see migration 0002). Short columns come first: what ranks and counts
    passages reads thousands of rows and stops before their text.
    """

    hors_version = True
    # The words of the row, once analysed and until it is counted.
    mots: set[tuple[str, str]] | None = None

    source = models.CharField(max_length=60, db_index=True)
    position = models.PositiveIntegerField(default=0)
    # Without constraints: to check one, PostgreSQL locks the page or document. Whoever adds a page below it, or deletes
    # it, has locked it already and waits for the version that the indexer holds: each would wait for the other. A row
    # left alone is never shown, and the next `indexer` takes it away.
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL, on_delete=models.CASCADE, null=True, related_name="+", db_constraint=False
    )
    collection_id = models.PositiveBigIntegerField(null=True)
    etiquettes = models.ForeignKey(Etiquettes, on_delete=models.PROTECT, related_name="+")
    date = models.DateTimeField(null=True)
    # Of what the source tells and of the analysis: what has the same needs neither analysis nor writing.
    empreinte = models.CharField(max_length=40, default="")
    genre = models.CharField(max_length=40)
    genre_label = models.CharField(max_length=80)
    langue = models.CharField(max_length=10, default="fr")
    titre = models.CharField(max_length=500)
    # Folded, each word after a space: what suggestions look in.
    titre_plie = models.CharField(max_length=600)
    entete = models.CharField(max_length=500, blank=True)
    texte = models.TextField(blank=True)
    # Whole address for a document or a term; what follows the page's own address otherwise.
    adresse = models.CharField(max_length=600, blank=True)
    j_titre = models.TextField(blank=True)
    j_entete = models.TextField(blank=True)
    j_corps = models.TextField(blank=True)
    j_joints = models.TextField(blank=True)

    class Meta:
        verbose_name = "passage indexé"
        verbose_name_plural = "passages indexés"
        indexes = [models.Index(fields=["position", "date"], name="search_debut_date")]

    def __str__(self) -> str:
        return f"{self.titre} ({self.source}, {self.position})"


class Mot(models.Model):
    """A word of the index: how it is written, without accents, its token, and in how many passages it stands.

    Beside them, what else it may be found by: how it is said, and the family of its token (see `search.variantes`).
    """

    hors_version = True

    mot = models.CharField(max_length=64)
    forme = models.CharField(max_length=64, db_index=True)
    jeton = models.CharField(max_length=64, db_index=True)
    frequence = models.IntegerField(default=0)
    son = models.CharField(max_length=64, db_index=True, default="")
    famille = models.CharField(max_length=64, db_index=True, default="")

    class Meta:
        verbose_name = "mot de l’index"
        verbose_name_plural = "mots de l’index"
        constraints = [models.UniqueConstraint(fields=["mot", "jeton"], name="un_mot_et_son_jeton")]

    def __str__(self) -> str:
        return self.mot


class Envoi(models.Model):
    """A row of the index that changed and that an engine beside the database must still be told of."""

    hors_version = True

    # Not a foreign key: the row may be gone, and that is what must be told.
    entree_id = models.BigIntegerField()

    class Meta:
        verbose_name = "envoi au moteur de recherche"
        verbose_name_plural = "envois au moteur de recherche"

    def __str__(self) -> str:
        return str(self.entree_id)


class Expediteur(models.Model):
    """Whose turn it is to send, until when, and when a failed sending is to be tried again; one row."""

    hors_version = True

    nom = models.CharField(max_length=32, blank=True)
    jusque = models.DateTimeField(null=True)
    relance = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "expéditeur vers le moteur de recherche"
        verbose_name_plural = "expéditeurs vers le moteur de recherche"

    def __str__(self) -> str:
        return self.nom
