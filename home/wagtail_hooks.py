"""What Wagtail's admin is told about the whole site: dashboard, menus, glossary."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.models import Terme
from home.editorial.tableau_de_bord import BienvenuePanel


@hooks.register("construct_homepage_panels")
def panneau_de_bienvenue(request: HttpRequest, panels: list) -> None:
    panels.append(BienvenuePanel())


@hooks.register("construct_help_menu")
def aide_en_francais(request: HttpRequest, menu_items: list) -> None:
    """Keep the keyboard shortcuts; the other entries open English pages on another site."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("construct_page_action_menu")
def relire_puis_publier(menu_items: list, request: HttpRequest, context: dict) -> None:
    """On a page that awaits this person's review, the button in sight approves and publishes it."""
    menu_items.sort(key=lambda item: item.name != "approve")


class TermeViewSet(SnippetViewSet):
    """The glossary's terms."""

    model = Terme
    icon = "openquote"
    menu_label = "Glossaire"
    menu_order = 410
    add_to_admin_menu = True
    list_display = ["nom", "sigle", "lier"]
    list_per_page = 50


register_snippet(TermeViewSet)
