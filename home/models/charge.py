"""What the loading of the initial content remembers."""

from django.db import models


class ContenuCharge(models.Model):
    """The mark that the loading of the initial content leaves on each thing loaded (see `home.chargement`)."""

    hors_version = True

    cle = models.CharField("clé", max_length=500, unique=True)
    source = models.CharField("empreinte de la source", max_length=40)
    etat = models.CharField("empreinte de l’état laissé", max_length=40, blank=True)
    page_id = models.PositiveBigIntegerField("objet", null=True)
    revision_id = models.PositiveBigIntegerField("révision laissée", null=True)

    class Meta:
        verbose_name = "contenu chargé"
        verbose_name_plural = "contenus chargés"

    def __str__(self) -> str:
        return self.cle
