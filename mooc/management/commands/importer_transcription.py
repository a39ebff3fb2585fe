"""Import a transcript file as the turns of speech of an interview."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from wagtail.documents import get_document_model

from mooc.models import VideoPage
from mooc.transcription import Tour, TranscriptionError, read_transcript


class Command(BaseCommand):
    help = "Importe une transcription (.vtt, .srt ou .txt) dans un entretien, et publie la page."

    def add_arguments(self, parser) -> None:
        parser.add_argument("video", metavar="VIDEO", help="chemin de l’entretien : episode-1/<slug>")
        parser.add_argument("fichier", metavar="FICHIER", type=Path, help="fichier .vtt, .srt ou .txt")

    @transaction.atomic
    def handle(self, *args, video: str, fichier: Path, **options) -> None:
        page = self._page(video)
        try:
            content = fichier.read_bytes()
        except OSError as error:
            raise CommandError(f"Fichier illisible : {fichier} ({error.strerror}).") from error
        try:
            turns = read_transcript(content, fichier.name)
        except TranscriptionError as error:
            raise CommandError(f"{fichier.name} : {error}") from error
        captions = self._captions(page, content, fichier) if fichier.suffix.lower() != ".txt" else page.sous_titres
        # A draft that an editor left is not published unasked: the turns go to the page on line, then to the draft.
        draft = page.get_latest_revision_as_object() if page.has_unpublished_changes else None
        if draft is not None and not page.live:
            page, draft = draft, None
        self._put(page, turns, captions).publish()
        if draft is not None:
            self._put(draft, turns, captions)
        if options["verbosity"]:
            self.stdout.write(self._report(turns))

    @staticmethod
    def _page(video: str) -> VideoPage:
        path = video.strip("/").removeprefix("mooc/")
        page = VideoPage.objects.filter(url_path__endswith=f"/mooc/{path}/").first() if path.count("/") == 1 else None
        if page is None:
            known = [found.url_path.rstrip("/").split("/mooc/")[-1] for found in VideoPage.objects.order_by("path")]
            hint = f"Entretiens connus : {', '.join(known)}." if known else "Le site n’a encore aucun entretien."
            raise CommandError(f"Aucun entretien à l’adresse « {video} » ; attendu : episode-1/<slug>. {hint}")
        return page

    @staticmethod
    def _captions(page: VideoPage, content: bytes, file: Path):
        """The document of captions: the very file for a `.vtt`, none for a `.srt`, whose times the turns hold."""
        if file.suffix.lower() != ".vtt":
            return None
        if page.sous_titres is not None:
            with page.sous_titres.open_file() as current:
                if current.read() == content:
                    return page.sous_titres
        document = get_document_model()(title=f"Sous-titres : {page.title}"[:255])
        document.file.save(file.name, ContentFile(content), save=False)
        document._set_document_file_metadata()
        document.save()
        return document

    @staticmethod
    def _put(page: VideoPage, turns: list[Tour], captions):
        page.replace_turns(turns)
        page.sous_titres = captions
        return page.save_revision()

    @staticmethod
    def _report(turns: list[Tour]) -> str:
        untimed = sum(turn.debut is None for turn in turns)
        uncertain = sum(turn.enchainement_incertain for turn in turns)
        return (
            f"Tours de parole importés : {len(turns)} (sans temps : {untimed} ; "
            f"enchaînements incertains à vérifier : {uncertain})."
        )
