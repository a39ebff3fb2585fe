"""Forget the notebooks that nobody used for thirteen months."""

from django.core.management.base import BaseCommand

from parcours.carnet.garde import purger


class Command(BaseCommand):
    help = "Efface les carnets de lecture gardés sous un code et inutilisés depuis treize mois."

    def handle(self, *args, **options) -> None:
        count = purger()
        if options["verbosity"]:
            self.stdout.write(f"Carnets effacés : {count}.")
