"""Load the initial content of the site."""

from importlib import import_module

from django.core.management.base import BaseCommand
from django.db import transaction

from home.chargement.base import Chargeur
from search.index import en_un_lot

# In the order of what refers to what: a fil rouge points at resources, an episode at fils rouges.
ROOMS = (
    "socle", "kit", "documents", "fils_rouges", "mooc", "parcours", "evenements", "newsletter", "pages",
    "editorial",
)  # fmt: skip


class Command(BaseCommand):
    help = "Charge le contenu initial. Peut être relancé : rien de ce qui a été modifié n’est écrasé."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        loader = Chargeur()
        with en_un_lot():
            for room in ROOMS:
                import_module(f"home.chargement.{room}").charger(loader)
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {word}" for word, count in loader.compte.items()))
