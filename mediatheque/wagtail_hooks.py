"""What Wagtail is told: the report where editors see what was read in documents, and documents that move."""

from django.http import HttpRequest
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mediatheque.models import CustomDocument
from mediatheque.rapports import LectureDesDocumentsView


@hooks.register("register_admin_urls")
def adresses_du_rapport() -> list:
    return [
        path("reports/lecture-des-documents/", LectureDesDocumentsView.as_view(), name="lecture_des_documents"),
        path(
            "reports/lecture-des-documents/resultats/",
            LectureDesDocumentsView.as_view(results_only=True),
            name="lecture_des_documents_resultats",
        ),
    ]


class LectureDesDocumentsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mediatheque.add_customdocument") or request.user.is_superuser


@hooks.register("register_reports_menu_item")
def menu_du_rapport() -> MenuItem:
    return LectureDesDocumentsMenuItem(
        "Lecture des documents", reverse("lecture_des_documents"), icon_name="doc-full-inverse", order=900
    )


@hooks.register("after_bulk_action")
def dire_les_documents_deplaces(request: HttpRequest, action: str, objets: list, vue) -> None:
    """Wagtail changes the collection of many documents without saving them: their privacy may be another."""
    if action == "add_to_collection":
        cles = [objet.pk for objet in objets if isinstance(objet, CustomDocument)]
        for document in CustomDocument.objects.filter(pk__in=cles):
            document.save(update_fields=["collection"])
