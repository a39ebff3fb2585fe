"""What a notebook holds, and how two of them become one. `static/js/carnet/fusion.js` says the same in the browser.

A notebook is `{uuid: (read_ms, undone_ms, position_s, position_ms)}`: when a page was marked as read, when the mark
was taken back, the second reached in its video and when. Times are milliseconds since 1970, 0 for never. A page is
read when it was marked after it was last unmarked. Merging keeps the latest of each: in any order, with whatever is
sent twice, two devices reach the same notebook.
"""

from __future__ import annotations

import json
import re
from typing import Any

Marque = tuple[int, int, int, int]
Progres = dict[str, Marque]

# The kit and the MOOC are some fifty pages; a learner who reads everything of a site ten times larger fits.
MAX_PAGES = 2_000
MAX_OCTETS = 262_144
# A clock may be a little fast; beyond, a time to come is brought back to now, or no later mark could undo it.
TOLERANCE_MS = 300_000
# The largest integer that JavaScript counts exactly.
MAX_MS = 2**53 - 1
MAX_POSITION_S = 359_999
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class IllegibleError(ValueError):
    """What was given is not a notebook; the message says why, in French."""


def _is_time(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_MS


def lire(valeur: Any, maintenant_ms: int) -> Progres:
    """The notebook that decoded JSON holds, its times to come brought back.

    Raises:
        IllegibleError: it is not a notebook, or it is too large.
    """
    if not isinstance(valeur, dict):
        raise IllegibleError("Ce n’est pas un carnet de lecture.")
    if len(valeur) > MAX_PAGES:
        raise IllegibleError(f"Ce carnet est trop grand : {MAX_PAGES} pages au plus.")
    for uuid, marque in valeur.items():
        sound = isinstance(marque, list | tuple) and len(marque) == 4 and all(map(_is_time, marque))
        if not sound or not UUID.fullmatch(uuid) or marque[2] > MAX_POSITION_S:
            raise IllegibleError("Ce carnet est abîmé : une de ses marques est illisible.")
    return {uuid: borner(tuple(marque), maintenant_ms) for uuid, marque in valeur.items()}


def lire_texte(texte: bytes, maintenant_ms: int) -> Progres:
    """The notebook that a JSON text holds.

    Raises:
        IllegibleError: see `lire`; or the text is not JSON.
    """
    return lire(decoder(texte), maintenant_ms)


def decoder(texte: bytes) -> Any:
    """The value of a JSON text that anyone may have sent.

    Raises:
        IllegibleError: too long, not JSON, or nested beyond reason.
    """
    if len(texte) > MAX_OCTETS:
        raise IllegibleError(f"Ce carnet est trop grand : {MAX_OCTETS // 1024} ko au plus.")
    try:
        return json.loads(texte)
    except (ValueError, RecursionError) as error:
        raise IllegibleError("Ce contenu n’est pas du JSON lisible.") from error


def borner(marque: Marque, maintenant_ms: int) -> Marque:
    """The mark without times to come. A page read stays read, a page unread stays unread."""
    limit = maintenant_ms + TOLERANCE_MS
    read, undone, position, position_at = marque
    bounded_read, bounded_undone = min(read, limit), min(undone, limit)
    if read > undone and bounded_read == bounded_undone:
        bounded_undone -= 1
    return bounded_read, bounded_undone, position, min(position_at, limit)


def fusionner(un: Progres, autre: Progres) -> Progres:
    """The union of two notebooks: the latest of each time; commutative, associative, idempotent."""
    return un | {uuid: _merge(un[uuid], marque) if uuid in un else marque for uuid, marque in autre.items()}


def _merge(one: Marque, other: Marque) -> Marque:
    # The position goes with its time; at the same millisecond the farther one wins, whatever the order.
    position_at, position = max((one[3], one[2]), (other[3], other[2]))
    return max(one[0], other[0]), max(one[1], other[1]), position, position_at


def lues(progres: Progres) -> set[str]:
    """Identifiers of the pages read."""
    return {uuid for uuid, marque in progres.items() if marque[0] > marque[1]}
