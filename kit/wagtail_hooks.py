"""The vocabularies that resources and fils rouges share, in one menu of the admin."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.models import Organisme, Territoire


class OrganismeViewSet(SnippetViewSet):
    """Organisations: who produces, who carries."""

    model = Organisme
    icon = "group"
    menu_label = "Organismes"
    list_display = ["nom", "site"]
    ordering = ["nom"]
    list_per_page = 50
    inspect_view_enabled = True


class TerritoireViewSet(SnippetViewSet):
    """Territories, each in its region of today."""

    model = Territoire
    icon = "globe"
    menu_label = "Territoires"
    list_display = ["nom", Column("get_region_display", label="Région", accessor="get_region_display")]
    list_filter = ["region"]
    ordering = ["nom"]
    list_per_page = 50
    inspect_view_enabled = True


class VocabulairesViewSetGroup(SnippetViewSetGroup):
    """« Vocabulaires » in the main menu."""

    items = (OrganismeViewSet, TerritoireViewSet)
    menu_label = "Vocabulaires"
    menu_icon = "tag"
    menu_order = 400


register_snippet(VocabulairesViewSetGroup)
