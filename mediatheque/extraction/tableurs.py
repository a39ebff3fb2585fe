"""Sheets: XLSX and ODS by sheet, CSV whole."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import openpyxl

from mediatheque.extraction.archives import Archive, local
from mediatheque.extraction.parties import TEXTE_MAX, Lecture, numeroter
from mediatheque.extraction.textes import decoder


def lire_xlsx(fichier: Path) -> Lecture:
    Archive(fichier)
    classeur = openpyxl.load_workbook(fichier, read_only=True, data_only=True)
    morceaux = [(feuille.title, _lignes(feuille.iter_rows(values_only=True))) for feuille in classeur.worksheets]
    return Lecture(numeroter(morceaux), len(morceaux))


def lire_ods(fichier: Path) -> Lecture:
    racine = Archive(fichier).xml("content.xml")
    tables = [element for element in racine.iter() if element.tag.endswith("}table")]
    morceaux = [
        (next((v for cle, v in table.attrib.items() if local(cle) == "name"), ""), _lignes(_rangs(table)))
        for table in tables
    ]
    return Lecture(numeroter(morceaux), len(morceaux))


def lire_csv(fichier: Path) -> Lecture:
    texte = decoder(fichier.read_bytes())
    premiere = texte.partition("\n")[0]
    separateur = max(";,\t", key=premiere.count)
    csv.field_size_limit(10_000_000)
    return Lecture(numeroter([("", _lignes(csv.reader(texte.splitlines(), delimiter=separateur)))]))


def _rangs(table: Element) -> Iterator[list[str]]:
    for rang in table.iter():
        if local(rang.tag) == "table-row":
            yield [
                " ".join("".join(p.itertext()) for p in cellule.iter() if local(p.tag) == "p")
                for cellule in rang
                if local(cellule.tag) == "table-cell"
            ]


def _lignes(rangs: Iterable[Iterable[object]]) -> str:
    lignes, total = [], 0
    for rang in rangs:
        ligne = " · ".join(str(cellule).strip() for cellule in rang if cellule not in (None, ""))
        if ligne:
            lignes.append(ligne)
            total += len(ligne)
        if total > TEXTE_MAX:
            break
    return "\n".join(lignes)
