"""The fonts of print are those of the site."""

import sys
from pathlib import Path

from core.impression.mise_en_page import POLICES

ROOT = Path(__file__).resolve().parents[3]


def test_the_fonts_of_print_are_the_instances_of_the_fonts_of_the_site(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(ROOT / "home/contenu/documents/sources"), *sys.path])
    import polices

    polices.preparer(ROOT / "static/fonts", tmp_path)
    faites = {fichier.name: fichier.read_bytes() for fichier in tmp_path.iterdir()}
    assert faites == {fichier.name: fichier.read_bytes() for fichier in POLICES.glob("*.ttf")}
    for licence in (ROOT / "static/fonts").glob("OFL-*.txt"):
        assert (POLICES / licence.name).read_bytes() == licence.read_bytes()
