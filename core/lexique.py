"""Terms of the glossary linked in pages: the approved ones, where each first comes in the running text.

A term becomes a plain link to the glossary, which `static/js/glossaire.js` makes a button that opens the definition
in place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html

from core.noms import Repertoire
from core.typography import typo_text
from core.version import cached

if TYPE_CHECKING:
    from core.models import Terme

# Running text is what the site sets as such: rooms say it by a class, never by another mark.
TEXTE_COURANT = "prose"
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Where a word is not ours to touch: it is a name, a quotation, or already does something.
FERMES = {
    "a", "abbr", "blockquote", "button", "cite", "code", "dfn", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6",
    "kbd", "label", "legend", "nav", "pre", "q", "samp", "script", "select", "style", "summary", "svg", "table",
    "template", "textarea", "time",
}  # fmt: skip
# Elements within a line: a quotation goes on through them.
EN_LIGNE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL)
DEJA_LIE = re.compile(r"<a class=\"terme\"[^>]*?href=\"/glossaire/#([^\"]*)\"")
CLASSES = re.compile(r"\sclass=\"([^\"]*)\"")


@dataclass(frozen=True, slots=True)
class TermeLie:
    """An approved term: its names in a text, what its link says, the pages where it is not linked."""

    slug: str
    nom: str
    definition: str
    noms: tuple[str, ...]
    sauf: frozenset[int]

    def link(self, words: str) -> str:
        """The link that stands for `words`, which are HTML already."""
        # The words come from a page: they are put back as they were.
        opening = format_html(
            '<a class="terme" href="/glossaire/#{}" data-nom="{}" data-definition="{}">',
            self.slug,
            typo_text(self.nom),
            typo_text(self.definition),
        )
        return f"{opening}{words}</a>"


def lie(terme: Terme, sauf: frozenset[int]) -> TermeLie:
    """A term as pages link it; what its letters stand for comes before its definition."""
    definition = f"{terme.sigle}. {terme.definition}" if terme.sigle else terme.definition
    return TermeLie(terme.slug, terme.nom, definition, (terme.nom, *terme.autres_formes), sauf)


def termes_lies(version: int) -> tuple[TermeLie, ...]:
    """The approved terms, once per version of the content."""
    from core.models import Terme

    def compute() -> tuple[TermeLie, ...]:
        terms = Terme.objects.filter(lier=True).prefetch_related("exclusions")
        return tuple(lie(term, frozenset(one.page_id for one in term.exclusions.all())) for term in terms)

    return cached(version, "core:termes-lies", compute)


def link_terms(html: str, termes: tuple[TermeLie, ...], page_id: int | None = None) -> str:
    """`html` with each term linked where it first comes in running text, and not in a heading, a link, a quotation."""
    if TEXTE_COURANT not in html:
        return html
    # A page that links a term itself has chosen its place.
    already = set(DEJA_LIE.findall(html))
    known = {terme.slug: terme for terme in termes if page_id not in terme.sauf and terme.slug not in already}
    names = Repertoire((terme.slug, nom) for terme in known.values() for nom in terme.noms)
    out: list[str] = []
    # (tag, opens running text, is closed to links) of each element that is open.
    opened: list[tuple[str, bool, bool]] = []
    # How many quotations the text before has opened and not closed; an element in a line does not end them.
    quotations = position = 0
    for tag in TAG.finditer(html):
        text = html[position : tag.start()]
        free = any(running for _, running, _ in opened) and not any(closed for *_, closed in opened)
        out += [_link(text, names, known, quotations) if free and text.strip() else text, tag.group()]
        position = tag.end()
        name = (tag.group(2) or "").lower()
        quotations = _quotations(text, quotations) if not name or name in EN_LIGNE else 0
        _follow(opened, tag)
    return "".join([*out, html[position:]])


def _quotations(text: str, before: int) -> int:
    """How many quotations are open after `text`, when `before` were."""
    return max(0, before + text.count("«") - text.count("»"))


def _follow(opened: list[tuple[str, bool, bool]], tag: re.Match) -> None:
    name = (tag.group(2) or "").lower()
    if not name or name in VOID or tag.group(3).endswith("/"):
        return
    if not tag.group(1):
        classes = CLASSES.search(tag.group(3))
        running = classes is not None and TEXTE_COURANT in classes[1].split()
        opened.append((name, running, name in FERMES))
    elif any(name == one for one, *_ in opened):
        while opened.pop()[0] != name:
            pass


def _link(text: str, names: Repertoire, known: dict[str, TermeLie], quotations: int) -> str:
    """A piece of text with its first terms linked; those are taken out of `known`.

    Args:
        quotations: how many are open where the piece starts.
    """
    pieces, position = [], 0
    for found in names.find(text):
        terme = known.get(found.cle)
        # Of two terms that read alike, the first has the words.
        if terme is None or found.debut < position or _quotations(text[: found.debut], quotations):
            continue
        del known[found.cle]
        pieces += [text[position : found.debut], terme.link(text[found.debut : found.fin])]
        position = found.fin
    return "".join([*pieces, text[position:]])
