"""Extract what is to be extracted and make the search index true."""

from django.core.management.base import BaseCommand, CommandError

from mediatheque.taches import lire_ce_qui_attend
from search.moteurs import moteur
from search.moteurs.clients import Injoignable


class Command(BaseCommand):
    help = (
        "Extrait le texte des documents et met l’index de recherche en accord avec le contenu, sans interrompre les "
        "lecteurs. Peut être interrompue et relancée : ce qui est juste n’est pas refait."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--complet", action="store_true",
            help="Refait tout l’index d’un bloc ; les lecteurs gardent l’ancien jusqu’à la fin.",
        )  # fmt: skip

    def handle(self, *args, **options) -> None:
        lus, echecs = lire_ce_qui_attend()
        try:
            passages = moteur().rebuild(complet=options["complet"])
        except Injoignable as panne:
            raise CommandError(
                f"Le moteur de recherche ne répond pas : {panne}. La base répond à sa place ; relancez la commande."
            ) from panne
        if options["verbosity"]:
            self.stdout.write(f"{lus} documents lus, {len(echecs)} en échec, {passages} passages indexés.")
            for document in echecs:
                self.stdout.write(f"  {document.title} : {document.raison}")
