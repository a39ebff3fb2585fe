"""Reading of documents: a background task after a file changes, and the catching up of `indexer`."""

import contextlib
import io
import logging
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.db.models.signals import post_delete
from django_tasks import task
from PIL import Image

from core.signals import document_extrait
from core.version import hold_version
from mediatheque.extraction import Lecture, Refus, extraire, rendre_couverture
from mediatheque.models import COUVERTURE, CustomDocument, TexteDeDocument

logger = logging.getLogger(__name__)


def demander_la_lecture(document: CustomDocument) -> None:
    """Read the document in the background once the present transaction is kept."""
    transaction.on_commit(partial(_mettre_en_file, document.pk))


def _mettre_en_file(document_id: int) -> None:
    try:
        lire_un_document.enqueue(document_id)
    except Exception:
        # The document is saved and stays « à traiter »: `indexer` reads it. The cause is in the log.
        logger.exception("The reading of document %s could not be queued", document_id)


@task()
def lire_un_document(document_id: int) -> None:
    """Read one document, unless it was deleted meanwhile."""
    document = CustomDocument.objects.filter(pk=document_id).first()
    if document is not None:
        lire(document)


def lire_ce_qui_attend() -> tuple[int, list[CustomDocument]]:
    """Read every document that waits or whose file changed; the number read, and those that failed."""
    en_attente = CustomDocument.objects.filter(
        Q(etat=CustomDocument.Etat.A_TRAITER) | ~Q(empreinte_extraite=F("file_hash"))
    )
    lus, echecs = 0, []
    for document in en_attente.order_by("pk"):
        lire(document)
        lus += 1
        if document.etat == CustomDocument.Etat.ECHEC:
            echecs.append(document)
    return lus, echecs


def lire(document: CustomDocument) -> None:
    """Read a document and keep its text, or why it has none, and its cover; tells `document_extrait` either way.

    A failure is a state of the document that its editor sees, never an error of whoever saved it.
    """
    etat, raison, lecture, image = CustomDocument.Etat.INDEXE, "", Lecture([]), b""
    empreinte = document.file_hash or document.get_file_hash()
    if not document.a_du_texte:
        etat = CustomDocument.Etat.SANS_TEXTE
    else:
        try:
            with _fichier_local(document) as fichier:
                if document.file_extension.lower() == "pdf":
                    image = rendre_couverture(fichier)
                lecture = extraire(fichier)
            if not lecture.parties:
                etat, raison = CustomDocument.Etat.ECHEC, "aucun texte trouvé dans le fichier"
        except Refus as refus:
            etat, raison = CustomDocument.Etat.ECHEC, str(refus)
        except OSError:
            logger.exception("Document %s cannot be opened", document.pk)
            etat, raison = CustomDocument.Etat.ECHEC, "le fichier est introuvable : déposez-le de nouveau"
    with transaction.atomic():
        # Two readers of one document (the worker and `indexer`) write one after the other; a document deleted or
        # given another file meanwhile has nothing to keep of this one.
        hold_version()
        if not CustomDocument.objects.filter(pk=document.pk, file=document.file.name).exists():
            return
        TexteDeDocument.objects.filter(document=document).delete()
        TexteDeDocument.objects.bulk_create(
            TexteDeDocument(document=document, numero=partie.numero, titre=partie.titre, texte=partie.texte)
            for partie in lecture.parties
        )
        _poser_couverture(document, image)
        champs = {
            "etat": etat,
            "raison": raison[:300],
            "nombre_de_pages": lecture.pages,
            "empreinte_extraite": empreinte,
        }
        champs |= {nom: getattr(document, nom) for nom in COUVERTURE}
        # Not `save`: an editor may be saving the same document now, and nothing of theirs is touched here.
        CustomDocument.objects.filter(pk=document.pk).update(**champs)
        for champ, valeur in champs.items():
            setattr(document, champ, valeur)
        document_extrait.send(sender=CustomDocument, document=document)


def _poser_couverture(document: CustomDocument, image: bytes) -> None:
    """Store the image as cover of the document, unsaved, under a name that the one before never had."""
    if not image:
        document.poser_couverture("", None, None)
        return
    largeur, hauteur = Image.open(io.BytesIO(image)).size
    nom = document.couverture.field.generate_filename(document, f"{document.pk}.webp")
    document.poser_couverture(document.couverture.storage.save(nom, ContentFile(image)), largeur, hauteur)


def _retirer_couverture(sender, instance: CustomDocument, **kwargs) -> None:
    instance.poser_couverture("", None, None)


def connect() -> None:
    """A deleted document takes its cover along; called once, by `MediathequeConfig.ready`."""
    post_delete.connect(_retirer_couverture, sender=CustomDocument, dispatch_uid="mediatheque.cover_deleted")


@contextlib.contextmanager
def _fichier_local(document: CustomDocument) -> Iterator[Path]:
    """The path of the file; a copy of it when the storage is not a disk."""
    if document.is_stored_locally():
        yield Path(document.file.path)
        return
    with tempfile.TemporaryDirectory() as dossier:
        copie = Path(dossier) / f"fichier.{document.file_extension}"
        with document.open_file() as source:
            copie.write_bytes(source.read())
        yield copie
