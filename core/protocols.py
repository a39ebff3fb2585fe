"""What rooms exchange without knowing one another: small immutable values, built by pages, read by search,
parcours, letters and lists.

A page type answers by methods of `core.models.BasePage`; the defaults are there.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# A reader of French reads about 200 words a minute on screen (Brysbaert, 2019: 238 for silent reading of
# non-fiction in English; we round down for documents read to be used).
WORDS_PER_MINUTE = 200


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a source that a search may land on.

    Attributes:
        texte: plain text, raw (no typography applied).
        titre: heading of the piece, empty for the body of its source.
        ancre: what to add to the source's address: `#section`, `?t=142#t-12`, `#page=12`, or empty.
    """

    texte: str
    titre: str = ""
    ancre: str = ""


@dataclass(frozen=True, slots=True)
class Temps:
    """Time that a source asks for, in minutes; what we do not hold is counted, never guessed.

    Attributes:
        lecture: minutes of reading or watching of what the site holds.
        formation: minutes announced by a course (a MOOC), kept apart so that totals may leave it out.
        inconnus: number of documents whose length is unknown, since the site does not hold them.
    """

    lecture: int = 0
    formation: int = 0
    inconnus: int = 0

    def __add__(self, other: Temps) -> Temps:
        return Temps(self.lecture + other.lecture, self.formation + other.formation, self.inconnus + other.inconnus)

    @property
    def total(self) -> int:
        """Minutes of everything whose length is known."""
        return self.lecture + self.formation


def reading_minutes(text: str) -> int:
    """Minutes to read `text`, at least 1 when there is something to read."""
    words = len(text.split())
    return max(1, round(words / WORDS_PER_MINUTE)) if words else 0


@dataclass(frozen=True, slots=True)
class Carte:
    """How a page shows in a list, a search result or a letter.

    Attributes:
        page_id: primary key of the page.
        uuid: the page's permanent identifier, the key of the reader's progress.
        titre: title, raw.
        url: root-relative address.
        genre: label of the kind of page (« Ressource »).
        resume: one or two sentences, raw.
        details: short facts shown on one line (« Le RAMEAU », « 2016 », « PDF, 1,2 Mo »).
        nature: slug of the nature of a resource of the kit, which gives its shape and colour; or empty.
        nature_titre: label of that nature.
    """

    page_id: int
    uuid: str
    titre: str
    url: str
    genre: str
    resume: str = ""
    details: tuple[str, ...] = ()
    nature: str = ""
    nature_titre: str = ""


@dataclass(frozen=True, slots=True)
class Encart:
    """What one room shows inside another room's page.

    Attributes:
        template: path of the template that draws it.
        context: its whole context, no query left to run.
        ordre: place among the insets of the same slot, low first.
    """

    template: str
    context: dict = field(default_factory=dict)
    ordre: int = 100


@dataclass(frozen=True, slots=True)
class Lien:
    """A link that one room gives about another room's page; `texte` is raw, `url` root-relative."""

    texte: str
    url: str


@dataclass(frozen=True, slots=True)
class Feuillet:
    """A page as it is taken away, printed or read offline: what its card does not say.

    Attributes:
        faits: (label, value) pairs, raw.
        html: the body as the site shows it, typography applied, links root-relative, headings from level 2.
        absence: what the site does not hold of it, and whom to ask, raw; empty when nothing is missing.
        liens: (label, address) pairs of where to ask or read on.
        medias: documents to see or hear, and what goes with them, beside those of `documents()`.
    """

    faits: tuple[tuple[str, str], ...] = ()
    html: str = ""
    absence: str = ""
    liens: tuple[tuple[str, str], ...] = ()
    medias: tuple = ()
