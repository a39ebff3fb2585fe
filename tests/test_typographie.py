"""The words written in templates follow French typography: `bin/typographie.py` finds nothing to correct."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NB, FINE = "\u00a0", "\u202f"


@pytest.fixture(scope="module")
def typographie():
    spec = importlib.util.spec_from_file_location("typographie", ROOT / "bin" / "typographie.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_template_has_a_fault_of_typography(typographie):
    found = [str(path.relative_to(ROOT)) for path in typographie.fautes()]
    assert not found, f"run bin/typographie.py --corriger: {found}"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Qui ? Quoi : « ceci » ; cela !</p>", "<p>Qui‿? Quoi⍽: «⍽ceci⍽»‿; cela‿!</p>"),
        ("<p>« &nbsp;{{ q }}&nbsp;»&nbsp;: oui</p>", "<p>«⍽{{ q }}⍽»⍽: oui</p>"),
        ("<p>l'enjeu...</p>", "<p>l’enjeu…</p>"),
        ("<b>Par</b> : « {{ nom }} »", "<b>Par</b>⍽: «⍽{{ nom }}⍽»"),
        ("{% if a ; b %}{{ c|d:'l e' }}{% endif %}", "{% if a ; b %}{{ c|d:'l e' }}{% endif %}"),
        ('<a href="?a=b ; c" title="Où ?" class="{% if x %}a : b{% endif %}">', None),
        ("<script>a ? b : c</script>{# l'un ; l'autre #}", "<script>a ? b : c</script>{# l'un ; l'autre #}"),
    ],
)
def test_the_fixer_touches_words_only_and_once(typographie, source, expected):
    expected = expected or '<a href="?a=b ; c" title="Où‿?" class="{% if x %}a : b{% endif %}">'
    once = typographie.corriger(source)
    assert once.replace(NB, "⍽").replace(FINE, "‿") == expected
    assert typographie.corriger(once) == once
