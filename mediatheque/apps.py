from django.apps import AppConfig


class MediathequeConfig(AppConfig):
    name = "mediatheque"
    verbose_name = "Médiathèque"
