"""« Recherche » in the admin: what editors decide about search, and what readers look for."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.http import urlencode
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, EditView, SnippetViewSet, SnippetViewSetGroup

from core.version import current_version
from search.expressions import lignes
from search.models import MiseEnAvant, PageEcartee, Synonyme
from search.query import chercher
from search.rapports import ClicsView, RecherchesView


class EssayerMixin:
    """After saving, what the search finds now, and a button to see it on the site."""

    champ = ""

    @property
    def recherche(self) -> str:
        return lignes(getattr(self.object, self.champ))[0]

    def get_success_message(self, *args) -> str:
        total = chercher(self.recherche, version=current_version()).total
        if not total:
            return f"Enregistré, mais « {self.recherche} » ne trouve encore rien : le site n’emploie pas ces mots."
        return f"Enregistré : « {self.recherche} » trouve {total} résultat{'s' if total > 1 else ''}."

    def get_success_buttons(self) -> list:
        essai = f"{reverse('recherche')}?{urlencode({'q': self.recherche})}"
        return [
            messages.button(essai, f"Essayer « {self.recherche} »", new_window=True),
            *super().get_success_buttons(),
        ]


class RempliMixin(EssayerMixin):
    """A form that the report opens with the reader's own words."""

    def get_initial(self) -> dict:
        recherche = " ".join(self.request.GET.get(self.champ, "").split())[:80]
        return super().get_initial() | ({self.champ: recherche} if recherche else {})


class SynonymeCreateView(RempliMixin, CreateView):
    champ = "cherche"


class SynonymeEditView(EssayerMixin, EditView):
    champ = "cherche"


class MiseEnAvantCreateView(RempliMixin, CreateView):
    champ = "expressions"


class MiseEnAvantEditView(EssayerMixin, EditView):
    champ = "expressions"


class SynonymeViewSet(SnippetViewSet):
    """Words that stand for one another."""

    model = Synonyme
    icon = "resubmit"
    menu_label = "Synonymes"
    list_display = ["__str__", BooleanColumn("reciproque", label="Dans les deux sens")]
    search_fields = ["cherche", "aussi"]
    list_per_page = 50
    copy_view_enabled = False
    add_view_class = SynonymeCreateView
    edit_view_class = SynonymeEditView


class MiseEnAvantViewSet(SnippetViewSet):
    """Results shown first."""

    model = MiseEnAvant
    icon = "pick"
    menu_label = "Résultats mis en avant"
    list_display = [
        "__str__",
        Column(
            "elements",
            label="À montrer d’abord",
            accessor=lambda mise: ", ".join(str(element) for element in mise.elements.all()),
        ),
    ]
    search_fields = ["expressions"]
    list_per_page = 50
    copy_view_enabled = False
    add_view_class = MiseEnAvantCreateView
    edit_view_class = MiseEnAvantEditView

    def get_queryset(self, request: HttpRequest) -> QuerySet[MiseEnAvant]:
        return MiseEnAvant.objects.prefetch_related("elements__page", "elements__document")


class PageEcarteeViewSet(SnippetViewSet):
    """Pages that search does not show."""

    model = PageEcartee
    icon = "no-view"
    menu_label = "Pages écartées"
    list_display = [
        "__str__",
        BooleanColumn("branche", label="Avec les pages au-dessous"),
        Column("raison", label="Raison"),
    ]
    search_fields = ["page__title", "raison"]
    list_per_page = 50
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[PageEcartee]:
        return PageEcartee.objects.select_related("page")


class RechercheViewSetGroup(SnippetViewSetGroup):
    """« Recherche » in the main menu."""

    items = (SynonymeViewSet, MiseEnAvantViewSet, PageEcarteeViewSet)
    menu_label = "Recherche"
    menu_icon = "search"
    menu_order = 420
    submenu_hook = "register_recherche_menu_item"


register_snippet(RechercheViewSetGroup)


class RapportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.view_recherchedujour")


@hooks.register("register_recherche_menu_item")
def menu_du_rapport() -> MenuItem:
    return RapportMenuItem("Ce que l’on cherche", reverse("rapport_recherches"), icon_name="history", order=10)


@hooks.register("register_admin_urls")
def adresses_du_rapport() -> list:
    return [
        path("recherche/rapport/", RecherchesView.as_view(), name="rapport_recherches"),
        path("recherche/rapport/clics/", ClicsView.as_view(), name="rapport_clics"),
    ]


@hooks.register("register_permissions")
def droit_de_lire_le_rapport() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="search", codename="view_recherchedujour")
