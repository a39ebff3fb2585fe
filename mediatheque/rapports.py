"""The report of what was read in documents, failures first."""

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from mediatheque.models import CustomDocument


class LectureDesDocumentsView(ReportView):
    """Each document with the state of its text, and why it has none."""

    model = CustomDocument
    index_url_name = "lecture_des_documents"
    index_results_url_name = "lecture_des_documents_resultats"
    page_title = "Lecture des documents"
    header_icon = "doc-full-inverse"
    is_searchable = False
    list_export = ["title", "filename", "etat", "raison", "nombre_de_pages"]
    export_headings = {
        "title": "Titre", "filename": "Fichier", "etat": "État", "raison": "Raison", "nombre_de_pages": "Pages",
    }  # fmt: skip
    any_permission_required = ["add", "change", "delete"]
    columns = [
        TitleColumn("title", label="Document", url_name="wagtaildocs:edit"),
        Column("format", label="Format", accessor="format"),
        Column("etat", label="État du texte", accessor="etat_en_mots"),
        Column("parties", label="Parties lues", accessor="nombre_de_parties"),
    ]

    def get_base_queryset(self) -> QuerySet[CustomDocument]:
        rang = Case(
            When(etat=CustomDocument.Etat.ECHEC, then=Value(0)),
            When(etat=CustomDocument.Etat.A_TRAITER, then=Value(1)),
            default=Value(2),
            output_field=IntegerField(),
        )
        documents = CustomDocument.objects.annotate(rang=rang, nombre_de_parties=Count("textes"))
        return documents.order_by("rang", "title")
