from django.db import models


class VersionDuContenu(models.Model):
    """One row, whose number grows with each change of public content (see `core.version`)."""

    hors_version = True

    numero = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name = "version du contenu"
        verbose_name_plural = "versions du contenu"
