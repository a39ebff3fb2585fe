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


def pdf_tres_haut(dossier: Path) -> Path:
    from PIL import Image

    Image.new("RGB", (40, 2_000), "white").save(dossier / "haut.pdf")
    return dossier / "haut.pdf"


def pdf_protege(dossier: Path) -> Path:
    """A PDF whose empty password is refused."""
    trente_deux = "00" * 32
    (dossier / "protege.pdf").write_text(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        f"trailer\n<</Root 1 0 R/Size 3/ID[<{'01' * 16}><{'01' * 16}>]"
        f"/Encrypt<</Filter/Standard/V 1/R 2/Length 40/P -44/O<{trente_deux}>/U<{trente_deux}>>>>>\n%%EOF\n"
    )
    return dossier / "protege.pdf"


def docx_protege(dossier: Path) -> Path:
    """As Word wraps a document with a password: the container of Word 97, which holds an encrypted package."""
    contenu = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_016) + "EncryptedPackage".encode("utf-16-le")
    (dossier / "protege.docx").write_bytes(contenu)
    return dossier / "protege.docx"


def ancien_doc(dossier: Path) -> Path:
    """A DOC under the name of a DOCX."""
    (dossier / "ancien.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    return dossier / "ancien.docx"


def odt_protege(dossier: Path) -> Path:
    with zipfile.ZipFile(dossier / "protege.odt", "w") as archive:
        archive.writestr("META-INF/manifest.xml", '<manifest><file-entry full-path="content.xml"><encryption-data/>')
        archive.writestr("content.xml", bytes(range(256)))
    return dossier / "protege.odt"


def pptx_reordonne(dossier: Path) -> Path:
    """Two slides shown in another order than that of their files, the second one with notes."""
    a, r = "http://schemas.openxmlformats.org/drawingml/2006/main", "http://schemas.openxmlformats.org/rel"

    def liens(*couples: tuple[str, str]) -> str:
        lignes = [
            f'<Relationship Id="rId{rang}" Type="{r}/{sorte}" Target="{cible}"/>'
            for rang, (sorte, cible) in enumerate(couples)
        ]
        return f'<Relationships xmlns="{r}">{"".join(lignes)}</Relationships>'

    def texte(mots: str) -> str:
        return f'<p xmlns:a="{a}"><a:p><a:r><a:t>{mots}</a:t></a:r></a:p></p>'

    with zipfile.ZipFile(dossier / "ordre.pptx", "w") as archive:
        archive.writestr(
            "ppt/presentation.xml", f'<p xmlns:r="{r}"><sldId id="256" r:id="rId1"/><sldId id="257" r:id="rId0"/></p>'
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels", liens(("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml"))
        )
        archive.writestr("ppt/slides/slide1.xml", texte("Montrée en second"))
        archive.writestr("ppt/slides/slide2.xml", texte("Montrée en premier"))
        archive.writestr("ppt/slides/_rels/slide1.xml.rels", liens(("notesSlide", "../notesSlides/notesSlide7.xml")))
        archive.writestr("ppt/notesSlides/notesSlide7.xml", texte("À dire à voix haute"))
    return dossier / "ordre.pptx"


def docx_a_cadre(dossier: Path) -> Path:
    """A paragraph with a text box, written twice in the file: for present readers and for old ones."""
    w, mc = (
        "http://schemas.openxmlformats.org/wordprocessingml",
        "http://schemas.openxmlformats.org/markup-compatibility",
    )
    cadre = "<w:txbxContent><w:p><w:r><w:t>Dans le cadre</w:t></w:r></w:p></w:txbxContent>"
    with zipfile.ZipFile(dossier / "cadre.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{w}" xmlns:mc="{mc}"><w:body><w:p><w:r><w:t>Autour</w:t></w:r><w:r>'
            f"<mc:AlternateContent><mc:Choice>{cadre}</mc:Choice><mc:Fallback>{cadre}</mc:Fallback></mc:AlternateContent>"
            "</w:r></w:p></w:body></w:document>",
        )
    return dossier / "cadre.docx"


def xlsx_a_entites(dossier: Path) -> Path:
    source = xlsx(dossier)
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(dossier / "entites.xlsx", "w") as copie:
        for nom in archive.namelist():
            contenu = archive.read(nom).decode()
            if nom == "xl/worksheets/sheet1.xml":
                contenu = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + contenu.partition("?>")[2]
            copie.writestr(nom, contenu)
    return dossier / "entites.xlsx"
