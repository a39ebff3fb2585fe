"""Names of known things found in a text, as people write and say them: capitals, accents and plurals do not count.

Acronyms are found in capitals only: « ESS » is not the end of « finesse », nor « phare » the name of a programme.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

WORD = re.compile(r"\w+")
# What may stand between two words of one name; a full stop or a comma may not.
BETWEEN = re.compile(r"[\s'’\-–—]{1,3}|\s?:\s?")
ARTICLES = {"le", "la", "les", "l"}


class Trouvaille(NamedTuple):
    """A name found in a text, from `debut` to `fin`; `cle` tells whose name it is."""

    cle: str
    debut: int
    fin: int


class _Nom(NamedTuple):
    cle: str
    mots: tuple[str, ...]
    sigle: bool


def folded(text: str) -> str:
    """`text` without accents nor capitals, each character at the same place."""
    return "".join((unicodedata.normalize("NFD", char)[0].lower() or char)[0] for char in text)


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("aux") and word[-4] != "e":
        return f"{word[:-3]}al"
    return word[:-1] if len(word) > 3 and word[-1] in "sx" else word


class Repertoire:
    """Finds names in texts; when several start at one place, the longest wins, for everything that bears it."""

    def __init__(self, noms: Iterable[tuple[str, str]]) -> None:
        """`noms` are (key, name) pairs; a key may have several names, a leading article does not count."""
        self._par_mot: dict[str, list[_Nom]] = defaultdict(list)
        for cle, nom in noms:
            spans = list(WORD.finditer(folded(nom)))
            if len(spans) > 1 and spans[0].group() in ARTICLES:
                spans = spans[1:]
            words = tuple(_singular(span.group()) for span in spans)
            # One letter, or a bare number, names nothing.
            if not words or (len(words) == 1 and (len(words[0]) < 2 or words[0].isdigit())):
                continue
            rest = nom[spans[0].start() :]
            self._par_mot[words[0]].append(_Nom(cle, words, rest.isupper()))
        for names in self._par_mot.values():
            # A stable order: what bears one name comes as it was given.
            names.sort(key=lambda name: -len(name.mots))

    def __bool__(self) -> bool:
        return bool(self._par_mot)

    def find(self, text: str) -> list[Trouvaille]:
        """The names in `text`, in order, none inside another; a name that several things bear comes once for each."""
        plain = folded(text)
        spans = [(span.start(), span.end()) for span in WORD.finditer(plain)]
        words = [_singular(plain[start:end]) for start, end in spans]
        found, rank = [], 0
        while rank < len(words):
            names = self._at(text, spans, words, rank)
            if not names:
                rank += 1
                continue
            last = rank + len(names[0].mots) - 1
            # One thing may have two names that read alike, as a singular and its plural.
            keys = dict.fromkeys(name.cle for name in names)
            found += [Trouvaille(key, spans[rank][0], spans[last][1]) for key in keys]
            rank = last + 1
        return found

    def _at(self, text: str, spans: list[tuple[int, int]], words: list[str], rank: int) -> list[_Nom]:
        """The longest names that start at a word, all of one length."""
        found: list[_Nom] = []
        for name in self._par_mot.get(words[rank], ()):
            if found and len(name.mots) < len(found[0].mots):
                break
            last = rank + len(name.mots) - 1
            if tuple(words[rank : last + 1]) != name.mots:
                continue
            gaps = (text[spans[at][1] : spans[at + 1][0]] for at in range(rank, last))
            said = text[spans[rank][0] : spans[last][1]]
            if all(BETWEEN.fullmatch(gap) for gap in gaps) and (said.isupper() or not name.sigle):
                found.append(name)
        return found
