from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "parcours"
    verbose_name = "Parcours"

    def ready(self) -> None:
        from wagtail.models import Page

        from core.registry import registry
        from parcours import encarts, facettes
        from parcours.emporter import taches

        registry.add_encart("avant", encarts.etape_en_cours)
        registry.add_encart("cote", encarts.fil_a_cote)
        registry.add_encart("apres", encarts.suite)
        registry.add_encart("fin", encarts.dans_quels_parcours)
        registry.add_facette("parcours", facettes.parcours_of_pages)
        registry.add_citation(Page, facettes.pages_qui_citent)
        facettes.connect()
        taches.connect()
