from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "Accueil"

    def ready(self) -> None:
        from core.registry import registry
        from home.liens import episodes

        registry.add_liens("episodes", episodes)
