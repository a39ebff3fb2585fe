"""How many readers reach and read each step, counted by day: nothing here tells who, from where, nor at what time."""

from django.db import models


class EtapeDuJour(models.Model):
    """How many devices reached a step of a parcours for the first time, and read it for the first time, on one day.

    Written by `parcours.entonnoir.comptes` only; forgotten after 13 months. A step is known by the permanent
    identifier of its page: reordering changes nothing.
    """

    hors_version = True
    wagtail_reference_index_ignore = True

    parcours = models.ForeignKey("parcours.ParcoursPage", on_delete=models.CASCADE, related_name="+")
    etape = models.UUIDField("étape")
    jour = models.DateField("jour", db_index=True)
    atteintes = models.PositiveIntegerField("atteinte", default=0)
    lectures = models.PositiveIntegerField("lue", default=0)

    class Meta:
        verbose_name = "étape suivie"
        verbose_name_plural = "étapes suivies"
        constraints = [models.UniqueConstraint(fields=["parcours", "etape", "jour"], name="une_etape_par_jour")]

    def __str__(self) -> str:
        return f"{self.etape}, {self.jour}"
