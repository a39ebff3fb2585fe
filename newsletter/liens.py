"""Links of the e-mails: what they carry is signed, and nothing of it is stored.

Each purpose has its own salt: a link to unsubscribe confirms nothing. A link to confirm names the consent that it
answers and lives for a week; a link to unsubscribe never dies, since the law wants it to work in an old letter.
"""

import uuid
from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

from newsletter.models import Abonnement

SEL_CONFIRMER = "newsletter.confirmer"
SEL_DESINSCRIRE = "newsletter.desinscrire"
JOURS_POUR_CONFIRMER = 7


class UnknownLinkError(Exception):
    """The link was cut, forged, or belongs to an address that is no longer kept."""


class ExpiredLinkError(Exception):
    """The link was good, and is too old or answers an earlier request."""


@dataclass(frozen=True, slots=True)
class LienConfirmer:
    """What a link to confirm says."""

    abonnement: Abonnement
    demande: int


def lien_confirmer(abonnement: Abonnement) -> str:
    """Root-relative address of the page that confirms this request."""
    token = signing.dumps([abonnement.cle.hex, abonnement.demande], salt=SEL_CONFIRMER)
    return reverse("newsletter_confirmer", args=[token])


def lien_desinscrire(abonnement: Abonnement) -> str:
    """Root-relative address of the page that unsubscribes this address."""
    token = signing.dumps([abonnement.cle.hex], salt=SEL_DESINSCRIRE)
    return reverse("newsletter_desinscription", args=[token])


def _find(cle: str) -> Abonnement:
    found = Abonnement.objects.filter(cle=uuid.UUID(hex=cle)).first()
    if found is None:
        raise UnknownLinkError
    return found


def lire_confirmer(token: str) -> LienConfirmer:
    """The request that a link confirms.

    Raises:
        UnknownLinkError: forged, or the request was purged.
        ExpiredLinkError: older than a week.
    """
    try:
        cle, demande = signing.loads(token, salt=SEL_CONFIRMER, max_age=JOURS_POUR_CONFIRMER * 86_400)
    except signing.SignatureExpired as error:
        raise ExpiredLinkError from error
    except signing.BadSignature as error:
        raise UnknownLinkError from error
    return LienConfirmer(_find(cle), demande)


def lire_desinscrire(token: str) -> Abonnement:
    """The subscription that a link ends.

    Raises:
        UnknownLinkError: forged, or the address was erased.
    """
    try:
        (cle,) = signing.loads(token, salt=SEL_DESINSCRIRE)
    except signing.BadSignature as error:
        raise UnknownLinkError from error
    return _find(cle)
