"""The copy of a notebook that a learner asked to keep, to carry on from another device."""

from django.db import models


class Carnet(models.Model):
    """A notebook without a name: whoever has its code reads it, and nobody else, this site included.

    Only the SHA-256 of the code is kept; of its making and use, days rather than times (marks keep theirs, to be
    merged): nothing here tells who, where, or from what.
    """

    hors_version = True
    wagtail_reference_index_ignore = True

    empreinte = models.CharField("empreinte du code", max_length=64, unique=True)
    progres = models.JSONField("progression", default=dict)
    cree_le = models.DateField("créé le")
    utilise_le = models.DateField("dernier usage le", db_index=True)

    class Meta:
        verbose_name = "carnet de lecture"
        verbose_name_plural = "carnets de lecture"


class LienDeReprise(models.Model):
    """A link sent by e-mail, good once: its token opens the code, which is sealed with it.

    Neither the token nor the address that it was sent to is kept.
    """

    hors_version = True
    wagtail_reference_index_ignore = True

    carnet = models.ForeignKey(Carnet, verbose_name="carnet", on_delete=models.CASCADE, related_name="liens")
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    scelle = models.CharField("code scellé", max_length=32)
    cree_le = models.DateTimeField("créé le", db_index=True)

    class Meta:
        verbose_name = "lien de reprise"
        verbose_name_plural = "liens de reprise"
