"""Build of the ODT agenda: real heading and list styles, tables with a header row, fixed metadata."""

import datetime
import io
from pathlib import Path
from typing import Any

import archive
import yaml
from odfdo import Cell, Document, Element, Header, List, ListItem, Paragraph, Row, Style, Table
from typographie import francais_partout

TEXTES = Path(__file__).resolve().parent / "ordre-du-jour.yaml"
DATE = datetime.datetime(2026, 11, 22)
ENCRE, FORET, CREUX, FILET = "#17211e", "#0a5c4a", "#efece2", "#75817b"
CASE = "☐"
POLICE = "Arial"
# Parts of odfdo's template that the document does not need.
PARTIES_GARDEES = ("mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml")


def construire(faits: dict[str, Any]) -> bytes:
    """Return the bytes of the agenda, which names a resource of the kit as the facts do."""
    textes = francais_partout(yaml.safe_load(TEXTES.read_text(encoding="utf-8")))
    document = Document("text")
    document.body.clear()
    _preparer_styles(document, textes["pied"])
    _ecrire(document, textes, faits["ressources"]["fiche-supports-copil"])
    _dater(document, textes)
    manifeste = document.manifest
    for chemin in manifeste.get_paths():
        if chemin not in ("/", *PARTIES_GARDEES):
            manifeste.del_full_path(chemin)
    tampon = io.BytesIO()
    document.save(tampon)
    parties = archive.deballer(tampon.getvalue())
    return archive.empaqueter({nom: parties[nom] for nom in PARTIES_GARDEES}, premiere="mimetype")


def _ecrire(document: Document, textes: dict[str, Any], fiche: dict[str, Any]) -> None:
    """Write the body, from the title to the next meeting."""
    corps = document.body
    corps.append(Header(1, textes["titre"]))
    corps.append(Paragraph(textes["statut"], style="Statut"))
    difference = textes["difference"].format(producteur=fiche["producteurs"], date=fiche["date"], titre=fiche["titre"])
    corps.append(Paragraph(difference, style="Texte"))

    reunion = textes["reunion"]
    _section(
        corps,
        reunion["titre"],
        _tableau("Reunion", reunion["entete"], reunion["lignes"], (46, 124), document),
    )

    corps.append(Header(2, textes["objectif"]["titre"]))
    corps.append(_liste(textes["objectif"]["phrases"]))

    deroule = textes["deroule"]
    tableau = _tableau("Deroule", deroule["entete"], deroule["lignes"], (33, 60, 32, 45), document)
    _section(corps, deroule["titre"], tableau)

    decisions = textes["decisions"]
    vides = [[""] * len(decisions["entete"])] * decisions["lignes"]
    tableau = _tableau("Decisions", decisions["entete"], vides, (52, 42, 32, 44), document)
    _section(corps, decisions["titre"], tableau)

    releve = textes["releve"]
    corps.append(Header(2, releve["titre"]))
    corps.append(Paragraph(releve["introduction"], style="Texte"))
    lignes = [[str(numero), "", "", "", releve["etat"]] for numero in range(1, releve["lignes"] + 1)]
    corps.append(_tableau("Releve", releve["entete"], lignes, (10, 72, 34, 26, 28), document))

    for partie in ("desaccords", "prochaine"):
        corps.append(Header(2, textes[partie]["titre"]))
        corps.append(Paragraph(textes[partie]["texte"], style="Texte"))

    corps.append(Header(2, textes["avant_envoi"]["titre"]))
    for case in textes["avant_envoi"]["cases"]:
        corps.append(Paragraph(f"{CASE} {case}", style="Texte"))


def _section(corps: Element, titre: str, tableau: Table) -> None:
    """Append a heading and its table."""
    corps.append(Header(2, titre))
    corps.append(tableau)


def _liste(phrases: list[str]) -> List:
    """Return a bulleted list."""
    liste = List(style="Puces")
    for phrase in phrases:
        element = ListItem()
        element.append(Paragraph(phrase, style="Texte"))
        liste.append(element)
    return liste


def _tableau(
    nom: str, entete: list[str], lignes: list[list[str]], largeurs: tuple[int, ...], document: Document
) -> Table:
    """Return a table whose header row is declared as such and repeats on each page.

    Args:
        nom: unique name of the table, without space.
        entete: titles of the columns.
        lignes: texts of the rows.
        largeurs: widths of the columns in millimetres.
        document: receives the styles of the columns.
    """
    tableau = Table(nom, style="Tableau")
    for rang, largeur in enumerate(largeurs):
        style = Style("table-column", name=f"{nom}.{rang}", width=f"{largeur}mm")
        document.insert_style(style, automatic=True)
        colonne = Element.from_tag("table:table-column")
        colonne.set_attribute("table:style-name", style.name)
        tableau.append(colonne)
    titres = Element.from_tag("table:table-header-rows")
    titres.append(_ligne(entete, "CelluleTitre", "TexteTitre"))
    tableau.append(titres)
    for textes in lignes:
        tableau.append(_ligne(textes, "Cellule", "TexteCellule"))
    return tableau


def _ligne(textes: list[str], style_cellule: str, style_texte: str) -> Row:
    """Return a row of text cells."""
    ligne = Row(style="Ligne")
    for texte in textes:
        cellule = Cell(style=style_cellule)
        cellule.set_attribute("office:value-type", "string")
        cellule.append(Paragraph(texte, style=style_texte))
        ligne.append(cellule)
    return ligne


def _preparer_styles(document: Document, pied: str) -> None:
    """Define the paragraph, table and list styles, the headings and the page with its footer."""
    for niveau, taille, avant, couleur in ((1, "20pt", "0mm", ENCRE), (2, "13pt", "5mm", FORET)):
        titre = Style(
            "paragraph",
            name=f"Heading_20_{niveau}",
            display_name=f"Heading {niveau}",
            parent_style="Standard",
            area="text",
            size=taille,
            bold=True,
            color=couleur,
            **{"fo:font-family": POLICE},
        )
        titre.set_properties({"fo:margin-top": avant, "fo:margin-bottom": "2mm", "fo:keep-with-next": "always"})
        titre.set_attribute("style:default-outline-level", str(niveau))
        document.insert_style(titre)
    for nom, taille, gras, apres in (
        ("Texte", "10pt", False, "1.5mm"),
        ("Statut", "10pt", True, "1.5mm"),
        ("TexteCellule", "9.5pt", False, "0mm"),
        ("TexteTitre", "9.5pt", True, "0mm"),
        ("Pied", "8pt", False, "0mm"),
    ):
        style = Style(
            "paragraph",
            name=nom,
            parent_style="Standard",
            area="text",
            size=taille,
            bold=gras,
            color=ENCRE,
            **{"fo:font-family": POLICE},
        )
        style.set_properties({"fo:margin-bottom": apres})
        document.insert_style(style)

    _style_de_proprietes(document, "table", "Tableau", "table", {"style:width": "170mm", "table:align": "left"})
    _style_de_proprietes(
        document,
        "table-row",
        "Ligne",
        "table-row",
        {"fo:keep-together": "always", "style:min-row-height": "8mm"},
    )
    bordure = {"fo:border": f"0.5pt solid {FILET}", "fo:padding": "1.2mm"}
    _style_de_proprietes(document, "table-cell", "Cellule", "table-cell", bordure)
    fond = {**bordure, "fo:background-color": CREUX}
    _style_de_proprietes(document, "table-cell", "CelluleTitre", "table-cell", fond)

    document.insert_style(
        Element.from_tag(
            '<text:list-style style:name="Puces">'
            '<text:list-level-style-bullet text:level="1" text:bullet-char="•">'
            '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
            '<style:list-level-label-alignment text:label-followed-by="listtab" fo:text-indent="-5mm" '
            'fo:margin-left="6mm"/></style:list-level-properties></text:list-level-style-bullet></text:list-style>'
        ),
        automatic=False,
    )
    for niveau in document.styles.get_elements("//text:outline-level-style"):
        for attribut in ("style:num-format", "style:num-prefix", "style:num-suffix"):
            niveau.set_attribute(attribut, "")  # headings without numbers
        niveau.del_attribute("loext:num-list-format")
    page = document.get_style("master-page", "Standard")
    mise_en_page = document.get_style("page-layout", page.page_layout)
    mise_en_page.set_properties(
        {
            "fo:page-width": "210mm",
            "fo:page-height": "297mm",
            "fo:margin-left": "20mm",
            "fo:margin-right": "20mm",
            "fo:margin-top": "16mm",
            "fo:margin-bottom": "14mm",
        }
    )
    paragraphe = Paragraph(f"{pied} · page ", style="Pied")
    paragraphe.append(Element.from_tag("<text:page-number/>"))
    page.set_page_footer(paragraphe)


def _style_de_proprietes(document: Document, famille: str, nom: str, domaine: str, proprietes: dict[str, str]) -> None:
    """Insert a style of table made of raw ODF properties."""
    style = Style(famille, name=nom)
    style.set_properties(proprietes, area=domaine)
    # LibreOffice reads these styles among the automatic ones only.
    document.insert_style(style, automatic=True)


def _dater(document: Document, textes: dict[str, Any]) -> None:
    """Fix the metadata, dates first: they must not follow the day of the build."""
    meta = document.meta
    meta.title, meta.subject, meta.language = textes["titre"], textes["statut"], "fr-FR"
    meta.creator = meta.initial_creator = "Équipe éditoriale du site"
    meta.creation_date = meta.date = DATE
    meta.generator = "construire.py"
