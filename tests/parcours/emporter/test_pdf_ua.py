"""PDF/UA-1, judged by veraPDF, where Maven can bring it."""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from django.utils import timezone

from core.version import current_version
from parcours import services
from parcours.attestation import document
from parcours.emporter import pdf
from parcours.emporter.flux import ligne, lire
from tests.parcours.emporter.conftest import BASE
from tests.parcours.emporter.test_livret import HOSTILES

PROJET = Path(__file__).parent / "verapdf" / "pom.xml"
DE_TOUT = (
    "<h2>Titre</h2><h5>Trop profond</h5><aside><h3>À part</h3><p><a href='/kit/'>lien</a></p></aside>"
    "<blockquote><p>Citation</p></blockquote><ol><li>un<ul><li>deux</li></ul></li></ol>"
    "<table><caption>Légende</caption><tr><th>a</th><th>b</th></tr><tr><th>c</th><td>d</td></tr></table>"
    "<table><tr><td>sans en-tête</td></tr></table>"
)


def _sans(raison: str) -> NoReturn:
    """A contributor may lack Maven or the network; where nothing may be skipped, that is a failure."""
    if os.environ.get("EXIGER_TOUT") == "1":
        pytest.fail(raison)
    pytest.skip(raison)


@pytest.fixture(scope="session")
def verapdf(tmp_path_factory) -> list[str]:
    """The command that judges PDF/UA-1."""
    if shutil.which("mvn") is None:
        _sans("veraPDF comes by Maven, which is not here")
    dossier = tmp_path_factory.mktemp("verapdf")
    apporte = subprocess.run(
        ["mvn", "--quiet", "--batch-mode", "--file", str(PROJET), "dependency:copy-dependencies",
         f"-DoutputDirectory={dossier}"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    if apporte.returncode:
        _sans(f"Maven cannot bring veraPDF: {apporte.stdout[-300:]}")
    return ["java", "-cp", f"{dossier}/*", "org.verapdf.apps.GreenfieldCliWrapper", "--flavour", "ua1",
            "--format", "text", "--verbose"]  # fmt: skip


def test_verapdf_accepts_the_booklet_the_hostile_one_and_an_attestation(livret, verapdf, tmp_path):
    hostiles = [
        replace(
            livret.etapes[rang % len(livret.etapes)],
            numero=rang + 1, titre_en_ligne=ligne(titre), raison=ligne(titre), corps=lire(DE_TOUT, BASE),
        )
        for rang, titre in enumerate(HOSTILES)
    ]  # fmt: skip
    (tmp_path / "livret.pdf").write_bytes(pdf.ecrire(livret, timezone.now()))
    (tmp_path / "hostile.pdf").write_bytes(pdf.ecrire(replace(livret, etapes=hostiles), timezone.now()))
    fil = services.fil_de("p", current_version())
    attestation = document.ecrire(fil, "Élodie d’Arc-Martin", timezone.now(), BASE, f"/attestation/{'a' * 80}/")
    (tmp_path / "attestation.pdf").write_bytes(attestation)
    jugement = subprocess.run([*verapdf, str(tmp_path)], capture_output=True, text=True, check=False, timeout=120)
    lignes = sorted(ligne for ligne in jugement.stdout.splitlines() if ligne.startswith(("PASS", "FAIL")))
    attendues = [f"PASS {tmp_path}/{nom}.pdf ua1" for nom in ("attestation", "hostile", "livret")]
    assert lignes == attendues, jugement.stdout[-3000:]
