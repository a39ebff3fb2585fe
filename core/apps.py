from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Socle"

    def ready(self) -> None:
        from core import checks, transactions, version

        checks.register_checks()
        transactions.connect()
        version.connect()
