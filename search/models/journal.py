"""What readers asked, counted by day: nothing here tells who, from where, nor at what time."""

from django.db import models


class RechercheDuJour(models.Model):
    """How many times a text was searched on one day, and how many of them found nothing.

    Written by `search.journal` only; forgotten after 13 months.
    """

    hors_version = True

    jour = models.DateField("jour")
    # What two ways of typing the same search have in common; `texte` is how it was typed first that day.
    cle = models.CharField(max_length=80)
    texte = models.CharField("recherche", max_length=80)
    nombre = models.PositiveIntegerField("nombre", default=0)
    sans_resultat = models.PositiveIntegerField("sans résultat", default=0)

    class Meta:
        verbose_name = "recherche des lecteurs"
        verbose_name_plural = "recherches des lecteurs"
        constraints = [models.UniqueConstraint(fields=["jour", "cle"], name="une_recherche_par_jour")]

    def __str__(self) -> str:
        return self.texte


class ClicDuJour(models.Model):
    """How many times the result at a rank was opened from a search, on one day."""

    hors_version = True

    recherche = models.ForeignKey(RechercheDuJour, on_delete=models.CASCADE, related_name="clics")
    rang = models.PositiveSmallIntegerField()
    nombre = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "clics sur un rang"
        verbose_name_plural = "clics sur un rang"
        constraints = [models.UniqueConstraint(fields=["recherche", "rang"], name="un_rang_par_recherche")]

    def __str__(self) -> str:
        return f"{self.recherche}, rang {self.rang}"
