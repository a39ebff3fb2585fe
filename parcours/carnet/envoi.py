"""The resume code sent by e-mail, as a link that works once and that a mail scanner cannot use up.

The link holds a random token. The site keeps the token's SHA-256, and the code sealed with the token: without the
e-mail, what is stored opens nothing. Opening the link shows a button; the button hands the code over and forgets the
link. The address is used to send, and written nowhere.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core.typography import typo_html, typo_text
from parcours.carnet import garde, mots
from parcours.models import LienDeReprise

HEURES = 48


class LienPerduError(LookupError):
    """The link was used, is too old, was cut, or its notebook was erased."""


def _digest(use: str, token: str) -> bytes:
    return hashlib.sha256(f"parcours.carnet.{use}:{token}".encode()).digest()


def _seal(data: bytes, token: str) -> bytes:
    """Seal, or open: a key of its own for each token, as long as the secret, used once."""
    return bytes(one ^ other for one, other in zip(data, _digest("sceau", token)[: mots.OCTETS], strict=True))


def creer_lien(secret: bytes) -> str:
    """Root-relative address of a new link to the notebook of a secret.

    Raises:
        CarnetInconnuError: the secret has no notebook.
    """
    LienDeReprise.objects.filter(cree_le__lt=_oldest()).delete()
    token = secrets.token_urlsafe(mots.OCTETS)
    LienDeReprise.objects.create(
        carnet=garde.trouver(secret),
        empreinte=_digest("empreinte", token).hex(),
        scelle=_seal(secret, token).hex(),
        cree_le=timezone.now(),
    )
    return reverse("carnet_lien", args=[token])


def _oldest():
    return timezone.now() - timedelta(hours=HEURES)


def _find(token: str):
    return LienDeReprise.objects.filter(empreinte=_digest("empreinte", token).hex(), cree_le__gte=_oldest())


def est_bon(token: str) -> bool:
    """Whether a link still works; asking changes nothing."""
    return _find(token).exists()


def consommer(token: str) -> bytes:
    """The secret that a link opens; the link is forgotten.

    Raises:
        LienPerduError: it does not work, or no longer.
    """
    with transaction.atomic():
        row = _find(token).select_for_update().first()
        if row is None:
            raise LienPerduError
        row.delete()
    return _seal(bytes.fromhex(row.scelle), token)


def message(courriel: str, lien: str) -> EmailMultiAlternatives:
    """The e-mail; `lien` is absolute."""
    context = {"lien": lien, "heures": HEURES, "site": settings.SITE_NAME}
    text = typo_text(render_to_string("parcours/courriels/reprise.txt", context))
    # RFC 3834: no out-of-office answer.
    mail = EmailMultiAlternatives(
        "Reprendre votre lecture", text, to=[courriel], headers={"Auto-Submitted": "auto-generated"}
    )
    mail.attach_alternative(typo_html(render_to_string("parcours/courriels/reprise.html", context)), "text/html")
    return mail
