"""What editors do to the turns of an interview: rename a voice everywhere, split a turn, join two.

Each changes the page in memory; the caller saves a revision. No time and no name is ever guessed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from core.noms import WORD, folded

if TYPE_CHECKING:
    from mooc.models import TourDeParole, VideoPage


class RedactionError(ValueError):
    """What was asked cannot be done; the message, in French, tells the editor why."""


def voix(page: VideoPage) -> list[tuple[str, int]]:
    """The voices that the transcript names, each with its number of turns, in order of appearance."""
    return list(Counter(turn.locuteur for turn in page.tours.all() if turn.locuteur).items())


def renommer(page: VideoPage, ancien: str, nouveau: str) -> int:
    """Give a voice another name in all its turns; how many there were.

    Raises:
        RedactionError: nobody has that name.
    """
    turns = [turn for turn in page.tours.all() if turn.locuteur == ancien]
    if not ancien or not turns:
        raise RedactionError("Choisissez une voix de cet entretien.")
    for turn in turns:
        turn.locuteur = nouveau
    page.tours.add(*turns)
    return len(turns)


def couper(page: VideoPage, rang: int, position: int) -> TourDeParole:
    """Split a turn in two before the character at `position`; the second part, which has no start yet.

    Raises:
        RedactionError: no such turn, or nothing on one side.
    """
    from mooc.models import TourDeParole

    turns = list(page.tours.all())
    turn = _at(turns, rang)
    first, second = turn.texte[:position].strip(), turn.texte[position:].strip()
    if not first or not second:
        raise RedactionError("Placez le curseur dans le texte, là où le tour doit être coupé.")
    # Where the cut falls in time, nothing says: the second part starts when an editor has heard it.
    after = TourDeParole(
        texte=second,
        locuteur=turn.locuteur,
        role=turn.role,
        fin=turn.fin,
        enchainement_incertain=turn.enchainement_incertain,
    )
    turn.texte, turn.fin = first, None
    turns.insert(rang + 1, after)
    _put(page, turns)
    return after


def joindre(page: VideoPage, rang: int) -> TourDeParole:
    """Join a turn to the one before, whose voice and anchor stay; addresses given to the second keep leading there.

    Raises:
        RedactionError: no such turn, or none before it.
    """
    turns = list(page.tours.all())
    turn = _at(turns, rang)
    if rang == 0:
        raise RedactionError("Le premier tour n’en a pas avant lui.")
    before = turns[rang - 1]
    before.texte = f"{before.texte.rstrip()} {turn.texte.lstrip()}"
    before.fin = turn.fin
    before.enchainement_incertain = before.enchainement_incertain or turn.enchainement_incertain
    kept = [*before.anciennes_ancres, *([turn.ancre] if turn.ancre else []), *turn.anciennes_ancres]
    before.ancres_jointes = " ".join(kept)
    if before.debut is not None and before.fin is not None and before.fin <= before.debut:
        before.fin = None
    del turns[rang]
    _put(page, turns)
    return before


def keep_anchors(anciens: Sequence[TourDeParole], nouveaux: Sequence[TourDeParole]) -> None:
    """Give the anchors of old turns to the new ones that say the same words in the same order.

    Times, capitals, accents and punctuation do not count: captions are imported again to correct those.
    """
    # Only what both say is compared: a thousand turns, half of them « Oui. », would take seconds otherwise.
    common = {_words(turn) for turn in anciens} & {_words(turn) for turn in nouveaux}
    said, says = ([turn for turn in turns if _words(turn) in common] for turns in (anciens, nouveaux))
    alike = SequenceMatcher(None, [_words(turn) for turn in said], [_words(turn) for turn in says], autojunk=False)
    for old, new, length in alike.get_matching_blocks():
        for before, after in zip(said[old : old + length], says[new : new + length], strict=True):
            after.ancre, after.ancres_jointes = before.ancre, before.ancres_jointes


def _words(turn: TourDeParole) -> tuple[str, ...]:
    return tuple(WORD.findall(folded(turn.texte)))


def _at(turns: list[TourDeParole], rang: int) -> TourDeParole:
    if not 0 <= rang < len(turns):
        raise RedactionError("Ce tour de parole n’existe plus.")
    return turns[rang]


def _put(page: VideoPage, turns: list[TourDeParole]) -> None:
    for rank, turn in enumerate(turns):
        turn.sort_order = rank
    page.tours = turns
    page.anchor_turns()
