"""HTML of the site read as plain blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcours.emporter.flux import adresse_sure, ligne, lire, propre

BASE = "https://alliances.example"


def mots(texte) -> str:
    return "".join(morceau["t"] for morceau in texte)


def test_paragraphs_lists_and_headings_are_read():
    blocs = lire("<h2>Un</h2><p>Deux <b>trois</b></p><ul><li>quatre</li><li><p>cinq</p></li></ul>", BASE)
    assert [bloc["genre"] for bloc in blocs] == ["titre", "paragraphe", "liste"]
    assert blocs[1]["texte"][1] == {"t": "trois", "gras": True, "italique": False, "exposant": False, "lien": ""}
    assert [mots(element[0]["texte"]) for element in blocs[2]["elements"]] == ["quatre", "cinq"]


def test_headings_skip_no_level_and_start_below_the_title():
    blocs = lire("<h1>a</h1><h4>b</h4><h6>c</h6><h2>d</h2>", BASE)
    assert [bloc["niveau"] for bloc in blocs] == [2, 3, 4, 2]


def test_a_heading_in_a_frame_is_a_bold_paragraph():
    (cadre,) = lire("<aside><h3>À part</h3><p>Texte</p></aside>", BASE)
    assert cadre["genre"] == "encadre"
    assert cadre["blocs"][0]["genre"] == "paragraphe"
    assert cadre["blocs"][0]["texte"][0]["gras"]


def test_a_card_of_the_site_is_told_by_its_link():
    carte = '<article class="carte"><p>Genre</p><h3><a href="/kit/">Le kit</a></h3><p>Résumé</p></article>'
    (liste,) = lire(f"<ul><li>{carte}</li></ul>", BASE)
    ((paragraphe,),) = liste["elements"]
    assert paragraphe["texte"] == [
        {"t": "Le kit", "gras": False, "italique": False, "exposant": False, "lien": f"{BASE}/kit/"}
    ]


def test_every_row_of_a_table_has_as_many_cells():
    (tableau,) = lire(
        "<table><caption>C</caption><thead><tr><th>a</th><th>b</th></tr></thead><tr><td>1</td></tr></table>", BASE
    )
    assert tableau["colonnes"] == 2
    assert [mots(case["texte"]) for case in tableau["entetes"]] == ["a", "b"]
    assert len(tableau["lignes"][0]) == 2


@pytest.mark.parametrize(
    ("source", "lu"),
    [
        ("<script>alert(1)</script><p>a</p>", "a"),
        ("<p>a<!-- b --></p>", "a"),
        ('<p><img src="x" onerror="y">a</p>', "a"),
        ("<p>a\x00\x0b\ufffe\x85</p>", "a"),
        ("<x-y><p>a</p></x-y>", "a"),
        ("<p>  a\n b  </p>", "a b"),
        ("<p>a&nbsp;b</p>", "a\u00a0b"),
        ("<p><svg><title>t</title></svg>a</p>", "a"),
    ],
)
def test_only_text_passes(source, lu):
    assert "".join(mots(bloc["texte"]) for bloc in lire(source, BASE)) == lu


@pytest.mark.parametrize(
    ("lien", "adresse"),
    [
        ("/kit/", f"{BASE}/kit/"),
        ("#section", f"{BASE}/page/#section"),
        ("https://exemple.org/a b", "https://exemple.org/a%20b"),
        ("https://exemple.org/é?q=[1]", "https://exemple.org/%C3%A9?q=%5B1%5D"),
        ("mailto:nom@exemple.org", "mailto:nom@exemple.org"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
        ("http://pas un hôte/", ""),
        ("ftp://exemple.org/", ""),
        ("https://exemple.org/" + "a" * 3000, ""),
    ],
)
def test_only_addresses_that_readers_may_follow_are_links(lien, adresse):
    assert adresse_sure(lien, BASE, "/page/") == adresse


def test_a_plain_field_has_french_typography_and_its_signs_stay_text():
    texte = ligne("Pourquoi ? <b>1er</b> & 2e")
    assert mots(texte) == "Pourquoi\u202f? <b>1er</b> & 2e"
    assert [morceau["t"] for morceau in texte if morceau["exposant"]] == ["er", "e"]


@given(st.text())
def test_any_text_is_read_as_what_xml_can_hold(texte):
    for morceau in ligne(texte):
        assert propre(morceau["t"]) == morceau["t"]


@given(st.text(alphabet="<>/abphulit12 &;\"'= \n", max_size=80))
def test_any_soup_of_tags_is_read(soupe):
    lire(soupe, BASE)
