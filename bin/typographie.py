#!/usr/bin/env python3
"""Check the French typography of the static text of the templates; `--corriger` writes the corrections.

What editors and data say is handled on output (`core.typography`); this is about the words written in templates:
narrow no-break space before ; ! ? and no-break space before : and inside « », curly
apostrophes, one-character ellipsis.
Tags, attributes other than those that readers hear, scripts, comments and template tags are left alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
NB, FINE = "\u00a0", "\u202f"
# What is not text: comments, template tags and variables, scripts and styles, HTML tags with their attributes.
NOT_TEXT = re.compile(
    r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|<script\b.*?</script>|<style\b.*?</style>"
    r"|<(?:\"(?:{[{%].*?[%}]}|[^\"])*\"|'(?:{[{%].*?[%}]}|[^'])*'|{[{%].*?[%}]}|[^'\">{])*>|{%.*?%}|{{.*?}}",
    re.S,
)
SPOKEN = re.compile(r"""(\s(?:aria-label|title|alt|placeholder|content)=")((?:{[{%].*?[%}]}|[^"])*)(")""", re.S)
PIECES = re.compile(r"{%.*?%}|{{.*?}}", re.S)
SPACE = r"(?:\s|&nbsp;)"
# A piece of text stands between tags: what it touches decides, so that each rule sees the character before it.
RULES = (
    (re.compile(r"(?<=[^\W\d_])'(?=[^\W_«])"), "’"),
    (re.compile(r"\.{3}"), "…"),
    (re.compile(rf"{SPACE}+([;!?]+)(?=\s|$|[»)])"), rf"{FINE}\1"),
    (re.compile(rf"{SPACE}+:(?=\s|$)"), f"{NB}:"),
    (re.compile(rf"«{SPACE}*"), f"«{NB}"),
    (re.compile(rf"{SPACE}*»"), f"{NB}»"),
)


def corriger_texte(text: str) -> str:
    """The corrected form of a piece of static text."""
    for pattern, replacement in RULES:
        text = pattern.sub(replacement, text)
    return text


def _outside(pattern: re.Pattern, source: str) -> str:
    """`source` with the text outside the matches of `pattern` corrected."""
    out, position = [], 0
    for match in pattern.finditer(source):
        out += [corriger_texte(source[position : match.start()]), match.group(0)]
        position = match.end()
    return "".join([*out, corriger_texte(source[position:])])


def _attributes(tag: str) -> str:
    """A tag whose spoken attributes are corrected."""
    return SPOKEN.sub(lambda found: found[1] + _outside(PIECES, found[2]) + found[3], tag)


def corriger(source: str) -> str:
    """The corrected form of a template; applying it twice changes nothing more."""
    out, position = [], 0
    for match in NOT_TEXT.finditer(source):
        found = match.group(0)
        is_tag = found.startswith("<") and not found.startswith(("<!--", "<script", "<style"))
        out += [corriger_texte(source[position : match.start()]), _attributes(found) if is_tag else found]
        position = match.end()
    return "".join([*out, corriger_texte(source[position:])])


def fautes(templates: Path = TEMPLATES) -> dict[Path, str]:
    """The corrected source of each template that has a fault."""
    found = {}
    for path in sorted(templates.rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        if (corrected := corriger(source)) != source:
            found[path] = corrected
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corriger", action="store_true", help="écrit les corrections")
    arguments = parser.parse_args()
    found = fautes()
    for path, corrected in found.items():
        print(path.relative_to(TEMPLATES.parent))
        if arguments.corriger:
            path.write_text(corrected, encoding="utf-8")
    return 0 if arguments.corriger or not found else 1


if __name__ == "__main__":
    sys.exit(main())
