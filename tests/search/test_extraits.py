"""Excerpts: whole sentences where it can be, and lines that do not run into one another."""

import pytest

from search.extraits import fenetre

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
