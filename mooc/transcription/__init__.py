"""Transcripts: files of captions and plain text to turns of speech, and back."""

from mooc.transcription import srt, texte, vtt
from mooc.transcription.elements import SousTitre, Tour, TranscriptionError, tours_from_cues
from mooc.transcription.fichier import EXTENSIONS, read_transcript

__all__ = [
    "EXTENSIONS",
    "SousTitre",
    "Tour",
    "TranscriptionError",
    "read_transcript",
    "srt",
    "texte",
    "tours_from_cues",
    "vtt",
]
