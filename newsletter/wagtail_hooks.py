"""The list of subscriptions, to read, search, filter and export; nobody writes in it by hand."""

import datetime

from django.utils.timezone import localtime
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, modeladmin_register
from wagtail_modeladmin.views import IndexView

from newsletter.models import Abonnement


class ReadMostlyPermissionHelper(PermissionHelper):
    """A subscription is made by its owner: the team reads it, and erases it when its owner asks."""

    def user_can_list(self, user) -> bool:
        return self.user_has_specific_permission(user, self.get_perm_codename("view"))

    def user_can_inspect_obj(self, user, obj) -> bool:
        return self.user_can_list(user)

    def user_can_create(self, user) -> bool:
        return False

    def user_can_edit_obj(self, user, obj) -> bool:
        return False


def harmless_in_a_spreadsheet(text: str) -> str:
    """An address may begin with a sign that a spreadsheet takes for a formula: an apostrophe keeps it a text."""
    return f"'{text}" if text[:1] in "=+-@" else text


class AbonnementIndexView(IndexView):
    custom_field_preprocess = {"courriel": {"csv": harmless_in_a_spreadsheet}}
    custom_value_preprocess = {
        **IndexView.custom_value_preprocess,
        datetime.datetime: {
            "csv": lambda moment: localtime(moment).isoformat(" ", "minutes"),
            "xlsx": lambda moment: localtime(moment).replace(tzinfo=None),
        },
    }


class AbonnementAdmin(ModelAdmin):
    model = Abonnement
    menu_label = "Abonnements"
    menu_icon = "mail"
    menu_order = 350
    base_url_path = "abonnements"
    permission_helper_class = ReadMostlyPermissionHelper
    index_view_class = AbonnementIndexView
    # The page and the other dates are in the detail and the export: the filter takes a column of the screen.
    list_display = ("courriel", "etat_en_mots", "demande_le")
    list_filter = ("etat",)
    list_select_related = True
    list_export = ("courriel", "etat_en_mots", "landing", "demande_le", "confirme_le", "desinscrit_le", "consentement")
    export_filename = "abonnements"
    search_fields = ("courriel",)
    inspect_view_enabled = True
    inspect_view_fields = (
        "courriel", "etat", "landing", "consentement", "cree_le", "demande_le", "confirme_le", "desinscrit_le",
    )  # fmt: skip
    history_view_enabled = False

    def etat_en_mots(self, abonnement: Abonnement) -> str:
        return abonnement.get_etat_display()

    etat_en_mots.short_description = "état"
    etat_en_mots.admin_order_field = "etat"


modeladmin_register(AbonnementAdmin)
