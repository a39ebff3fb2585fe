"""The search page, its suggestions, its JSON and its feed."""

import re
import time
import xml.etree.ElementTree as ET
from urllib.parse import quote

import pytest
from django.core.cache import cache

from tests.search.factories import document, page, terme


@pytest.fixture
def corpus(home, porter, classer):
    une = page(home, "Évaluer un partenariat", "Comment l’évaluation d’un partenariat se prépare.")
    classer(une, nature=["methode|Méthode"], annee=["2016|2016"])
    page(home, "Monter un comité", "L’évaluation du partenariat vient ensuite.")
    porter(page(home, "Documents"), document("Guide d’usage", "Rien ici", "Évaluation des partenariats à mi-parcours"))
    terme("Alliance", "Un partenariat de plus de deux acteurs.")
    return home


def texte_de(reponse) -> str:
    return reponse.content.decode().replace("\u202f", " ").replace("\xa0", " ").replace("&nbsp;", " ")


def test_results_show_kind_excerpt_and_deepest_address(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "evaluation partenariats"}))
    assert "<mark>évaluation</mark> d’un <mark>partenariat</mark>" in contenu
    assert re.search(r"/documents/\d+/guide\w*\.pdf#page=2", contenu)
    assert "page 2" in contenu
    assert '<p class="recherche-bilan" role="status"><strong>' in contenu


def test_the_page_has_the_query_in_its_title_and_stays_out_of_engines(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat"}))
    assert "<title>partenariat – Recherche" in contenu
    # One address for all queries: search engines keep /recherche/ itself, never its results.
    assert '<link rel="canonical" href="http://testserver/recherche/">' in contenu


def test_without_query_the_page_explains_and_opens_ways(client, corpus):
    contenu = texte_de(client.get("/recherche/"))
    assert "Chercher mieux" in contenu


def test_nothing_found_is_a_page_that_helps(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "xylophone"}))
    assert "Aucun résultat" in contenu
    assert "Nous n’avons rien trouvé pour « xylophone »" in contenu


def test_a_correction_is_said(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "evaluasion"}))
    assert "Rien ne contient « evaluasion »" in contenu
    assert "<mark>Évaluer</mark> un partenariat" in contenu


def test_a_facet_narrows_and_can_be_removed_without_javascript(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat", "nature": "methode"}))
    assert "1 résultat</strong>" in contenu
    assert 'value="methode" checked' in contenu
    assert "Retirer le filtre Nature" in contenu
    assert 'href="?q=partenariat"' in contenu


def test_paging_keeps_the_query_and_its_facets(client, home, classer):
    for numero in range(12):
        classer(page(home, f"Alliance {numero}"), nature=["methode|Méthode"])
    contenu = client.get("/recherche/", {"q": "alliance", "nature": "methode"}).content.decode()
    assert 'rel="next" href="?q=alliance&amp;nature=methode&amp;page=2"' in contenu


def test_markup_in_a_query_or_a_title_is_text(client, home):
    page(home, "Alliance <script>alert(1)</script>")
    contenu = client.get("/recherche/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in contenu


def test_searching_sets_no_cookie(client, corpus):
    assert not client.get("/recherche/", {"q": "alliance"}).cookies


@pytest.mark.parametrize(
    "texte",
    ['"', "NEAR(", "*", "\x00", " ", "a" * 10_000, "é " * 5_000, "😀", "مرحبا", '{"_type": 1}', "%", "'", "<b>",
     "\u202e", "-", "a AND (b", "&page=1", "é\u0301\u0301"],
)  # fmt: skip
@pytest.mark.parametrize("adresse", ["/recherche/", "/recherche/suggestions/", "/api/recherche/", "/flux/recherche/"])
def test_no_text_is_an_error_nor_slow(client, corpus, adresse, texte):
    debut = time.perf_counter()
    assert client.get(adresse, {"q": texte}).status_code == 200
    assert time.perf_counter() - debut < 1


@pytest.mark.parametrize(
    "parametres",
    ["page=abc", "page=-1", "page=0", "page=99999999999999999999", "page=²", "taille=abc", "taille=0", "nature=%00",
     "nature=" + "x" * 5000, "nature=a%25b_c", "type=%F0%9F%98%80", "tri=rien", "q=a&q=b", "annee=" + quote("'\"<>")],
)  # fmt: skip
@pytest.mark.parametrize("adresse", ["/recherche/", "/api/recherche/", "/flux/recherche/"])
def test_no_parameter_is_an_error(client, corpus, adresse, parametres):
    assert client.get(f"{adresse}?q=partenariat&{parametres}").status_code == 200


def test_only_reading_is_allowed(client, corpus):
    assert client.post("/recherche/").status_code == 405
    assert client.head("/recherche/?q=a").status_code == 200


def test_suggestions_are_titles_that_begin_as_typed_without_accents(client, corpus):
    assert client.get("/recherche/suggestions/", {"q": "eval"}).json() == [
        {"texte": "Évaluer un partenariat", "url": "/evaluer-un-partenariat/"}
    ]
    assert {"texte": "Alliance", "url": "/glossaire/#alliance"} in client.get(
        "/recherche/suggestions/", {"q": "allia"}
    ).json()


def test_suggestions_are_eight_at_most_and_mend_a_typing_error(client, home):
    for numero in range(12):
        page(home, f"Partenariat {numero}")
    assert len(client.get("/recherche/suggestions/", {"q": "partenariat"}).json()) == 8
    assert len(client.get("/recherche/suggestions/", {"q": "partanariat"}).json()) == 8


def test_the_json_form_is_the_contract(client, corpus):
    reponse = client.get("/api/recherche/", {"q": "evaluation partenariats", "taille": "2"}).json()
    assert reponse["total"] == 4
    assert len(reponse["resultats"]) == 2
    premier = reponse["resultats"][0]
    assert {"titre", "type", "url", "extrait", "score"} <= premier.keys()
    assert premier["type"] == "page"
    assert {"valeur": "methode", "libelle": "Méthode", "nombre": 1, "choisie": False} in reponse["facettes"]["nature"]


def test_the_json_form_gives_a_hundred_hits_at_most(client, home):
    assert client.get("/api/recherche/", {"q": "a", "taille": "100000"}).status_code == 200


def test_the_feed_is_atom(client, corpus):
    reponse = client.get("/flux/recherche/", {"q": "partenariat"})
    assert reponse["Content-Type"].startswith("application/atom+xml")
    entrees = ET.fromstring(reponse.content).findall("{http://www.w3.org/2005/Atom}entry")  # noqa: S314
    assert entrees
    lien = entrees[0].find("{http://www.w3.org/2005/Atom}link")
    assert lien is not None
    assert lien.get("href", "").startswith("http://testserver/")


@pytest.mark.parametrize("nombre", [3, 300])
def test_a_search_costs_at_most_twelve_queries(client, home, django_assert_max_num_queries, nombre):
    from search import index
    from search.models import SearchEntry

    page(home, "Partenariat d’essai", "Une évaluation")
    modele = SearchEntry.objects.get(titre="Partenariat d’essai")
    for numero in range(nombre):
        modele.pk, modele.source = None, f"page:{10_000 + numero}"
        modele._state.adding = True
        index.ecrire([modele])
    cache.clear()
    for adresse in ("/recherche/?q=evaluation+partenariat&type=page", "/recherche/suggestions/?q=parten"):
        client.get(adresse)
        with django_assert_max_num_queries(12):
            assert client.get(adresse).status_code == 200


def test_a_full_page_of_results_stays_below_six_hundred_nodes(client, home, classer):
    for numero in range(40):
        classer(
            page(home, f"Alliance {numero} " + "longue " * 30, "Une alliance.", (("Alliance encore", "Alliance."),)),
            **{nom: [f"{nom}-{numero}|Valeur {numero}"] for nom in
               ("nature", "rubrique", "parcours", "organisme", "territoire", "annee")},
        )  # fmt: skip
    contenu = client.get("/recherche/", {"q": "alliance"}).content.decode()
    corps = contenu.partition("<body")[2]
    assert sum(corps.count(f"<{balise}") for balise in "abcdefghijklmnopqrstuvwxyz") <= 600


def test_the_searcher_finds_the_evaluation_resources_and_the_page_of_our_pdf(contenu, db, client):
    from django.core.management import call_command

    call_command("indexer", verbosity=0)
    reponse = client.get("/api/recherche/", {"q": "evaluation partenariats"}).json()
    adresses = [passage["url"] for hit in reponse["resultats"] for passage in hit["passages"]]
    assert any(adresse.startswith("/kit/boite-a-outils/fiche-check-list-evaluation/") for adresse in adresses)
    assert any(re.search(r"\.pdf#page=\d+$", adresse) for adresse in adresses)
