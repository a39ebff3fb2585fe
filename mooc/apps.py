from django.apps import AppConfig


class MoocConfig(AppConfig):
    name = "mooc"
    verbose_name = "MOOC"

    def ready(self) -> None:
        from core.registry import registry
        from mooc import encarts, signaux

        registry.add_encart("apres", encarts.companion_of)
        registry.add_encart("fin", encarts.turns_naming)
        registry.add_encart("fin", encarts.episodes_naming)
        signaux.connect()
