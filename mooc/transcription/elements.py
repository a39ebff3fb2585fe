"""What a transcript is made of: captions as files cut them, turns of speech as people take them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ROLES = {"question": "question", "réponse": "reponse", "reponse": "reponse"}
# A caption lasts a few seconds: those of one voice are gathered in one turn until it is about a paragraph.
TURN_LENGTH = 320
# Where nothing is punctuated, as in captions that a machine made, a sentence never ends: it is cut there.
LONGEST_TURN = 3 * TURN_LENGTH
# Beyond this silence, in seconds, the same voice starts another turn.
LONGEST_PAUSE = 4.0
# A list of mistakes that somebody can work through before trying again.
MOST_FAULTS = 20
VOICE_CHANGE = re.compile(r"(?:>|&gt;){2,}")
SOUND = r"[\[(][^\])]*[\])]"
CLOSING = re.compile(rf"(?:\s|[»”\"’')\]]|{SOUND})+$")
OPENING = re.compile(rf"^(?:\s|[«“\"‘'(\-–—]|{SOUND})+")


class TranscriptionError(ValueError):
    """A transcript that cannot be read; the message, in French, names the line when there is one.

    Attributes:
        messages: what is wrong, each with its line.
    """

    def __init__(self, message: str, ligne: int | None = None) -> None:
        text = f"Ligne {ligne} : {message}" if ligne else message
        super().__init__(text)
        self.messages = [text]


class FautesError(TranscriptionError):
    """Everything that is wrong in a file: the first mistakes, and how many others."""

    def __init__(self, fautes: Sequence[TranscriptionError]) -> None:
        messages = [message for fault in fautes for message in fault.messages]
        others = len(messages) - MOST_FAULTS
        if others > 0:
            messages[MOST_FAULTS:] = [f"… et {others} {'autres erreurs' if others > 1 else 'autre erreur'}."]
        super().__init__("\n".join(messages))
        self.messages = messages


@dataclass(frozen=True, slots=True)
class SousTitre:
    """A caption as its file has it: seconds of start and end, plain text, and the voice when the file names it."""

    debut: float
    fin: float
    texte: str
    voix: str = ""


@dataclass(slots=True)
class Tour:
    """A turn of speech; a name or a time that the file does not give stays empty.

    Attributes:
        enchainement_incertain: a mark of change of voice fell in the middle of a sentence, and was not followed; or
            captions joined between two marks overlap, or do not follow on.
    """

    texte: str
    locuteur: str = ""
    role: str = "autre"
    debut: float | None = None
    fin: float | None = None
    enchainement_incertain: bool = False


def one_line(text: str) -> str:
    """`text` with every run of white space made one space."""
    return " ".join(text.split())


def role_of(voice: str) -> str:
    """A voice called « Question » or « Réponse » says its role; any other name says nothing of it."""
    return ROLES.get(voice.strip().casefold(), "autre")


def is_unfinished(text: str) -> bool:
    """Whether a sentence goes on after `text`; closing marks and bracketed sounds are looked through."""
    words = CLOSING.sub("", text)
    return not words.endswith((".", "!", "?", "…"))


def starts_low(text: str) -> bool:
    """Whether `text` begins in lower case, as the rest of a sentence does."""
    return OPENING.sub("", text)[:1].islower()


def tours_from_cues(cues: Iterable[SousTitre]) -> list[Tour]:
    """Captions to turns of speech.

    Captions of one named voice are gathered by paragraph. In a file that marks changes of voice by `>>`, so are
    those between two marks; a turn that starts inside a caption has no start, since nothing says when. In a caption
    that names a voice, nobody is named after a mark. Captions that say nothing of voices are one turn each, but for
    a sentence that they cut: its parts are one turn, unless they overlap, as two voices do.
    """
    cues = sorted(cues, key=lambda cue: cue.debut)
    spoken_until = 0.0
    marked = any(VOICE_CHANGE.search(cue.texte) for cue in cues)
    turns: list[Tour] = []
    for cue in cues:
        pieces = [one_line(piece) for piece in VOICE_CHANGE.split(cue.texte)]
        if cue.voix:
            _add_named(turns, cue, [piece for piece in pieces if piece])
        elif marked:
            _add_marked(turns, cue, pieces, overlap=cue.debut < spoken_until)
        elif text := one_line(cue.texte):
            _add_unmarked(turns, cue, text)
        spoken_until = max(spoken_until, cue.fin)
    return turns


def _goes_on(turn: Tour, cue: SousTitre) -> bool:
    """Whether a caption of the same voice belongs to the same turn."""
    if turn.fin is not None and cue.debut - turn.fin > LONGEST_PAUSE:
        return False
    return len(turn.texte) + len(cue.texte) <= (LONGEST_TURN if is_unfinished(turn.texte) else TURN_LENGTH)


def _append(turn: Tour, text: str, end: float | None) -> None:
    turn.texte = f"{turn.texte} {text}"
    turn.fin = end if turn.fin is None or end is None else max(turn.fin, end)


def _add_named(turns: list[Tour], cue: SousTitre, pieces: list[str]) -> None:
    """Pieces of one caption between marks: the first one is its voice's, nothing says who speaks next."""
    for place, text in enumerate(pieces):
        end = cue.fin if place == len(pieces) - 1 else None
        if place:
            _change(turns, text, end)
        elif turns and turns[-1].locuteur == cue.voix and _goes_on(turns[-1], cue):
            _append(turns[-1], text, end)
        else:
            turns.append(Tour(text, cue.voix, role_of(cue.voix), cue.debut, end))


def _change(turns: list[Tour], text: str, end: float | None) -> None:
    """A mark inside a caption: another turn, of nobody and from no second; or the sentence that it cut, flagged."""
    if is_unfinished(turns[-1].texte) and starts_low(text):
        _append(turns[-1], text, end)
        turns[-1].enchainement_incertain = True
    else:
        turns.append(Tour(text, fin=end))


def _add_unmarked(turns: list[Tour], cue: SousTitre, text: str) -> None:
    previous = turns[-1] if turns and not turns[-1].locuteur else None
    if (
        previous
        and previous.fin is not None
        and 0 <= cue.debut - previous.fin <= LONGEST_PAUSE
        and is_unfinished(previous.texte)
        and starts_low(text)
        and len(previous.texte) + len(text) <= TURN_LENGTH
    ):
        _append(previous, text, cue.fin)
    else:
        turns.append(Tour(text, debut=cue.debut, fin=cue.fin))


def _add_marked(turns: list[Tour], cue: SousTitre, pieces: list[str], *, overlap: bool) -> None:
    """Pieces of one caption between marks; the first one stands before any mark, and is empty at a change.

    Args:
        overlap: an earlier caption is still on: nothing says whose voice goes on.
    """
    spoken = [(rank, text) for rank, text in enumerate(pieces) if text]
    for place, (rank, text) in enumerate(spoken):
        start = cue.debut if place == 0 else None
        end = cue.fin if place == len(spoken) - 1 else None
        previous = turns[-1] if turns and not turns[-1].locuteur else None
        if previous and rank == 0 and _goes_on(previous, cue):
            doubtful = overlap or (not is_unfinished(previous.texte) and starts_low(text))
            previous.enchainement_incertain = previous.enchainement_incertain or doubtful
            _append(previous, text, end)
        elif previous and rank and is_unfinished(previous.texte) and starts_low(text):
            _append(previous, text, end)
            previous.enchainement_incertain = True
        else:
            turns.append(Tour(text, debut=start, fin=end))
