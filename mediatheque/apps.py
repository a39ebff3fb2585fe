from django.apps import AppConfig


class MediathequeConfig(AppConfig):
    name = "mediatheque"
    verbose_name = "Médiathèque"

    def ready(self) -> None:
        from mediatheque import taches

        taches.connect()
