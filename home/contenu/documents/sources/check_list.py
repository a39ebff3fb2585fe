"""Build of the DOCX check-list: real heading styles, tables with a repeated header row, fixed metadata."""

import datetime
import io
import re
from pathlib import Path
from typing import Any

import archive
import yaml
from docx import Document
from docx.document import Document as DocumentDocx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table
from typographie import francais_partout

TEXTES = Path(__file__).resolve().parent / "check-list.yaml"
DATE = datetime.datetime(2026, 11, 22)
ENCRE, FORET = RGBColor(0x17, 0x21, 0x1E), RGBColor(0x0A, 0x5C, 0x4A)
CASE = "☐"
POLICE = "Arial"  # present, or replaced without harm, on every reader's machine
# Parts of python-docx's template that the document does not need.
PARTIES_INUTILES = re.compile(r"docProps/thumbnail|customXml/|word/stylesWithEffects")
STYLES_GARDES = {
    "Normal",
    "Title",
    "Heading 1",
    "Heading 2",
    "List Bullet",
    "List Bullet 2",
    "List Bullet 3",
    "List Number",
    "List Number 2",
    "List Number 3",
    "Table Grid",
    "Header",
    "Footer",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
}


def construire(faits: dict[str, Any]) -> bytes:
    """Return the bytes of the check-list, which names resources of the kit as the facts do."""
    textes = francais_partout(yaml.safe_load(TEXTES.read_text(encoding="utf-8")))
    document = Document()
    _preparer_styles(document)
    _preparer_page(document, textes)
    _ecrire(document, textes, faits)
    tampon = io.BytesIO()
    document.save(tampon)
    return archive.empaqueter(_nettoyer(archive.deballer(tampon.getvalue())), premiere="[Content_Types].xml")


def _ecrire(document: DocumentDocx, textes: dict[str, Any], faits: dict[str, Any]) -> None:
    """Write the body, from the title to the resources of the kit."""
    fiche = faits["ressources"]["fiche-check-list-evaluation"]
    document.add_paragraph(textes["titre"], style="Title")
    document.add_paragraph().add_run(textes["statut"]).bold = True
    document.add_paragraph(
        textes["difference"].format(producteur=fiche["producteurs"], date=fiche["date"], titre=fiche["titre"])
    )
    mode = textes["mode_d_emploi"]
    document.add_heading(mode["titre"], level=1)
    for etape in mode["etapes"]:
        document.add_paragraph(etape, style="List Number")

    identite = textes["identite"]
    document.add_heading(identite["titre"], level=1)
    lignes = [[repere, ""] for repere in identite["lignes"]]
    _tableau(document, identite["entete"], lignes, (Mm(58), Mm(110)), identite["titre"])

    questions = textes["questions"]
    document.add_heading(questions["titre"], level=1)
    for partie in questions["parties"]:
        document.add_heading(partie["titre"], level=2)
        lignes = [[CASE, question, ""] for question in partie["questions"]]
        _tableau(document, questions["entete"], lignes, (Mm(14), Mm(92), Mm(62)), partie["titre"])

    levier = faits["territoires"]["leviers"][-1]
    document.add_heading(textes["levier"]["titre"], level=1)
    document.add_paragraph(textes["levier"]["texte"].format(titre=levier["titre"]))
    for question in levier["questions"]:
        document.add_paragraph(f"{CASE} {question}")

    document.add_heading(textes["suite"]["titre"], level=1)
    for slug in textes["suite"]["ressources"]:
        ressource = faits["ressources"][slug]
        paragraphe = document.add_paragraph(style="List Bullet")
        paragraphe.add_run(ressource["titre"]).bold = True
        paragraphe.add_run(f" ({ressource['producteurs']}, {ressource['date']}). {ressource['resume']}")


def _preparer_styles(document: DocumentDocx) -> None:
    """Set fonts, sizes and colours on the styles, and drop the styles that nothing uses."""
    tailles = {"Normal": 10, "Title": 21, "Heading 1": 14, "Heading 2": 11}
    for nom, taille in tailles.items():
        style = document.styles[nom]
        style.font.name, style.font.size, style.font.bold = POLICE, Pt(taille), nom != "Normal"
        style.font.color.rgb = FORET if nom == "Heading 1" else ENCRE
        fontes = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribut in list(fontes.attrib):
            if attribut.endswith("Theme"):  # a theme font would win over the font set above
                del fontes.attrib[attribut]
        fontes.set(qn("w:cs"), POLICE)
        fontes.set(qn("w:eastAsia"), POLICE)
    for nom, avant, apres in (("Normal", 0, 4), ("Title", 0, 8), ("Heading 1", 12, 5), ("Heading 2", 9, 4)):
        format_ = document.styles[nom].paragraph_format
        format_.space_before, format_.space_after = Pt(avant), Pt(apres)
    for langue in document.styles.element.iter(qn("w:lang")):
        langue.set(qn("w:val"), "fr-FR")
    bordure = document.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if bordure is not None:
        bordure.getparent().remove(bordure)
    latents = document.styles.element.find(qn("w:latentStyles"))
    if latents is not None:
        document.styles.element.remove(latents)
    for style in list(document.styles):
        if style.name not in STYLES_GARDES:
            style.delete()
    for reference in list(document.styles.element.iter(qn("w:link"))):  # towards deleted character styles
        reference.getparent().remove(reference)


def _preparer_page(document: DocumentDocx, textes: dict[str, Any]) -> None:
    """Set A4, the margins, the footer and the metadata."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(18)
    pied = section.footer.paragraphs[0]
    pied.add_run(f"{textes['pied']} · page ").font.size = Pt(8)
    _champ_page(pied)
    proprietes = document.core_properties
    proprietes.title, proprietes.subject = textes["titre"], textes["statut"]
    proprietes.author = proprietes.last_modified_by = "Équipe éditoriale du site"
    proprietes.language, proprietes.comments, proprietes.keywords = "fr-FR", "", "évaluation, partenariat"
    proprietes.created = proprietes.modified = DATE
    proprietes.revision = 1


def _champ_page(paragraphe: Any) -> None:
    """Add the field that shows the page number."""
    champ = OxmlElement("w:fldSimple")
    champ.set(qn("w:instr"), "PAGE")
    course = paragraphe.add_run("1")
    course.font.size = Pt(8)
    champ.append(course._r)
    paragraphe._p.append(champ)


def _tableau(
    document: DocumentDocx, entete: list[str], lignes: list[list[str]], largeurs: tuple[int, ...], titre: str
) -> Table:
    """Add a table with a header row repeated on each page and rows that never split."""
    tableau = document.add_table(rows=0, cols=len(entete), style="Table Grid")
    tableau.autofit = False
    retrait = OxmlElement("w:tblInd")  # borders in line with the text, not with the margin of the cells
    retrait.set(qn("w:w"), "108")
    retrait.set(qn("w:type"), "dxa")
    tableau._tbl.tblPr.append(retrait)
    legende = OxmlElement("w:tblCaption")
    legende.set(qn("w:val"), titre)
    tableau._tbl.tblPr.append(legende)
    for rang, textes in enumerate([entete, *lignes]):
        ligne = tableau.add_row()
        ligne.height = Mm(8)
        proprietes = ligne._tr.get_or_add_trPr()
        proprietes.append(OxmlElement("w:cantSplit"))
        if rang == 0:
            proprietes.append(OxmlElement("w:tblHeader"))
        for cellule, texte, largeur in zip(ligne.cells, textes, largeurs, strict=True):
            cellule.width = largeur
            paragraphe = cellule.paragraphs[0]
            paragraphe.paragraph_format.space_before = paragraphe.paragraph_format.space_after = Pt(2)
            paragraphe.paragraph_format.keep_with_next = rang < len(lignes)  # the table stays on one page
            course = paragraphe.add_run(texte)
            course.bold = rang == 0
            if rang == 0:
                _griser(cellule)
    for colonne, largeur in zip(tableau.columns, largeurs, strict=True):
        colonne.width = largeur
    return tableau


def _griser(cellule: Any) -> None:
    """Give a header cell the site's paper shade."""
    fond = OxmlElement("w:shd")
    for nom, valeur in (("val", "clear"), ("color", "auto"), ("fill", "EFECE2")):
        fond.set(qn(f"w:{nom}"), valeur)
    cellule._tc.get_or_add_tcPr().append(fond)


def _nettoyer(parties: dict[str, bytes]) -> dict[str, bytes]:
    """Drop the template's useless parts, and every reference to them."""
    gardees = {nom: contenu for nom, contenu in parties.items() if not PARTIES_INUTILES.search(nom)}
    for nom, contenu in gardees.items():
        if nom.endswith(".rels"):
            motif = rb'<Relationship [^>]*Target="[^"]*(?:thumbnail|customXml|stylesWithEffects)[^"]*"[^>]*/>'
            gardees[nom] = re.sub(motif, b"", contenu)
        elif nom == "[Content_Types].xml":
            motif = rb'<(?:Override PartName="/(?:customXml|word/stylesWith)|Default Extension="jpeg")[^>]*/>'
            gardees[nom] = re.sub(motif, b"", contenu)
    return gardees
