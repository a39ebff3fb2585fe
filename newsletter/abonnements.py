"""What may happen to a subscription: asked, confirmed, ended, forgotten. Each may be asked twice without harm."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsletter.liens import ExpiredLinkError, LienConfirmer
from newsletter.models import Abonnement, PageInscription

JOURS_EN_ATTENTE = 30
Etat = Abonnement.Etat


def demander(courriel: str, page: PageInscription) -> Abonnement:
    """Record the request of an address and the consent that `page` showed.

    A confirmed address keeps its state and its consent; one that had left gives a new consent.
    """
    consent = {"landing_id": page.pk, "consentement": page.consentement, "demande_le": timezone.now()}
    with transaction.atomic():
        purger()
        row, created = Abonnement.objects.get_or_create(courriel=courriel, defaults=consent)
        if created:
            return row
        row = Abonnement.objects.select_for_update().get(pk=row.pk)
        if row.etat == Etat.CONFIRME:
            return row
        if row.etat == Etat.DESINSCRIT:
            # The links of the consent that was withdrawn must not confirm the new one.
            row.demande += 1
            row.etat = Etat.EN_ATTENTE
        for field, value in consent.items():
            setattr(row, field, value)
        row.save()
    return row


def confirmer(lien: LienConfirmer) -> bool:
    """Confirm the request that a link names; False when it was already confirmed.

    Raises:
        ExpiredLinkError: the address has left since, or asked again.
    """
    verifier(lien)
    return bool(
        Abonnement.objects.filter(pk=lien.abonnement.pk, etat=Etat.EN_ATTENTE, demande=lien.demande).update(
            etat=Etat.CONFIRME, confirme_le=timezone.now()
        )
    )


def verifier(lien: LienConfirmer) -> None:
    """Check that a link still answers the current request.

    Raises:
        ExpiredLinkError: the address has left since, or asked again.
    """
    if lien.abonnement.etat == Etat.DESINSCRIT or lien.demande != lien.abonnement.demande:
        raise ExpiredLinkError


def desinscrire(abonnement: Abonnement) -> bool:
    """End a subscription, confirmed or not; False when it was already ended."""
    return bool(
        Abonnement.objects.filter(pk=abonnement.pk)
        .exclude(etat=Etat.DESINSCRIT)
        .update(etat=Etat.DESINSCRIT, desinscrit_le=timezone.now())
    )


def purger(jours: int = JOURS_EN_ATTENTE) -> int:
    """Forget the addresses that never confirmed in `jours` days; how many."""
    limit = timezone.now() - timedelta(days=jours)
    count, _ = Abonnement.objects.filter(etat=Etat.EN_ATTENTE, demande_le__lt=limit).delete()
    return count
