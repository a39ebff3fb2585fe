"""Zip files read with care: formats of offices and books are zip files, and so are bombs."""

import zipfile
from pathlib import Path
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mediatheque.extraction.parties import Refus

ENTREES_MAX = 5_000
TOTAL_MAX = 300 * 1024 * 1024
ENTREE_MAX = 60 * 1024 * 1024
# Text in XML shrinks 10 to 20 times; a bomb shrinks a thousand times.
RAPPORT_MAX = 200
RAPPORT_A_PARTIR_DE = 1024 * 1024
PROTEGE = "le fichier est protégé par un mot de passe"
# The container of Word 97 to 2003, in which Word also wraps a document that it encrypts.
_ANCIEN_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHIFFRE = "EncryptedPackage".encode("utf-16-le")


class Archive:
    """A zip file whose table was judged before anything is unpacked."""

    def __init__(self, fichier: Path) -> None:
        _refuser_ancien_office(fichier)
        self._zip = zipfile.ZipFile(fichier)
        entrees = self._zip.infolist()
        if len(entrees) > ENTREES_MAX or sum(entree.file_size for entree in entrees) > TOTAL_MAX:
            raise Refus("le fichier est refusé : une fois ouvert, il serait démesuré")
        for entree in entrees:
            enfle = entree.file_size > RAPPORT_MAX * max(entree.compress_size, 1)
            if enfle and entree.file_size > RAPPORT_A_PARTIR_DE:
                raise Refus("le fichier est refusé : une fois ouvert, il serait démesuré")
            if entree.flag_bits & 1:
                raise Refus(PROTEGE)
        self.noms = frozenset(self._zip.namelist())
        # An OpenDocument file with a password is a plain archive of encrypted entries.
        if "META-INF/manifest.xml" in self.noms and b"encryption-data" in self.octets("META-INF/manifest.xml"):
            raise Refus(PROTEGE)

    def octets(self, nom: str) -> bytes:
        """The content of an entry; the size is checked while reading, for a table may lie."""
        if nom not in self.noms:
            raise Refus("le fichier est abîmé : il ne s’ouvre pas dans son format")
        with self._zip.open(nom) as flux:
            contenu = flux.read(ENTREE_MAX + 1)
        if len(contenu) > ENTREE_MAX:
            raise Refus("le fichier est refusé : une fois ouvert, il serait démesuré")
        return contenu

    def xml(self, nom: str) -> Element:
        """An entry parsed; entities and external references are refused."""
        try:
            return fromstring(self.octets(nom), forbid_dtd=False)
        except DefusedXmlException as erreur:
            raise Refus("le fichier est refusé : il contient des entités interdites") from erreur


def _refuser_ancien_office(fichier: Path) -> None:
    with fichier.open("rb") as flux:
        if flux.read(len(_ANCIEN_OFFICE)) != _ANCIEN_OFFICE:
            return
        # The list of what the container holds is within its first or last sectors, or anywhere in a small file.
        if _CHIFFRE in flux.read(ENTREE_MAX):
            raise Refus(PROTEGE)
    raise Refus("le fichier est d’un ancien format de bureautique : enregistrez-le en DOCX, XLSX, PPTX ou PDF")


def local(balise: object) -> str:
    """The name of a tag without its namespace."""
    return str(balise).rpartition("}")[2]
