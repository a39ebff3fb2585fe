"""The editor's form of an interview, where a transcript file becomes turns of speech."""

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminPageForm

from mooc.entretiens import captions_of
from mooc.lecteur import AUDIO_TYPES, VIDEO_TYPES
from mooc.transcription import Tour, TranscriptionError, read_transcript


class VideoForm(WagtailAdminPageForm):
    """Importing a file replaces all the turns; nothing is replaced when it cannot be read."""

    fichier_de_transcription = forms.FileField(
        label="Importer une transcription",
        required=False,
        help_text="Fichier .vtt, .srt ou .txt (« >> » y marque un changement de voix). Les tours de parole de la page "
        "sont alors tous remplacés ; pour les sous-titres de la vidéo, choisissez aussi le .vtt dans l’onglet Contenu.",
    )
    _imported: list[Tour] | None = None

    def clean_video(self):
        return self._playable("video", VIDEO_TYPES, "Un navigateur ne sait lire que les fichiers MP4 et WebM.")

    def clean_video_legere(self):
        return self._playable("video_legere", VIDEO_TYPES, "Un navigateur ne sait lire que les fichiers MP4 et WebM.")

    def clean_audio(self):
        return self._playable("audio", AUDIO_TYPES, "Attendu : un fichier MP3, M4A ou OGG.")

    def _playable(self, name: str, types: dict[str, str], message: str):
        document = self.cleaned_data.get(name)
        if document is not None and document.file_extension.lower() not in types:
            raise ValidationError(message)
        return document

    def clean_sous_titres(self):
        document = self.cleaned_data.get("sous_titres")
        if document is not None:
            try:
                captions_of(document)
            except TranscriptionError as error:
                first, *others = error.messages
                raise ValidationError([f"Sous-titres illisibles. {first}", *others]) from error
        return document

    def clean_fichier_de_transcription(self):
        upload = self.cleaned_data.get("fichier_de_transcription")
        if upload:
            try:
                self._imported = read_transcript(upload.read(), upload.name)
            except TranscriptionError as error:
                raise ValidationError(error.messages) from error
        return upload

    def save(self, commit=True):
        page = super().save(commit=False)
        if self._imported is not None:
            page.replace_turns(self._imported)
        if commit:
            page.save()
        return page
