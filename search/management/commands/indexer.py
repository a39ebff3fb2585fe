"""Extract what is to be extracted and rebuild the search index."""

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Extrait le texte des documents et reconstruit l’index de recherche, sans interrompre les lecteurs."

    def handle(self, *args, **options) -> None:
        """Built by the search room."""
