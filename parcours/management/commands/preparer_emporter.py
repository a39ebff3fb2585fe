"""`manage.py preparer_emporter`: build the packs of every parcours, or forget them all."""

from django.conf import settings
from django.core.management.base import BaseCommand

from core.version import current_version
from parcours.emporter import depot, packs


class Command(BaseCommand):
    help = "Prépare ce que l’on emporte de chaque parcours (PDF, EPUB, ZIP) ; ce qui est à jour n’est pas refait."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--adresse",
            default="",
            help="Adresse publique du site, par exemple https://alliances.example ; par défaut, BASE_URL.",
        )
        parser.add_argument("--purger", action="store_true", help="Oublier d’abord tout ce qui a été construit.")

    def handle(self, *args, adresse: str, purger: bool, **options) -> None:
        if purger:
            depot.tout_oublier()
        base = (settings.BASE_URL or adresse).rstrip("/")
        nombre = packs.preparer(current_version(), [base] if base else [])
        if options["verbosity"]:
            self.stdout.write(f"{nombre} parcours à emporter préparés dans {settings.EMPORTER_ROOT}.")
