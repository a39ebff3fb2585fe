"""Forget the notebooks that nobody used for thirteen months, and the counters of steps as old."""

from django.core.management.base import BaseCommand

from parcours.carnet.garde import purger
from parcours.entonnoir import comptes


class Command(BaseCommand):
    help = (
        "Efface les carnets de lecture gardés sous un code et inutilisés depuis treize mois, et les nombres d’étapes "
        "suivies d’avant les treize derniers mois."
    )

    def handle(self, *args, **options) -> None:
        notebooks, counters = purger(), comptes.purger()
        if options["verbosity"]:
            self.stdout.write(f"Carnets effacés : {notebooks}.\nNombres d’étapes suivies effacés : {counters}.")
