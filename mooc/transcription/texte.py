"""Plain text, where `>>` may mark a change of voice, often in the middle of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mooc.transcription.elements import (
    VOICE_CHANGE,
    Tour,
    TranscriptionError,
    is_unfinished,
    one_line,
    starts_low,
)
from mooc.transcription.temps import ARROW, clock


def read_turns(text: str) -> list[Tour]:
    """Turns of a plain text: between `>>` marks, or by paragraph when it has none; no name and no time.

    A mark in the middle of a sentence (no final punctuation before it, lower case after) is not followed: the
    parts are joined, and the turn is flagged for the editor. A bracketed sound stays inside its turn.

    Raises:
        TranscriptionError: the file holds times: it is a caption file under another name.
    """
    for number, line in enumerate(text.split("\n"), start=1):
        if ARROW in line:
            raise TranscriptionError(
                "ce texte contient des temps ; enregistrez-le en .vtt ou en .srt pour qu’ils soient lus.", number
            )
    pattern = VOICE_CHANGE if VOICE_CHANGE.search(text) else re.compile(r"\n\s*\n")
    marked = pattern is VOICE_CHANGE
    turns: list[Tour] = []
    for piece in pattern.split(text):
        words = one_line(piece)
        if not words:
            continue
        if marked and turns and is_unfinished(turns[-1].texte) and starts_low(words):
            turns[-1].texte += f" {words}"
            turns[-1].enchainement_incertain = True
        else:
            turns.append(Tour(words))
    return turns


def write(turns: Iterable[Tour], titre: str = "", adresse: str = "") -> str:
    """Turns as a text to read: a paragraph each, opened by its time and its voice when they are known."""
    paragraphs = [part for part in (titre, adresse) if part]
    for turn in turns:
        time = f"[{clock(turn.debut)[:8]}] " if turn.debut is not None else ""
        voice = f"{turn.locuteur} : " if turn.locuteur else ""
        paragraphs.append(f"{time}{voice}{turn.texte}")
    return "\n\n".join(paragraphs) + "\n"
