"""Create and update resources from a spreadsheet."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from kit.importation import FichierIllisibleError, importer


class Command(BaseCommand):
    help = "Crée et met à jour des ressources du kit, avec leurs fichiers, depuis un tableau CSV ou XLSX."

    def add_arguments(self, parser) -> None:
        parser.add_argument("fichier", type=Path, help="le tableau, CSV ou XLSX")
        parser.add_argument(
            "--fichiers", type=Path, metavar="DOSSIER", help="où sont les fichiers ; par défaut, à côté du tableau"
        )
        parser.add_argument("--simulation", action="store_true", help="dire ce qui serait fait, sans rien changer")
        parser.add_argument(
            "--ignorer-erreurs", action="store_true", help="enregistrer les lignes correctes malgré les autres"
        )

    def handle(self, *args, **options) -> None:
        fichier, dossier = Path(options["fichier"]), options["fichiers"]
        if dossier is not None and not Path(dossier).is_dir():
            raise CommandError(f"« {dossier} » n’est pas un dossier.")
        try:
            rapport = importer(
                fichier,
                Path(dossier) if dossier is not None else None,
                simulation=options["simulation"],
                ignorer_erreurs=options["ignorer_erreurs"],
            )
        except FichierIllisibleError as error:
            raise CommandError(str(error)) from None
        *lines, summary = rapport.lignes()
        for line in lines:
            self.stdout.write(line)
        if rapport.nombre_d_erreurs and not options["ignorer_erreurs"]:
            raise CommandError(summary)
        self.stdout.write(summary)
