"""SubRip: numbered captions, times with a comma or, in many files, a dot."""

from __future__ import annotations

from collections.abc import Iterable

from mooc.transcription.balisage import plain
from mooc.transcription.elements import FautesError, SousTitre, Tour, TranscriptionError, one_line
from mooc.transcription.temps import ARROW, SRT_TIME, clock, read_caption
from mooc.transcription.vtt import numbered_blocks

EXAMPLE = "00:00:01,000 --> 00:00:04,000"


def read_cues(text: str) -> list[SousTitre]:
    """The captions of a SubRip text (newlines already `\\n`), in the order of the file.

    Raises:
        TranscriptionError: captions without readable times, ends before their starts, all told at once.
    """
    cues: list[SousTitre] = []
    faults: list[TranscriptionError] = []
    faulty = False
    for block in numbered_blocks(text):
        # What goes on with a faulty caption is no fault of its own.
        if faulty and _goes_on(block):
            continue
        try:
            _add(cues, block)
            faulty = False
        except TranscriptionError as fault:
            faults.append(fault)
            faulty = True
    if faults:
        raise FautesError(faults)
    return [cue for cue in cues if cue.texte]


def _goes_on(block: list[tuple[int, str]]) -> bool:
    """Whether a block is the text of the caption before it: an empty line inside it cut them."""
    return not block[0][1].strip().isdigit() and not any(ARROW in line for _, line in block)


def _add(cues: list[SousTitre], block: list[tuple[int, str]]) -> None:
    if cues and not block[0][1].strip().isdigit() and not any(ARROW in line for _, line in block[:2]):
        # An empty line inside a caption: its text goes on, unless this looks like a new number.
        last = cues.pop()
        words = plain("\n".join(text for _, text in block))
        cues.append(SousTitre(last.debut, last.fin, f"{last.texte} {words}".strip()))
        return
    debut, fin, body = read_caption(block, SRT_TIME, EXAMPLE)
    cues.append(SousTitre(debut, fin, plain("\n".join(text_line for _, text_line in body))))


def write(items: Iterable[SousTitre | Tour]) -> str:
    """Captions, or the timed turns, as SubRip; SubRip names no voice, so a name opens its text."""
    blocks = []
    for item in items:
        if item.debut is None or item.fin is None:
            continue
        voice = item.voix if isinstance(item, SousTitre) else item.locuteur
        # An empty line would end the caption.
        words = one_line(item.texte)
        text = f"{voice} : {words}" if voice else words
        blocks.append(f"{len(blocks) + 1}\n{clock(item.debut, ',')} {ARROW} {clock(item.fin, ',')}\n{text}\n")
    return "\n".join(blocks)
