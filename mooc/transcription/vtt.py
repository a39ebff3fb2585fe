"""WebVTT, read strictly where a mistake would lose speech. Source: W3C, WebVTT, the Web Video Text Tracks Format.

webvtt-py leaves entities encoded, keeps `<script>` and accepts an end before its start: hence our own reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from mooc.transcription.balisage import voices
from mooc.transcription.elements import FautesError, SousTitre, Tour, TranscriptionError, one_line
from mooc.transcription.temps import ARROW, VTT_TIME, clock, read_caption

EXAMPLE = "00:00:01.000 --> 00:00:04.000"
NOT_A_CUE = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")


def numbered_blocks(text: str) -> list[list[tuple[int, str]]]:
    """Runs of non-empty lines, each with its number."""
    blocks: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            blocks[-1].append((number, line))
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def read_cues(text: str) -> list[SousTitre]:
    """The captions of a WebVTT text (newlines already `\\n`), in the order of the file.

    Raises:
        TranscriptionError: no header; or captions without readable times, ends before their starts, all told at once.
    """
    if not re.match(r"WEBVTT(\s|$)", text):
        raise TranscriptionError("un fichier WebVTT commence par le mot « WEBVTT ».", 1)
    cues: list[SousTitre] = []
    blocks = numbered_blocks(text)
    header = blocks[0]
    # The header runs to the first empty line, or to a caption that forgot it.
    times = next((rank for rank, (_, line) in enumerate(header) if ARROW in line), None)
    blocks[0] = header[times:] if times is not None else []
    faults: list[TranscriptionError] = []
    for block in blocks:
        if block and not NOT_A_CUE.match(block[0][1]):
            try:
                cues.extend(_cue(block))
            except TranscriptionError as fault:
                faults.append(fault)
    if faults:
        raise FautesError(faults)
    return cues


def _cue(block: list[tuple[int, str]]) -> Iterable[SousTitre]:
    debut, fin, body = read_caption(block, VTT_TIME, EXAMPLE)
    for voix, words in voices("\n".join(text for _, text in body)):
        yield SousTitre(debut, fin, words, voix)


def write(items: Iterable[SousTitre | Tour]) -> str:
    """Captions, or the timed turns, as WebVTT; what has no start or no end is left out."""
    lines = ["WEBVTT", ""]
    for item in items:
        if item.debut is None or item.fin is None:
            continue
        voice = item.voix if isinstance(item, SousTitre) else item.locuteur
        # An empty line would end the caption.
        text = escape(one_line(item.texte), quote=False)
        lines += [
            f"{clock(item.debut)} {ARROW} {clock(item.fin)}",
            f"<v {escape(voice, quote=False)}>{text}" if voice else text,
            "",
        ]
    return "\n".join(lines)
