"""What Wagtail's admin is told of the parcours: two reports, and the right to read one of them."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from parcours.entonnoir.rapport import SuiviView
from parcours.rapports import EtapesARevoirView


@hooks.register("register_admin_urls")
def adresses_des_rapports() -> list:
    return [
        path("reports/suivi-des-parcours/", SuiviView.as_view(), name="suivi_des_parcours"),
        path("reports/etapes-a-revoir/", EtapesARevoirView.as_view(), name="etapes_a_revoir"),
    ]


class SuiviMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("parcours.view_etapedujour")


class EtapesARevoirMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        view = EtapesARevoirView
        return view.permission_policy.user_has_any_permission(request.user, view.any_permission_required)


@hooks.register("register_reports_menu_item")
def menu_du_suivi() -> MenuItem:
    return SuiviMenuItem("Suivi des parcours", reverse("suivi_des_parcours"), icon_name="list-ol", order=910)


@hooks.register("register_reports_menu_item")
def menu_des_etapes_a_revoir() -> MenuItem:
    return EtapesARevoirMenuItem("Étapes à revoir", reverse("etapes_a_revoir"), icon_name="warning", order=920)


@hooks.register("register_permissions")
def droit_de_lire_le_suivi() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="parcours", codename="view_etapedujour")
