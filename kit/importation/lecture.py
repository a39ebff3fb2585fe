"""Reading of a spreadsheet, CSV or XLSX, into rows of plain text."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.utils.datetime import from_excel

from kit.catalogue import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

COLONNES = (
    "slug", "titre", "nature", "rubrique", "producteurs", "date", "resume", "fichier", "mots_cles", "statut",
)  # fmt: skip
# The others may be left out: then nothing is said of them, and what exists stays as it is.
OBLIGATOIRES = ("slug", "titre", "nature", "producteurs", "date", "resume")
OCTETS_MAX = 20 * 1000 * 1000
# What a compressed workbook may weigh once opened.
OCTETS_DEPLIES_MAX = 200 * 1000 * 1000
LIGNES_MAX = 5000
# A number of days since 1900 that Excel shows as a date, when the cell lost its format: 1954 to 2064.
JOURS_EXCEL = range(20_000, 60_000)


class FichierIllisibleError(Exception):
    """The spreadsheet cannot be used at all; the message says why, in French."""


@dataclass(slots=True)
class Ligne:
    """A row: its number as a spreadsheet shows it, its text by column, and what could not be read in it."""

    numero: int
    valeurs: dict[str, str]
    erreurs: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Tableau:
    colonnes: tuple[str, ...]
    lignes: list[Ligne]
    avertissements: list[str]


def read_rows(fichier: Path) -> Tableau:
    """The rows of `fichier` below its header; blank rows are left out.

    Raises:
        FichierIllisibleError: no such file, empty, too large, of another format, or without the columns expected.
    """
    try:
        size = fichier.stat().st_size
        if not fichier.is_file():
            raise FichierIllisibleError(f"« {fichier} » n’est pas un fichier.")
        if size > OCTETS_MAX:
            raise FichierIllisibleError("Ce tableau pèse plus de 20 Mo : partagez-le en plusieurs.")
        content = fichier.read_bytes()
    except OSError as error:
        raise FichierIllisibleError(f"« {fichier} » ne peut pas être lu : {error.strerror or error}.") from None
    if not content.strip():
        raise FichierIllisibleError(f"« {fichier.name} » est vide.")
    rows = _xlsx_rows(content) if content.startswith(b"PK\x03\x04") else _csv_rows(content, fichier.name)
    return _table(rows)


# A row as its reader gives it: number, cells, errors by rank of column.
Brute = tuple[int, list[str], dict[int, str]]


def _table(rows: Iterable[Brute]) -> Tableau:
    iterator = iter(rows)
    header = next((row for row in iterator if any(row[1])), None)
    if header is None:
        raise FichierIllisibleError("Ce tableau est vide.")
    names = [fold(name).strip().replace(" ", "_").replace("-", "_") for name in header[1]]
    _check_header(names)
    lines = []
    for number, cells, errors in iterator:
        if not any(cells) and not errors:
            continue
        if len(lines) == LIGNES_MAX:
            raise FichierIllisibleError(f"Ce tableau a plus de {LIGNES_MAX} lignes : partagez-le en plusieurs.")
        values = {name: cells[rank] if rank < len(cells) else "" for rank, name in enumerate(names) if name in COLONNES}
        faults = [f"colonne « {names[rank]} » : {error}" for rank, error in errors.items() if rank < len(names)]
        if any(cells[len(names) :]):
            faults.append("il y a plus de cellules que de colonnes ; un texte qui contient le séparateur se met entre "
                          "guillemets")  # fmt: skip
        lines.append(Ligne(number, values, faults))
    if not lines:
        raise FichierIllisibleError("Ce tableau n’a aucune ligne sous ses titres de colonnes.")
    unknown = [name for name in names if name and name not in COLONNES]
    warnings = [f"Colonne ignorée, car inconnue : « {name[:80]} »." for name in unknown]
    return Tableau(tuple(name for name in names if name in COLONNES), lines, warnings)


def _check_header(names: list[str]) -> None:
    missing = [name for name in OBLIGATOIRES if name not in names]
    if missing:
        raise FichierIllisibleError(
            f"Colonnes manquantes : {', '.join(missing)}. La première ligne doit porter les titres "
            f"{', '.join(COLONNES)}."
        )
    twice = sorted({name for name in names if name in COLONNES and names.count(name) > 1})
    if twice:
        raise FichierIllisibleError(f"Colonnes en double : {', '.join(twice)}.")


# --- CSV


def _csv_rows(content: bytes, name: str) -> Iterator[Brute]:
    text = _decode(content)
    if "\x00" in text:
        raise FichierIllisibleError(
            f"« {name} » n’est ni un CSV ni un XLSX : enregistrez le tableau dans l’un de ces formats."
        )
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(";,\t", key=first.count)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, [cell.strip() for cell in cells], {}
    except csv.Error as error:
        raise FichierIllisibleError(f"Ce CSV est mal formé : {error}.") from None


def _decode(content: bytes) -> str:
    """UTF-8, with or without its mark, UTF-16 as Excel writes « Texte Unicode », or else the old Windows encoding."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FichierIllisibleError("L’encodage de ce tableau est inconnu : enregistrez-le en « CSV UTF-8 » ou en XLSX.")


# --- XLSX


def _xlsx_rows(content: bytes) -> Iterator[Brute]:
    damaged = "Ce classeur n’est pas un XLSX lisible : ouvrez-le et enregistrez-le à nouveau dans ce format."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > OCTETS_DEPLIES_MAX:
                raise FichierIllisibleError("Ce classeur est trop grand une fois ouvert : partagez-le en plusieurs.")
        book = load_workbook(io.BytesIO(content), read_only=True)
    except FichierIllisibleError:
        raise
    except Exception:
        raise FichierIllisibleError(damaged) from None
    try:
        sheet = book.worksheets[0]
        # What the file says of its own size may be wrong.
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells, errors = [], {}
            for rank, cell in enumerate(row):
                text, error = _cell(cell)
                cells.append(text)
                if error:
                    errors[rank] = error
            yield number, cells, errors
    except (FichierIllisibleError, GeneratorExit):
        raise
    except Exception:
        raise FichierIllisibleError(damaged) from None
    finally:
        book.close()


def _cell(cell) -> tuple[str, str]:
    """The text of a cell, and why it has none."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", "la cellule contient une formule ; collez-y sa valeur"
    if cell.data_type == "e":
        return "", f"la cellule contient l’erreur {value}"
    if isinstance(value, datetime | date):
        return _date_text(value, cell.number_format), ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip(), ""


def _date_text(value: datetime | date, number_format: str) -> str:
    """As precise as the cell shows it: a cell that shows « nov. 2016 » says no day."""
    shown = number_format.lower()
    if "d" in shown or "y" not in shown:
        return value.strftime("%Y-%m-%d")
    return value.strftime("%Y-%m") if "m" in shown else value.strftime("%Y")


def excel_day(text: str) -> str:
    """The date that a bare number of days stands for, or `text` as it is."""
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in JOURS_EXCEL:
        return from_excel(int(text)).strftime("%Y-%m-%d")
    return text
