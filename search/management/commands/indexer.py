"""Extract what is to be extracted and rebuild the search index."""

from django.core.management.base import BaseCommand

from mediatheque.taches import lire_ce_qui_attend
from search.moteurs import moteur


class Command(BaseCommand):
    help = "Extrait le texte des documents et reconstruit l’index de recherche, sans interrompre les lecteurs."

    def handle(self, *args, **options) -> None:
        lus, echecs = lire_ce_qui_attend()
        passages = moteur().rebuild()
        if options["verbosity"]:
            self.stdout.write(f"{lus} documents lus, {len(echecs)} en échec, {passages} passages indexés.")
            for document in echecs:
                self.stdout.write(f"  {document.title} : {document.raison}")
