"""Plain text, web pages, books and captions: TXT, HTML, EPUB, VTT."""

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from mediatheque.extraction.archives import Archive, local
from mediatheque.extraction.parties import Lecture, Refus, numeroter

_MUETS = {"script", "style", "noscript", "template", "title", "svg", "nav"}
_BLOCS = {
    "p", "div", "li", "tr", "br", "section", "article", "blockquote", "dd", "dt", "figcaption", "h4", "h5", "h6", "td",
    "th", "pre", "caption", "header", "footer", "main", "aside", "ul", "ol", "dl",
}  # fmt: skip
_TITRES = {"h1", "h2", "h3"}
_TEMPS_VTT = re.compile(r"\d\d:\d\d[.,]\d{3}\s*-->")
_BALISE_VTT = re.compile(r"<[^>]{0,200}>")


def decoder(octets: bytes) -> str:
    """Text of a file of unknown encoding: UTF-8 or UTF-16 with its mark, else the Windows one of French offices."""
    for marque, encodage in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if octets.startswith(marque):
            return octets.decode(encodage, "replace")
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("cp1252", "replace")


def lire_txt(fichier: Path) -> Lecture:
    return Lecture(numeroter([("", decoder(fichier.read_bytes()))]))


def lire_html(fichier: Path) -> Lecture:
    return Lecture(numeroter(_sections(decoder(fichier.read_bytes()))))


def lire_vtt(fichier: Path) -> Lecture:
    """The words of captions, without times, cue names, notes and styles."""
    repliques = []
    for bloc in re.split(r"\n\s*\n", decoder(fichier.read_bytes()).replace("\r\n", "\n")):
        lignes = bloc.strip().split("\n")
        rang = next((n for n, ligne in enumerate(lignes) if _TEMPS_VTT.search(ligne)), None)
        if rang is not None:
            repliques.append(" ".join(_BALISE_VTT.sub("", ligne) for ligne in lignes[rang + 1 :]))
    return Lecture(numeroter([("", "\n".join(repliques))]))


def lire_epub(fichier: Path) -> Lecture:
    """The chapters of a book in reading order."""
    archive = Archive(fichier)
    conteneur = archive.xml("META-INF/container.xml")
    chemin = next((e.get("full-path", "") for e in conteneur.iter() if local(e.tag) == "rootfile"), "")
    if not chemin:
        raise Refus("le fichier est abîmé : il ne s’ouvre pas dans son format")
    paquet = archive.xml(chemin)
    fichiers = {e.get("id"): e.get("href", "") for e in paquet.iter() if local(e.tag) == "item"}
    ordre = [fichiers.get(e.get("idref"), "") for e in paquet.iter() if local(e.tag) == "itemref"]
    morceaux: list[tuple[str, str]] = []
    for adresse in ordre:
        nom = posixpath.normpath(posixpath.join(posixpath.dirname(chemin), unquote(adresse)))
        if nom in archive.noms:
            morceaux += _sections(decoder(archive.octets(nom)))
    return Lecture(numeroter(morceaux), len(ordre))


class _Page(HTMLParser):
    """Collects the text of a page, cut at its headings."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: list[tuple[str, list[str]]] = [("", [])]
        self._muets = 0
        self._titre: list[str] | None = None

    def handle_starttag(self, tag: str, attrs) -> None:
        if tag in _MUETS:
            self._muets += 1
        elif tag in _TITRES:
            self._titre = []
        elif tag in _BLOCS:
            self._separer()

    def _separer(self) -> None:
        """What follows is another word than what came before."""
        if self._titre is not None:
            self._titre.append(" ")
        else:
            self.sections[-1][1].append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _MUETS:
            self._muets = max(0, self._muets - 1)
        elif tag in _TITRES and self._titre is not None:
            titre = " ".join("".join(self._titre).split())
            self.sections.append((titre, [titre, "\n"]))
            self._titre = None
        elif tag in _BLOCS:
            self._separer()

    def handle_data(self, data: str) -> None:
        if self._muets:
            return
        if self._titre is not None:
            self._titre.append(data)
        else:
            self.sections[-1][1].append(data)


def _sections(html: str) -> Iterator[tuple[str, str]]:
    page = _Page()
    page.feed(html)
    page.close()
    for titre, morceaux in page.sections:
        yield titre, "".join(morceaux)
