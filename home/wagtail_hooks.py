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


class TermeViewSet(SnippetViewSet):
    """The glossary's terms."""

    model = Terme
    icon = "openquote"
    menu_label = "Glossaire"
    menu_order = 410
    add_to_admin_menu = True
    list_display = ["nom", "sigle"]
    list_per_page = 50


register_snippet(TermeViewSet)
