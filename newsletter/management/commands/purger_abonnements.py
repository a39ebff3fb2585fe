"""Forget the subscriptions that were never confirmed."""

from django.core.management.base import BaseCommand

from newsletter.abonnements import JOURS_EN_ATTENTE, purger


class Command(BaseCommand):
    help = f"Efface les demandes d’abonnement non confirmées depuis plus de {JOURS_EN_ATTENTE} jours."

    def handle(self, *args, **options) -> None:
        count = purger()
        if options["verbosity"]:
            self.stdout.write(f"Demandes effacées : {count}.")
