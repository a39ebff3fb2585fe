"""Forget what readers searched long ago."""

from django.core.management.base import BaseCommand

from search.journal import JOURS_GARDES, purger


class Command(BaseCommand):
    help = f"Oublie les recherches des lecteurs de plus de 13 mois ({JOURS_GARDES} jours)."

    def handle(self, *args, **options) -> None:
        nombre = purger()
        if options["verbosity"]:
            self.stdout.write(f"Recherches oubliées : {nombre}.")
