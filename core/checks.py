"""System checks that keep every page type honest."""

from django.core.checks import Error, register
from wagtail.models import get_page_models


def check_page_types(app_configs, **kwargs) -> list[Error]:
    """A page type is a `BasePage`, and says its kind or that it stays out of search."""
    from core.models import BasePage

    errors = []
    for model in get_page_models():
        if model._meta.app_label.startswith("wagtail"):
            continue
        if not issubclass(model, BasePage):
            errors.append(Error("a page type must inherit core.models.BasePage", obj=model, id="core.E001"))
        elif not model.genre and not model.hors_recherche:
            errors.append(
                Error(
                    "a page type must set `genre` and `genre_label`, or `hors_recherche = True`",
                    obj=model,
                    id="core.E002",
                )
            )
    return errors


def register_checks() -> None:
    register(check_page_types)
