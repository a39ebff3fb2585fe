from django.apps import AppConfig


class MoocConfig(AppConfig):
    name = "mooc"
    verbose_name = "MOOC"
