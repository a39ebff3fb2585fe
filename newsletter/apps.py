from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    name = "newsletter"
    verbose_name = "Lettre d’information"

    def ready(self) -> None:
        from core.registry import registry
        from newsletter.bloc import bloc_inscription

        registry.add_bloc("inscription", bloc_inscription)
