"""The contract that every engine keeps, beyond words: sources, facets, dates and pages of results.

These tests run on SQLite, PostgreSQL and OpenSearch.
"""

import pytest

from tests.search.factories import document, page, terme

pytestmark = pytest.mark.contrat


def test_a_page_of_a_document_is_found_at_its_own_page(home, porter, repondre):
    hote = page(home, "Documents")
    guide = document("Guide d’usage", "Introduction", "Le baromètre des alliances")
    porter(hote, guide)
    hit = repondre("barometre").hits[0]
    assert hit.passages[0].adresse == f"{guide.url}#page=2"


def test_a_slide_is_a_passage_in_the_language_of_its_document(home, porter, repondre):
    diaporama = document("Slides", "Welcome", "The barometer", nom="slides.pptx", langue="en")
    porter(page(home, "Documents"), diaporama)
    (passage,) = repondre("barometer").hits[0].passages
    assert (passage.position, passage.texte, passage.langue) == (2, "The barometer", "en")
    # No browser opens a file of slides at one of them.
    assert passage.adresse == diaporama.url


def test_a_document_on_two_pages_is_one_hit(home, porter, repondre):
    guide = document("Guide d’usage", "Le baromètre des alliances")
    porter(page(home, "Une page"), guide)
    porter(page(home, "Une autre"), guide)
    reponse = repondre("baromètre")
    assert reponse.total == 1
    assert len(reponse.hits[0].passages) == 1


def test_a_glossary_term_is_found_by_its_acronym_and_its_meaning(home, trouver):
    terme("ESS", "Une manière d’entreprendre.", "Économie sociale et solidaire")
    assert trouver("ess") == trouver("economie solidaire") == ["ESS (Économie sociale et solidaire)"]


def test_hits_show_their_two_best_passages_at_most(home, repondre):
    page(home, "Longue page", "alliance", tuple((f"Partie {n}", "Une alliance encore.") for n in range(6)))
    (hit,) = repondre("alliance").hits
    assert len(hit.passages) == 2


def test_facets_count_what_each_value_would_give_beside_the_others(home, classer, repondre):
    for titre, nature, annee in (("A", "methode", "2015"), ("B", "methode", "2016"), ("C", "cadre", "2016")):
        classer(page(home, f"Alliance {titre}"), nature=[f"{nature}|{nature.title()}"], annee=[f"{annee}|{annee}"])
    reponse = repondre("alliance", {"nature": ("methode",)})
    assert reponse.total == 2
    assert {v.valeur: v.nombre for v in reponse.facettes["nature"]} == {"methode": 2, "cadre": 1}
    assert {v.valeur: v.nombre for v in reponse.facettes["annee"]} == {"2015": 1, "2016": 1}


def test_values_of_one_facet_add_up_and_facets_narrow(home, classer, trouver):
    for titre, nature, annee in (("A", "methode", "2015"), ("B", "methode", "2016"), ("C", "cadre", "2016")):
        classer(page(home, f"Alliance {titre}"), nature=[f"{nature}|{nature.title()}"], annee=[f"{annee}|{annee}"])
    assert len(trouver("alliance", {"nature": ("methode", "cadre")})) == 3
    assert trouver("alliance", {"nature": ("methode",), "annee": ("2016",)}) == ["Alliance B"]


def test_facets_alone_list_what_they_hold(home, classer, trouver):
    classer(page(home, "Alliance A"), nature=["methode|Méthode"])
    page(home, "Sans nature")
    assert trouver("", {"nature": ("methode",)}) == ["Alliance A"]


def test_filters_reach_beyond_the_candidates_kept(home, classer, trouver, monkeypatch):
    for numero in range(12):
        classer(page(home, f"Alliance {numero} alliance"), nature=["cadre|Cadre"])
    classer(page(home, "Une longue page qui dit une fois le mot alliance"), nature=["methode|Méthode"])
    monkeypatch.setattr("search.moteurs.base.COMPTES_MAX", 10)
    assert trouver("alliance", {"nature": ("methode",)}) == ["Une longue page qui dit une fois le mot alliance"]


def test_the_best_comes_first_among_those_that_pass_a_filter(home, classer, repondre, cinq_au_plus):
    for nature in ("cadre", "methode"):
        for numero in range(8):
            classer(page(home, f"Page {nature} {numero}", "On y parle d’une alliance."), nature=[f"{nature}|{nature}"])
        classer(page(home, f"Alliance {nature}"), nature=[f"{nature}|{nature}"])
        classer(
            page(home, f"Une longue page, la dernière de {nature}, qui dit alliance"), nature=[f"{nature}|{nature}"]
        )
    reponse = repondre("alliance", {"nature": ("methode",)})
    assert reponse.hits[0].passages[0].titre == "Alliance methode"
    assert "cadre" in {valeur.valeur for valeur in reponse.facettes["nature"]}
    reponse = repondre("alliance", {"nature": ("methode",)}, tri="date")
    assert reponse.hits[0].passages[0].titre == "Une longue page, la dernière de methode, qui dit alliance"
    reponse = repondre("", {"nature": ("methode",)})
    assert reponse.hits[0].passages[0].titre == "Une longue page, la dernière de methode, qui dit alliance"


def test_results_may_be_sorted_by_date(home, trouver):
    page(home, "Alliance alliance alliance")
    page(home, "Plus tard, une alliance")
    assert trouver("alliance", tri="date")[0] == "Plus tard, une alliance"


def test_the_newest_comes_first_by_date_among_more_than_are_counted(home, repondre, cinq_au_plus):
    for numero in range(12):
        page(home, f"Alliance {numero}, alliance")
    page(home, "Une longue page, la dernière, qui dit une fois le mot alliance")
    premier = repondre("alliance", tri="date").hits[0].passages[0].titre
    assert premier == "Une longue page, la dernière, qui dit une fois le mot alliance"


def test_a_title_is_found_among_more_passages_than_are_ranked(home, repondre, cinq_au_plus):
    for numero in range(12):
        page(home, f"Une page {numero}", "On y parle d’une alliance.")
    page(home, "Alliance")
    assert repondre("alliance").hits[0].passages[0].titre == "Alliance"


def test_pages_reach_what_the_first_candidates_do_not(home, repondre, monkeypatch):
    page(home, "Alliance", "alliance", tuple((f"Partie {n}", "Une alliance encore.") for n in range(12)))
    for numero in range(8):
        page(home, f"Page {numero}", "Une alliance.")
    monkeypatch.setattr("search.query.A_AFFINER", 5)
    vus = [hit.source for n in (1, 2, 3) for hit in repondre("alliance", page=n, taille=3).hits]
    assert len(vus) == len(set(vus)) == 9


def test_pages_of_results_hold_everything_once(home, repondre):
    for numero in range(23):
        page(home, f"Alliance {numero}")
    vus = [hit.source for n in (1, 2, 3) for hit in repondre("alliance", page=n).hits]
    assert len(vus) == len(set(vus)) == 23
    assert repondre("alliance", page=99).page == 3
