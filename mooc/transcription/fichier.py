"""A transcript file of any accepted kind, from its bytes."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from mooc.transcription import srt, texte, vtt
from mooc.transcription.elements import SousTitre, Tour, TranscriptionError, tours_from_cues

EXTENSIONS = ("vtt", "srt", "txt")
MAXIMUM = 5 * 1024 * 1024
# The editor's form, which has some ten fields a turn, could not be sent with more (DATA_UPLOAD_MAX_NUMBER_FIELDS).
MOST_TURNS = 1_000


def decode(content: bytes, extension: str) -> str:
    """The text of a transcript, newlines made `\\n`.

    WebVTT is UTF-8 by definition; text and SubRip also come in UTF-16 with its mark, or in Windows' Latin code.

    Raises:
        TranscriptionError: too long, not text, or WebVTT in another code than UTF-8.
    """
    if len(content) > MAXIMUM:
        raise TranscriptionError("Le fichier pèse plus de 5 Mo : ce n’est pas une transcription.")
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) and extension != "vtt":
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"] if extension == "vtt" else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise TranscriptionError("Le fichier n’est pas un texte en UTF-8.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise TranscriptionError("caractère interdit (nul) ; ce fichier n’est pas un texte.", line)
    return text


def read_cues(content: bytes, extension: str) -> list[SousTitre]:
    """The captions of a `.vtt` or `.srt` file."""
    return {"vtt": vtt, "srt": srt}[extension].read_cues(decode(content, extension))


def read_transcript(content: bytes, nom: str) -> list[Tour]:
    """The turns of a transcript file; its kind is told by the extension of its name.

    Raises:
        TranscriptionError: unknown kind, unreadable, without any speech, or with more than a page can hold.
    """
    extension = nom.rpartition(".")[2].lower()
    if extension not in EXTENSIONS:
        raise TranscriptionError("Format inconnu : une transcription est un fichier .vtt, .srt ou .txt.")
    if extension == "txt":
        turns = texte.read_turns(decode(content, extension))
    else:
        turns = tours_from_cues(read_cues(content, extension))
    if not turns:
        raise TranscriptionError("Le fichier ne contient aucune parole.")
    if len(turns) > MOST_TURNS:
        raise TranscriptionError(
            f"Le fichier donne {len(turns)} tours de parole ; une page en tient {MOST_TURNS} au plus. "
            "Faites-en plusieurs entretiens."
        )
    return turns
