"""The e-mails of the subscription, in text and HTML, with French typography."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django_tasks import TaskResultStatus, task

from core.typography import typo_html, typo_text
from newsletter.liens import JOURS_POUR_CONFIRMER, lien_confirmer, lien_desinscrire
from newsletter.models import Abonnement


def message_for(abonnement: Abonnement, base: str) -> EmailMultiAlternatives:
    """The answer to a request: a link to confirm, or a reminder to who already receives the letter.

    Args:
        base: scheme and host of its links.
    """
    confirmed = abonnement.etat == Abonnement.Etat.CONFIRME
    name = "deja_abonne" if confirmed else "confirmation"
    unsubscribe = base + lien_desinscrire(abonnement)
    context = {
        "base": base,
        "lien_confirmer": "" if confirmed else base + lien_confirmer(abonnement),
        "lien_desinscrire": unsubscribe,
        "jours": JOURS_POUR_CONFIRMER,
    }
    subject = "Vous recevez déjà la lettre d’information" if confirmed else "Confirmez votre inscription à la lettre"
    message = EmailMultiAlternatives(
        subject=typo_text(subject),
        body=typo_text(render_to_string(f"newsletter/courriels/{name}.txt", context)),
        to=[abonnement.courriel],
        headers={
            # RFC 8058: the mailbox's own button unsubscribes with one POST.
            "List-Unsubscribe": f"<{unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # RFC 3834: no out-of-office answer.
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(typo_html(render_to_string(f"newsletter/courriels/{name}.html", context)), "text/html")
    return message


@task()
def envoyer(abonnement_id: int, base: str) -> None:
    """Send the answer to a request; a failure is the task's, so that a worker shows it."""
    abonnement = Abonnement.objects.filter(pk=abonnement_id).first()
    if abonnement is not None and abonnement.etat != Abonnement.Etat.DESINSCRIT:
        message_for(abonnement, base).send()


def repondre(abonnement: Abonnement, base: str) -> bool:
    """Ask for the answer to be sent; False when it is known to have failed."""
    return envoyer.enqueue(abonnement.pk, base).status != TaskResultStatus.FAILED
