"""The subscription of one address: its state, and the proof of the consent given."""

import uuid

from django.db import models
from django.db.models.functions import Lower


def normalise(courriel: str) -> str:
    """The form under which an address is kept: mailboxes that tell capitals apart have died out."""
    return courriel.strip().lower()


class Abonnement(models.Model):
    """One address and what its owner agreed to.

    No token is kept: links carry the signed `cle` (see `newsletter.liens`), so that a stolen database confirms
    or unsubscribes nobody. `demande` counts the consents asked, so that a link of an earlier one dies with it.
    """

    hors_version = True
    wagtail_reference_index_ignore = True

    class Etat(models.TextChoices):
        EN_ATTENTE = "en-attente", "en attente"
        CONFIRME = "confirme", "confirmé"
        DESINSCRIT = "desinscrit", "désinscrit"

    courriel = models.EmailField("adresse électronique", max_length=254, unique=True)
    etat = models.CharField("état", max_length=12, choices=Etat.choices, default=Etat.EN_ATTENTE, db_index=True)
    landing = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="page d’inscription",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    consentement = models.TextField("consentement donné", help_text="Le texte tel qu’il était montré.")
    cle = models.UUIDField("clé", unique=True, default=uuid.uuid4, editable=False)
    demande = models.PositiveIntegerField("numéro de la demande", default=1, editable=False)
    cree_le = models.DateTimeField("première demande le", auto_now_add=True)
    demande_le = models.DateTimeField("dernière demande le")
    confirme_le = models.DateTimeField("dernière confirmation le", null=True, blank=True)
    desinscrit_le = models.DateTimeField("dernière désinscription le", null=True, blank=True)

    class Meta:
        ordering = ["-demande_le", "-pk"]
        verbose_name = "abonnement"
        verbose_name_plural = "abonnements"
        constraints = [models.UniqueConstraint(Lower("courriel"), name="une_adresse_un_abonnement")]

    def __str__(self) -> str:
        return self.courriel

    def save(self, *args, **kwargs) -> None:
        self.courriel = normalise(self.courriel)
        super().save(*args, **kwargs)
