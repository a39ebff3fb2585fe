"""Excerpts: whole sentences where it can be, lines that do not run into one another, words marked as written."""

import pytest

from search.analyse import analyser
from search.extraits import fenetre, surligner

VIDE = "Une phrase sans rien de ce que l’on cherche. "


def test_an_excerpt_ends_with_its_sentence():
    texte = VIDE * 9 + "Évaluer un partenariat demande du temps, de la méthode et de l’écoute. " + VIDE * 9
    extrait = fenetre(texte, {"partenariat"})
    assert extrait.startswith("Évaluer un partenariat")
    assert extrait.endswith(".")


def test_an_excerpt_goes_a_little_further_to_end_its_sentence():
    texte = "Partenariat : " + "mot " * 68 + "fin. " + VIDE * 5
    assert fenetre(texte, {"partenariat"}).endswith("fin.")


def test_a_sentence_without_end_is_cut_at_a_word_and_says_so():
    extrait = fenetre("mot " * 200 + "partenariat " + "mot " * 200, {"partenariat"})
    assert extrait.startswith("… mot")
    assert extrait.endswith("mot …")
    assert "partenariat" in extrait


def test_a_quotation_keeps_its_closing_mark():
    texte = VIDE * 9 + "« Le partenariat se prépare. » " + VIDE * 9
    assert fenetre(texte, {"partenariat"}).startswith("« Le partenariat se prépare. »")


def test_the_number_of_a_chapter_ends_no_sentence():
    texte = VIDE * 8 + "1. Pourquoi un partenariat ? " + VIDE * 8
    assert fenetre(texte, {"partenariat"}).startswith("1. Pourquoi un partenariat ?")


@pytest.mark.parametrize(
    ("texte", "extrait"),
    [
        ("Le kit cite :\nCGET\nCaisse des Dépôts", "Le kit cite : CGET · Caisse des Dépôts"),
        ("Fait\n☐\nQuestion", "Fait · Question"),
        # A paragraph cut by its layout is one sentence, whatever begins its lines.
        ("Une longue ligne que la mise en page a coupée avant le nom de\nFrance Active, sans rien dire.",
         "Une longue ligne que la mise en page a coupée avant le nom de France Active, sans rien dire."),
        ("☐", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_headings_and_items_do_not_run_into_one_another(texte, extrait):
    assert fenetre(texte, set()) == extrait


def test_a_highlight_covers_the_word_as_written():
    cherches = set(analyser("oeuvre evaluations")[0])
    assert (
        surligner("Mise en œuvre & évaluation", cherches) == "Mise en <mark>œuvre</mark> &amp; <mark>évaluation</mark>"
    )


def test_a_highlight_never_lets_html_through():
    assert surligner("<script>œuvre</script>", {"oeuvr"}) == "&lt;script&gt;<mark>œuvre</mark>&lt;/script&gt;"


def test_an_excerpt_shows_the_words_asked_from_the_start_of_their_sentence():
    texte = "Une phrase sans rien. " * 40 + "Voici comment évaluer un partenariat. " + "Une suite sans rien. " * 40
    extrait = fenetre(texte, {"evalu", "partenariat"})
    assert extrait.startswith("Voici comment évaluer un partenariat.")
    assert len(extrait) <= 280


def test_an_excerpt_of_one_endless_word_is_cut():
    extrait = fenetre("a" * 5000, {"b"})
    assert extrait.startswith("aaa")
    assert len(extrait) <= 280
