"""Small files of every format, made on the spot."""

import io
import zipfile
from pathlib import Path


def docx(dossier: Path) -> Path:
    from docx import Document

    word = Document()
    word.add_heading("Préparer la rencontre", level=1)
    word.add_paragraph("Inviter les partenaires du territoire.")
    word.add_heading("Décider ensemble", level=1)
    word.add_paragraph("Noter chaque décision au baromètre.")
    tableau = word.add_table(rows=1, cols=2)
    tableau.cell(0, 0).text = "Qui"
    tableau.cell(0, 1).text = "Le comité"
    word.save(str(dossier / "essai.docx"))
    return dossier / "essai.docx"


def odt(dossier: Path) -> Path:
    from odfdo import Document, Header, Paragraph

    texte = Document("text")
    texte.body.clear()
    texte.body.append(Header(1, "Préparer la rencontre"))
    texte.body.append(Paragraph("Inviter les partenaires du territoire."))
    texte.body.append(Header(1, "Décider ensemble"))
    texte.body.append(Paragraph("Noter chaque décision au baromètre."))
    texte.save(str(dossier / "essai.odt"))
    return dossier / "essai.odt"


def ods(dossier: Path) -> Path:
    from odfdo import Document, Row, Table

    classeur = Document("spreadsheet")
    classeur.body.clear()
    table = Table("Budget")
    table.append_row(Row())
    table.set_value("A1", "Partenaire")
    table.set_value("B1", "Baromètre")
    classeur.body.append(table)
    classeur.save(str(dossier / "essai.ods"))
    return dossier / "essai.ods"


def odp(dossier: Path) -> Path:
    from odfdo import Document, DrawPage, Frame

    presentation = Document("presentation")
    presentation.body.clear()
    for numero, texte in enumerate(("Bonjour le territoire", "Le baromètre des alliances"), start=1):
        diapositive = DrawPage(f"page{numero}", name=f"Page {numero}")
        diapositive.append(Frame.text_frame(texte, size=("7cm", "5cm"), position=("1cm", "1cm")))
        presentation.body.append(diapositive)
    presentation.save(str(dossier / "essai.odp"))
    return dossier / "essai.odp"


def pptx(dossier: Path) -> Path:
    espace = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    with zipfile.ZipFile(dossier / "essai.pptx", "w") as archive:
        for numero, texte in ((1, "Bonjour le territoire"), (10, "À la fin"), (2, "Le baromètre des alliances")):
            archive.writestr(
                f"ppt/slides/slide{numero}.xml", f"<p {espace}><a:p><a:r><a:t>{texte}</a:t></a:r></a:p></p>"
            )
    return dossier / "essai.pptx"


def xlsx(dossier: Path) -> Path:
    import openpyxl

    classeur = openpyxl.Workbook()
    classeur.active.title = "Budget"
    classeur.active.append(["Partenaire", None, "Baromètre"])
    classeur.create_sheet("Suivi").append(["Alliance", 12])
    classeur.save(dossier / "essai.xlsx")
    return dossier / "essai.xlsx"


def pdf(dossier: Path, *pages: str) -> Path:
    import typst

    pages = pages or ("Première page du guide.", "Le baromètre des alliances.")
    source = dossier / "essai.typ"
    source.write_text('#set text(lang: "fr")\n' + "\n#pagebreak()\n".join(pages), encoding="utf-8")
    typst.compile(str(source), output=str(dossier / "essai.pdf"))
    return dossier / "essai.pdf"


def pdf_sans_texte(dossier: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (60, 60), "white").save(dossier / "image.pdf")
    return dossier / "image.pdf"


def epub(dossier: Path) -> Path:
    with zipfile.ZipFile(dossier / "essai.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", '<container><rootfile full-path="OEBPS/livre.opf"/></container>')
        archive.writestr(
            "OEBPS/livre.opf",
            '<package><item id="a" href="un.xhtml"/><item id="b" href="deux%20.xhtml"/>'
            '<itemref idref="b"/><itemref idref="a"/></package>',
        )
        archive.writestr("OEBPS/un.xhtml", "<html><body><h1>Chapitre un</h1><p>Le baromètre.</p></body></html>")
        archive.writestr("OEBPS/deux .xhtml", "<html><body><h1>Avant-propos</h1><p>Merci.</p></body></html>")
    return dossier / "essai.epub"


def bombe(dossier: Path, nom: str = "bombe.docx") -> Path:
    """A document of a few kB that would unpack to 50 MB."""
    with zipfile.ZipFile(dossier / nom, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 50_000_000)
    return dossier / nom


def cohue(dossier: Path) -> Path:
    """A document of too many entries."""
    with zipfile.ZipFile(dossier / "cohue.odt", "w") as archive:
        for numero in range(5_001):
            archive.writestr(f"f{numero}", b"")
    return dossier / "cohue.odt"


def entites(dossier: Path) -> Path:
    """A document whose XML declares entities that multiply."""
    xml = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with zipfile.ZipFile(dossier / "entites.odt", "w") as archive:
        archive.writestr("content.xml", xml)
    return dossier / "entites.odt"


def octets_de(fichier: Path) -> io.BytesIO:
    return io.BytesIO(fichier.read_bytes())
