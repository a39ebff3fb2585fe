"""Word processing and slides: DOCX, ODT by section (cut at their headings), PPTX, ODP by slide."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from mediatheque.extraction.archives import Archive, local
from mediatheque.extraction.parties import Lecture, numeroter

_TITRE_WORD = re.compile(r"(?:heading|titre|title)\s*\d*", re.IGNORECASE)
_NUMERO = re.compile(r"(\d+)\.xml$")
# What is in a paragraph without being read: field codes, deleted text.
_IGNORES = {"instrText", "delText", "annotation", "note-citation", "tracked-changes"}


def lire_docx(fichier: Path) -> Lecture:
    archive = Archive(fichier)
    titres = _styles_de_titre(archive)
    racine = archive.xml("word/document.xml")
    paragraphes = ((_texte_word(p), _style(p) in titres) for p in _paragraphes_word(racine))
    parties = list(_sections(paragraphes))
    for nom in ("word/footnotes.xml", "word/endnotes.xml"):
        if nom in archive.noms:
            parties.append(("Notes", "\n".join(_lignes_word(archive.xml(nom)))))
    return Lecture(numeroter(parties))


def lire_odt(fichier: Path) -> Lecture:
    racine = Archive(fichier).xml("content.xml")
    paragraphes = ((_texte_odf(p), local(p.tag) == "h") for p in racine.iter() if local(p.tag) in ("p", "h"))
    return Lecture(numeroter(_sections(paragraphes)))


def lire_pptx(fichier: Path) -> Lecture:
    archive = Archive(fichier)
    diapositives = _diapositives(archive)
    morceaux = []
    for nom in diapositives:
        lignes = _lignes_word(archive.xml(nom))
        for sorte, notes in _relations(archive, nom).values():
            if sorte == "notesSlide" and notes in archive.noms:
                lignes += _lignes_word(archive.xml(notes))
        morceaux.append((lignes[0] if lignes else "", "\n".join(lignes)))
    return Lecture(numeroter(morceaux), len(diapositives))


def _diapositives(archive: Archive) -> list[str]:
    """The slides in the order in which they are shown, which is not that of the names of their files."""
    noms = {nom for nom in archive.noms if re.fullmatch(r"ppt/slides/slide\d+\.xml", nom)}
    ordre: list[str] = []
    if "ppt/presentation.xml" in archive.noms:
        relations = _relations(archive, "ppt/presentation.xml")
        references = [e for e in archive.xml("ppt/presentation.xml").iter() if local(e.tag) == "sldId"]
        cles = [next((v for cle, v in e.attrib.items() if str(cle).endswith("}id")), "") for e in references]
        ordre = [relations[cle][1] for cle in cles if cle in relations and relations[cle][1] in noms]
    return ordre or sorted(noms, key=_numero)


def _relations(archive: Archive, nom: str) -> dict[str, tuple[str, str]]:
    """What an entry refers to: kind and name of the entry, by identifier."""
    dossier, base = posixpath.split(nom)
    liens = f"{dossier}/_rels/{base}.rels"
    if liens not in archive.noms:
        return {}
    return {
        lien.get("Id", ""): (
            lien.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + dossier, lien.get("Target", ""))).lstrip("/"),
        )
        for lien in archive.xml(liens).iter()
        if local(lien.tag) == "Relationship"
    }


def lire_odp(fichier: Path) -> Lecture:
    racine = Archive(fichier).xml("content.xml")
    pages = [element for element in racine.iter() if element.tag.endswith("}page")]
    morceaux = []
    for page in pages:
        lignes = [texte for p in page.iter() if local(p.tag) in ("p", "h") if (texte := _texte_odf(p))]
        morceaux.append((lignes[0] if lignes else "", "\n".join(lignes)))
    return Lecture(numeroter(morceaux), len(pages))


def _sections(paragraphes: Iterable[tuple[str, bool]]) -> Iterator[tuple[str, str]]:
    """(title, text) of each section; a heading opens one and is part of its text."""
    titre, lignes = "", []
    for texte, est_titre in paragraphes:
        if not texte:
            continue
        if est_titre:
            if lignes:
                yield titre, "\n".join(lignes)
            titre, lignes = texte, [texte]
        else:
            lignes.append(texte)
    if lignes:
        yield titre, "\n".join(lignes)


def _styles_de_titre(archive: Archive) -> set[str]:
    """Identifiers of the heading styles: « Heading1 », or « Titre1 » in a French Word."""
    if "word/styles.xml" not in archive.noms:
        return set()
    titres = set()
    for style in archive.xml("word/styles.xml").iter():
        if local(style.tag) != "style":
            continue
        noms = [_attribut(enfant, "val") for enfant in style if local(enfant.tag) == "name"]
        if any(_TITRE_WORD.fullmatch(nom) for nom in noms):
            titres.add(_attribut(style, "styleId"))
    return titres


def _style(paragraphe: Element) -> str:
    for element in paragraphe.iter():
        if local(element.tag) == "pStyle":
            return _attribut(element, "val")
    return ""


def _attribut(element: Element, nom: str) -> str:
    return next((valeur for cle, valeur in element.attrib.items() if local(cle) == nom), "")


def _numero(nom: str) -> int:
    trouve = _NUMERO.search(nom)
    return int(trouve.group(1)) if trouve else 0


def _paragraphes_word(element: Element) -> Iterator[Element]:
    """Every paragraph, those of text boxes after the one that holds them, and never their copy for old readers."""
    for enfant in element:
        nom = local(enfant.tag)
        if nom == "p":
            yield enfant
        if nom != "Fallback":
            yield from _paragraphes_word(enfant)


def _lignes_word(racine: Element) -> list[str]:
    return [texte for paragraphe in _paragraphes_word(racine) if (texte := _texte_word(paragraphe))]


def _texte_word(paragraphe: Element) -> str:
    """Text of a Word or PowerPoint paragraph, the paragraphs of its text boxes left to themselves."""
    return "".join(_morceaux_word(paragraphe)).strip()


def _morceaux_word(element: Element) -> Iterator[str]:
    for enfant in element:
        nom = local(enfant.tag)
        if nom == "t":
            yield enfant.text or ""
        elif nom in ("tab", "br", "cr"):
            yield " "
        elif nom == "noBreakHyphen":
            yield "-"
        elif nom not in ("p", "Fallback"):
            yield from _morceaux_word(enfant)


def _texte_odf(element: Element) -> str:
    """Text of an ODF paragraph, its own paragraphs (in a frame or a note) left to themselves."""
    return "".join(_morceaux_odf(element)).strip()


def _morceaux_odf(element: Element) -> Iterator[str]:
    yield element.text or ""
    for enfant in element:
        nom = local(enfant.tag)
        if nom in ("s", "tab", "line-break"):
            yield " "
        elif nom not in ("p", "h") and nom not in _IGNORES:
            yield from _morceaux_odf(enfant)
        yield enfant.tail or ""
