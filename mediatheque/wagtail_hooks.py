"""What Wagtail is told: how documents are served, and the report where editors see what was read."""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import document_served

from mediatheque.diffusion import servir
from mediatheque.models import CustomDocument
from mediatheque.rapports import LectureDesDocumentsView


@hooks.register("before_serve_document", order=1000)
def servir_par_morceaux(document: CustomDocument, request: HttpRequest) -> HttpResponse | None:
    """Serve a file of the disk with byte ranges, after every other hook (privacy is one) let it pass."""
    if request.method not in ("GET", "HEAD") or not document.is_stored_locally():
        return None
    document_served.send(sender=CustomDocument, instance=document, request=request)
    entetes = [
        ("Content-Disposition", document.content_disposition),
        # The same address may hold a new file tomorrow, or be closed: the browser asks again each time.
        ("Cache-Control", "no-cache"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
    ]
    if document.content_disposition == "inline":
        # The sandbox would keep a browser's own PDF reader and player from opening.
        entetes[-1] = ("Content-Security-Policy", "default-src 'none'")
    return servir(request, Path(document.file.path), entetes, document.content_type)


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
