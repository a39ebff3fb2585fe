from django.apps import AppConfig


class FilsRougesConfig(AppConfig):
    name = "fils_rouges"
    verbose_name = "Fils rouges"
