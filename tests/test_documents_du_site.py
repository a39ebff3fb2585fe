"""The three documents that the site wrote are what their sources make, byte for byte."""

import subprocess
import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT / "home/contenu/documents"


def test_the_documents_committed_are_those_that_their_sources_make():
    built = subprocess.run(
        [sys.executable, str(DOCUMENTS / "sources/construire.py"), "--verifier"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr


def test_the_guide_has_fifteen_pages_or_more_and_speaks_of_evaluation_on_one():
    guide = pypdfium2.PdfDocument(DOCUMENTS / "guide-d-utilisation-du-kit.pdf")
    texts = [page.get_textpage().get_text_bounded() for page in guide]
    assert len(texts) >= 15
    assert any("valuation des partenariats" in text and "uand évaluer" in text for text in texts)


def test_the_video_weighs_less_than_a_megabyte_and_its_transcript_has_twenty_turns():
    folder = ROOT / "mooc/contenu"
    assert (folder / "presentation-du-kit.mp4").stat().st_size < 1_000_000
    assert (folder / "presentation-du-kit.vtt").read_text(encoding="utf-8").count("-->") >= 20
