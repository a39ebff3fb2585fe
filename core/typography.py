"""French typography, applied on output: the stored and indexed text stays raw.

Convention of the Imprimerie nationale: narrow no-break space (U+202F) before ; ! ?, no-break space (U+00A0)
before : and inside « », ordinals raised, curly apostrophes. Both functions are idempotent.
"""

import re
from functools import lru_cache

from bs4 import BeautifulSoup, NavigableString

NB, FINE = "\u00a0", "\u202f"
IGNORED_TAGS = {"script", "style", "code", "pre", "kbd", "samp", "textarea", "svg", "math"}
BLOCK_TAGS = {
    "p", "li", "h1", "h2", "h3", "h4", "td", "th", "dt", "dd", "figcaption", "blockquote", "div", "section",
    "[document]",
}  # fmt: skip
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
PROTECTED = re.compile(
    r"(?:https?://|www\.|mailto:)\S+|\S+@\S+\.\S+|\b\d{1,2}:\d{2}\b|\b[\w-]+\.(?:fr|org|com|pdf)\b\S*"
)
# Stands for a protected piece while the rules run; removed from the input first.
HOLE = "\ue000"

RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)'(?=[\w«])", "’"),
        (r"\.{3}", "…"),
        (r'(^|[\s(\u00a0\u202f])"\s*([^"]+?)\s*"', rf"\1«{NB}\2{NB}»"),
        (r"«\s*", f"«{NB}"),
        (r"\s*»", f"{NB}»"),
        (r"(?<=[^\s\u00a0\u202f])[ \u00a0\u202f]?:(?=[\s\u00a0\u202f]|$)", f"{NB}:"),
        (r"(?<=[^\s\u00a0\u202f;!?…(«])[ \u00a0\u202f]?([;!?]+)(?=[\s\u00a0\u202f)»]|$)", rf"{FINE}\1"),
        (r"\b(\d{1,3})[ \u202f](?=\d{3}\b)", rf"\1{FINE}"),
        (r"(\d)\s?(%|‰|€|k€|M€|Md€)(?!\w)", rf"\1{NB}\2"),
        (
            r"(\d)\s(ko|Mo|Go|km|kg|h|min|s|ans?|pages?|p\.|millions?|milliards?|heures?|minutes?)\b",
            rf"\1{NB}\2",
        ),
        (rf"\b(\d{{1,2}}|1er)\s({MONTHS})\b", rf"\1{NB}\2"),
        (rf"\b({MONTHS})\s(\d{{4}})\b", rf"\1{NB}\2"),
        (r"\b(M\.|MM\.|Mme|Mmes|Dr|Pr|art\.|p\.|pp\.|vol\.|chap\.|fig\.)\s(?=[\dA-ZÉÈÀ])", rf"\1{NB}"),
        (r"\b[nN]°\s?(?=\d)", f"n°{NB}"),
    )
]
# (pattern, group raised, or the text that replaces it)
ORDINALS = [
    (re.compile(r"\b(1|I)(ers?)\b"), None),
    (re.compile(r"\b(1|I)(?:ère|re|ere)(s?)\b"), "re"),
    (re.compile(r"\b(2|II)(n?de?s?)\b"), None),
    (re.compile(r"\b(\d+|[IVX]{1,5})(?:ème|ième|eme)(s?)\b"), "e"),
    (re.compile(r"\b(\d+|[XV][IVX]{0,4}|I[VX]|VI{0,3})e(s?)\b(?!-)"), "e"),
]


@lru_cache(maxsize=8192)
def typo_text(text: str, before: str = "") -> str:
    """Apply the rules to a bare string; `before` is the character that precedes it in another node."""
    kept: list[str] = []

    def keep(match: re.Match) -> str:
        kept.append(match.group(0))
        return HOLE

    out = before + PROTECTED.sub(keep, text.replace(HOLE, ""))
    for pattern, replacement in RULES:
        out = pattern.sub(replacement, out)
    if before:
        # What the rules did to the neighbour itself is the neighbour's business.
        out = out[out.index(before) + len(before) :]
    pieces = iter(kept)
    return re.sub(HOLE, lambda _: next(pieces), out)


def _raise_ordinals(text: str) -> list[tuple[str, bool]]:
    """Cut a string in (text, is superscript) pieces."""
    found: list[tuple[int, int, str, str]] = []
    for pattern, fixed in ORDINALS:
        for match in pattern.finditer(text):
            raised = match.group(2) if fixed is None else fixed + match.group(2)
            if raised and not any(match.start() < end and match.end() > start for start, end, *_ in found):
                found.append((match.start(), match.end(), match.group(1), raised))
    pieces, position = [], 0
    for start, end, base, raised in sorted(found):
        pieces += [(text[position:start] + base, False), (raised, True)]
        position = end
    return [(piece, up) for piece, up in [*pieces, (text[position:], False)] if piece]


def _skipped(node: NavigableString) -> bool:
    for parent in node.parents:
        if parent.name == "[document]":
            return False
        lang = parent.get("lang")
        if parent.name in IGNORED_TAGS or (lang and not str(lang).startswith("fr")):
            return True
    return False


def _block_of(node: NavigableString):
    return next((parent for parent in node.parents if parent.name in BLOCK_TAGS), None)


@lru_cache(maxsize=2048)
def typo_html(fragment: str) -> str:
    """Apply the rules to the text nodes of an HTML fragment, and raise ordinals."""
    soup = BeautifulSoup(fragment, "html.parser")
    nodes = [node for node in soup.find_all(string=True) if type(node) is NavigableString]
    # The neighbours are read before any node changes.
    before = [""] + [str(node)[-1:] for node in nodes[:-1]]
    blocks = [_block_of(node) for node in nodes]
    for index, node in enumerate(nodes):
        if _skipped(node):
            continue
        neighbour = before[index] if index and blocks[index - 1] is blocks[index] else ""
        new = typo_text(str(node), "" if neighbour.isspace() else neighbour)
        raisable = not any(parent.name in ("sup", "sub", "title") for parent in node.parents)
        for text, is_raised in _raise_ordinals(new) if raisable else [(new, False)]:
            piece = NavigableString(text)
            if is_raised:
                tag = soup.new_tag("sup")
                tag.string = text
                node.insert_before(tag)
            else:
                node.insert_before(piece)
        node.extract()
    return str(soup)
