from django.apps import AppConfig


class MoocConfig(AppConfig):
    name = "mooc"
    verbose_name = "MOOC"

    def ready(self) -> None:
        from wagtail.models import Page

        from core.models import Organisme
        from core.registry import registry
        from mooc import encarts, signaux

        registry.add_encart("apres", encarts.companion_of)
        registry.add_encart("fin", encarts.turns_naming)
        registry.add_encart("fin", encarts.episodes_naming)
        registry.add_citation(Page, signaux.episodes_qui_citent)
        registry.add_citation(Organisme, signaux.moocs_produits_par)
        signaux.connect()
