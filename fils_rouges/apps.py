from django.apps import AppConfig


class FilsRougesConfig(AppConfig):
    name = "fils_rouges"
    verbose_name = "Fils rouges"

    def ready(self) -> None:
        from core.registry import registry
        from fils_rouges import citations, encarts

        registry.add_encart("fin", encarts.cases_of)
        citations.register()
