"""Find again what the turns of every interview name, after names have changed."""

from django.core.management.base import BaseCommand

from core.templatetags.typo import pluriel_fr
from mooc.mentions import recenser, repertoire
from mooc.models import VideoPage


class Command(BaseCommand):
    help = "Propose à la rédaction ce que nomment les tours de parole des entretiens en ligne. Ne publie rien."

    def handle(self, *args, **options) -> None:
        names = repertoire()
        pages = VideoPage.objects.live().order_by("path").prefetch_related("tours", "mentions")
        found = sum(recenser(page, names) for page in pages.iterator(chunk_size=50))
        if options["verbosity"]:
            self.stdout.write(f"{pluriel_fr(found, 'nouveau renvoi proposé,nouveaux renvois proposés')}.")
