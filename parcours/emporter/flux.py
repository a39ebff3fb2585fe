"""HTML of the site read as plain blocks, from which every format is written anew.

Nothing of the source passes through: an unknown tag leaves its text only, an address that is not one leaves its
words. So EPUB is valid and PDF is safe whatever an editor pasted.

A block is a dict with a `genre`: `titre` (`niveau`, `texte`), `paragraphe` (`texte`), `liste` (`ordonnee`,
`elements`), `citation` and `encadre` (`blocs`), `tableau` (`legende`, `lignes`). A `texte` is a list of pieces
`{"t", "gras", "italique", "exposant", "lien"}`; a piece whose `t` is a newline breaks the line.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, NavigableString, Tag
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.encoding import iri_to_uri

from core.typography import typo_html

Bloc = dict[str, Any]
Morceau = dict[str, Any]

TITRES = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
IGNORES = {
    "script", "style", "svg", "math", "template", "noscript", "button", "form", "input", "select", "textarea",
    "nav", "video", "audio", "iframe", "object", "img", "picture", "head",
}  # fmt: skip
BLOCS = {
    *TITRES, "p", "ul", "ol", "dl", "li", "dt", "dd", "blockquote", "aside", "table", "figure", "figcaption",
    "div", "section", "article", "header", "footer", "pre", "main", "details", "summary", "body", "html",
}  # fmt: skip
STYLES = {"b": "gras", "strong": "gras", "i": "italique", "em": "italique", "cite": "italique", "sup": "exposant"}
# What XML 1.0 cannot hold, the controls that HTML refuses, and the non-characters.
INTERDITS = re.compile(
    "[^\t\n\r\x20-\x7e\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    + "".join(f"{chr(plan << 16)}-{chr((plan << 16) | 0xFFFD)}" for plan in range(1, 17))
    + "]"
)
BLANCS = re.compile(r"[ \t\r\n\f]+")
ADRESSE_MAX = 2000


def propre(texte: str) -> str:
    """The text without the characters that no document may hold."""
    return INTERDITS.sub("", texte)


def lire(html: str, base: str, adresse: str = "") -> list[Bloc]:
    """The blocks of a fragment of the site; its headings start at level 2 and skip none.

    Args:
        base: scheme and host of absolute links.
        adresse: root-relative address of the page, to which an anchor alone belongs.
    """
    blocs = _Lecteur(base, adresse).blocs(BeautifulSoup(html, "html.parser"))
    precedent = 1
    for bloc in blocs:
        if bloc["genre"] == "titre":
            precedent = bloc["niveau"] = min(max(bloc["niveau"], 2), precedent + 1)
    return blocs


def ligne(texte: str) -> list[Morceau]:
    """A plain field as a line of text, with French typography and raised ordinals."""
    if not texte:
        return []
    echappe = propre(texte).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _Lecteur("", "").morceaux(BeautifulSoup(typo_html(echappe), "html.parser"))


def paragraphes(texte: str) -> list[Bloc]:
    """A plain field of several lines as paragraphs."""
    return [{"genre": "paragraphe", "texte": ligne(part)} for part in texte.splitlines() if part.strip()]


def adresse_sure(lien: str, base: str, adresse: str = "") -> str:
    """The absolute address of a link, or nothing when it is not one that a reader may follow."""
    try:
        parties = urlsplit(urljoin(base + adresse, propre(lien).strip()))
        if parties.scheme not in ("http", "https", "mailto"):
            return ""
        if not parties.netloc.isascii():
            parties = parties._replace(netloc=parties.netloc.encode("idna").decode())
        sure = re.sub(r"[\[\]{}|\\^`<>\"\s]", _pour_cent, iri_to_uri(parties.geturl()))
        if parties.scheme == "mailto":
            EmailValidator()(parties.path)
        elif f"{parties.scheme}://{parties.netloc}" != base:
            URLValidator(schemes=["http", "https"])(sure)
    except (ValueError, ValidationError):
        return ""
    return sure if len(sure) <= ADRESSE_MAX else ""


def _pour_cent(trouve: re.Match[str]) -> str:
    return f"%{ord(trouve.group(0)):02X}"


class _Lecteur:
    def __init__(self, base: str, adresse: str) -> None:
        self.base, self.adresse = base, adresse

    def blocs(self, parent: Tag) -> list[Bloc]:
        """The blocks of an element; text that stands between them makes paragraphs."""
        trouves: list[Bloc] = []
        attente: list[Tag | NavigableString] = []

        def vider() -> None:
            if texte := self._texte(attente):
                trouves.append({"genre": "paragraphe", "texte": texte})
            attente.clear()

        for noeud in parent.children:
            if isinstance(noeud, Tag) and (noeud.name in BLOCS or noeud.find(list(BLOCS))):
                vider()
                trouves += self._bloc(noeud)
            elif isinstance(noeud, (Tag, NavigableString)):
                attente.append(noeud)
        vider()
        return trouves

    def morceaux(self, parent: Tag) -> list[Morceau]:
        return self._texte([noeud for noeud in parent.children if isinstance(noeud, (Tag, NavigableString))])

    def _bloc(self, noeud: Tag) -> list[Bloc]:
        if noeud.name in IGNORES:
            return []
        if "carte" in (noeud.get("class") or []):
            return self._carte(noeud)
        methode = {
            "ul": self._liste, "ol": self._liste, "table": self._tableau, "blockquote": self._cadre,
            "aside": self._cadre, "dt": self._en_gras, "summary": self._en_gras,
        }.get(noeud.name, self._titre if noeud.name in TITRES else self.blocs)  # fmt: skip
        return methode(noeud)

    def _titre(self, noeud: Tag) -> list[Bloc]:
        texte = self.morceaux(noeud)
        return [{"genre": "titre", "niveau": TITRES[noeud.name], "texte": texte}] if texte else []

    def _liste(self, noeud: Tag) -> list[Bloc]:
        elements = [_sans_titre(self.blocs(li)) for li in noeud.find_all("li", recursive=False)]
        elements = [element for element in elements if element]
        return [{"genre": "liste", "ordonnee": noeud.name == "ol", "elements": elements}] if elements else []

    def _cadre(self, noeud: Tag) -> list[Bloc]:
        genre = "citation" if noeud.name == "blockquote" else "encadre"
        blocs = _sans_titre(self.blocs(noeud))
        return [{"genre": genre, "blocs": blocs}] if blocs else []

    def _en_gras(self, noeud: Tag) -> list[Bloc]:
        return [_gras(bloc) if bloc["genre"] == "paragraphe" else bloc for bloc in self.blocs(noeud)]

    def _carte(self, noeud: Tag) -> list[Bloc]:
        """A card of the site is told by the title that it links."""
        lien = noeud.find("a")
        texte = self._texte([lien]) if lien else self.morceaux(noeud)
        return [{"genre": "paragraphe", "texte": texte}] if texte else []

    def _tableau(self, noeud: Tag) -> list[Bloc]:
        legende = noeud.find("caption")
        lignes = [
            [
                {"entete": case.name == "th", "texte": self.morceaux(case)}
                for case in tr.find_all(["td", "th"], recursive=False)
            ]
            for tr in noeud.find_all("tr")
        ]
        largeur = max(map(len, lignes), default=0)
        if not largeur:
            return []
        # A short row is completed: every format asks for the same number of cells.
        for cases in lignes:
            cases += [{"entete": False, "texte": []} for _ in range(largeur - len(cases))]
        entetes = all(case["entete"] for case in lignes[0])
        return [
            {
                "genre": "tableau",
                "legende": self.morceaux(legende) if legende else [],
                "colonnes": largeur,
                "entetes": lignes[0] if entetes else [],
                "lignes": lignes[1:] if entetes else lignes,
            }
        ]

    def _texte(self, noeuds: list[Tag | NavigableString]) -> list[Morceau]:
        """Pieces of text of the same style, blanks made one, none at either end."""
        bruts: list[Morceau] = []
        for noeud in noeuds:
            self._aplatir(noeud, {"gras": False, "italique": False, "exposant": False, "lien": ""}, bruts)
        morceaux: list[Morceau] = []
        fin = " "
        for brut in bruts:
            texte = "\n" if brut["t"] == "\n" else BLANCS.sub(" ", brut["t"])
            if fin in " \n" and texte != "\n":
                texte = texte.lstrip(" ")
            if not texte:
                continue
            if morceaux and texte != "\n" != morceaux[-1]["t"] and _meme_style(morceaux[-1], brut):
                morceaux[-1]["t"] += texte
            else:
                morceaux.append(brut | {"t": texte})
            fin = texte[-1]
        while morceaux and not morceaux[-1]["t"].rstrip(" \n"):
            morceaux.pop()
        if morceaux:
            morceaux[-1]["t"] = morceaux[-1]["t"].rstrip(" ")
        while morceaux and morceaux[0]["t"] == "\n":
            morceaux.pop(0)
        return morceaux

    def _aplatir(self, noeud: Tag | NavigableString, style: dict, sortie: list[Morceau]) -> None:
        if isinstance(noeud, NavigableString):
            # Exactly text: not a comment, a doctype or a declaration.
            if type(noeud) is NavigableString and (texte := propre(str(noeud))):
                sortie.append(style | {"t": BLANCS.sub(" ", texte)})
            return
        if noeud.name == "br":
            sortie.append(style | {"t": "\n", "lien": ""})
            return
        if noeud.name in IGNORES or "visuellement-cache" in (noeud.get("class") or []):
            return
        if noeud.name == "a" and (lien := adresse_sure(str(noeud.get("href") or ""), self.base, self.adresse)):
            style = style | {"lien": lien}
        if noeud.name in STYLES:
            style = style | {STYLES[noeud.name]: True}
        for enfant in noeud.children:
            if isinstance(enfant, (Tag, NavigableString)):
                self._aplatir(enfant, style, sortie)


def _meme_style(un: Morceau, autre: Morceau) -> bool:
    return all(un[cle] == autre[cle] for cle in ("gras", "italique", "exposant", "lien"))


def _gras(bloc: Bloc) -> Bloc:
    return {"genre": "paragraphe", "texte": [morceau | {"gras": True} for morceau in bloc["texte"]]}


def _sans_titre(blocs: list[Bloc]) -> list[Bloc]:
    """Headings within a list or a frame are not those of the document: they become bold paragraphs."""
    return [_gras(bloc) if bloc["genre"] == "titre" else bloc for bloc in blocs]
