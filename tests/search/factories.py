"""Pages, documents and terms that can be found."""

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils.text import slugify
from wagtail.models import Page, ReferenceIndex

from core.models import Terme
from home.models import StandardPage
from mediatheque.models import CustomDocument, TexteDeDocument
from tests.factories import published


def page(parent, titre: str, chapo: str = "", sections: tuple[tuple[str, str], ...] = (), **champs) -> StandardPage:
    """A published page of text; `sections` are (heading, text)."""
    corps = []
    for intertitre, texte in sections:
        corps += [("intertitre", intertitre), ("texte", f"<p>{texte}</p>")]
    return published(parent, StandardPage(title=titre, slug=slugify(titre), chapo=chapo, corps=corps, **champs))


def document(titre: str, *pages: str, nom: str = "guide.pdf", **champs) -> CustomDocument:
    """A document already read, one text per page."""
    nouveau = CustomDocument(title=titre, **champs)
    nouveau.file.save(nom, ContentFile(titre.encode() + b" " + " ".join(pages).encode()), save=False)
    nouveau._set_document_file_metadata()
    nouveau.empreinte_extraite, nouveau.etat = nouveau.file_hash, CustomDocument.Etat.INDEXE
    nouveau.save()
    TexteDeDocument.objects.bulk_create(
        TexteDeDocument(document=nouveau, numero=numero, texte=texte) for numero, texte in enumerate(pages, start=1)
    )
    return nouveau


def reference(page, document) -> None:
    """As Wagtail records it when a page with a chooser of documents is saved."""
    types = ContentType.objects.get_for_models(Page, type(page), CustomDocument)
    ReferenceIndex.objects.create(
        base_content_type=types[Page], content_type=types[type(page)], object_id=page.pk,
        to_content_type=types[CustomDocument], to_object_id=document.pk, model_path="x", content_path="x",
        content_path_hash=ReferenceIndex._get_content_path_hash(f"x{document.pk}"),
    )  # fmt: skip


def terme(nom: str, definition: str, sigle: str = "") -> Terme:
    return Terme.objects.create(nom=nom, definition=definition, sigle=sigle)
