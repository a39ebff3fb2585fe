"""The search page, its suggestions, its JSON and its feed."""

import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.core.management import call_command

from core.models import Coordonnees
from search import index
from search.models import SearchEntry
from tests.search.factories import document, page, terme

ATOM = "{http://www.w3.org/2005/Atom}"


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


def multiplier(titre: str, nombre: int) -> None:
    """As many results more, all alike: rows of the index without pages of their own."""
    modele = SearchEntry.objects.get(titre=titre)
    for numero in range(nombre):
        modele.pk, modele.source = None, f"page:{10_000 + numero}"
        modele._state.adding = True
        index.ecrire([modele])
    cache.clear()


def test_results_show_kind_path_excerpt_and_deepest_address(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "evaluation partenariats"}))
    assert "<mark>évaluation</mark> d’un <mark>partenariat</mark>" in contenu
    assert re.search(r"/documents/\d+/guide\w*\.pdf#page=2", contenu)
    assert "page 2" in contenu
    assert '<span class="pastille">Page</span></p>' in contenu
    assert '<span class="pastille">Document PDF</span><span>Documents</span></p>' in contenu
    assert '<p class="recherche-bilan" role="status"><strong>' in contenu


def test_the_page_has_the_query_in_its_title_and_stays_out_of_engines(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat"}))
    assert "<title>partenariat – Recherche" in contenu
    # One address for all queries: search engines keep /recherche/ itself, never its results.
    assert '<link rel="canonical" href="http://testserver/recherche/">' in contenu


def test_without_query_the_page_explains_and_opens_ways(client, corpus):
    page(corpus, "Le kit", show_in_menus=True)
    contenu = texte_de(client.get("/recherche/"))
    assert "Chercher mieux" in contenu
    assert '<a href="/le-kit/">Le kit</a>' in contenu.partition("Ou partir d’ici")[2]


def test_words_searched_beside_those_typed_are_told_and_may_be_left_out(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat xalliance", "tri": "date"}))
    assert "Nous avons aussi cherché <strong>« alliance »</strong>" in contenu
    seuls = "?q=partenariat+xalliance&tri=date&mots=tapes"
    assert f'<a href="{seuls.replace("&", "&amp;")}">Ne pas chercher ce qui s’écrit presque ainsi</a>' in contenu
    contenu = texte_de(client.get(f"/recherche/{seuls}"))
    assert "Les mots qui s’écrivent presque ainsi ne sont pas cherchés." in contenu
    assert "Nous avons aussi" not in contenu
    assert "<mark>Alliance</mark>" not in contenu
    # Kept from page to page and by the filters, not by the next search.
    assert contenu.count('name="mots" value="tapes"') == (1 if "recherche-facettes" in contenu else 0)


def test_a_better_spelling_is_proposed_when_it_gives_more(client, home):
    for numero in range(12):
        page(home, f"Page {numero}", "Un partenariat de plus.")
    page(home, "Une coquille", "Un partenaraiat de trop.")
    contenu = texte_de(client.get("/recherche/", {"q": "partenaraiat", "tri": "date"}))
    assert 'Essayez plutôt : <a href="?q=partenariat&amp;tri=date">partenariat</a>' in contenu


def test_letters_forgiven_by_the_engine_are_told(client, corpus, monkeypatch):
    from search.moteurs import moteur

    chercher = type(moteur()).search
    monkeypatch.setattr(
        type(moteur()), "search", lambda *args, **options: replace(chercher(*args, **options), approche=True)
    )
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat"}))
    assert "Rien ne contient « <bdi>partenariat</bdi> » : voici ce qui s’écrit presque ainsi." in contenu
    assert client.get("/api/recherche/", {"q": "partenariat"}).json()["approche"] is True


def test_an_empty_page_proposes_what_was_meant_and_found(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": '"evaluation du partenaria"'}))
    assert "Aucun résultat" in contenu
    lien = '<a href="?q=%22evaluation+du+partenariat%22">« evaluation du partenariat »</a>'
    assert f"<li>Essayez plutôt : {lien}.</li>" in contenu


def test_an_empty_page_says_when_the_filters_leave_nothing(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "partnariat", "annee": "1999"}))
    assert 'Ce sont les filtres qui écartent tout : <a href="?q=partnariat">chercher sans filtre</a>' in contenu
    assert 'Essayez plutôt sans filtre : <a href="?q=partenariat">partenariat</a>' in contenu
    contenu = texte_de(client.get("/recherche/", {"q": "xylophone", "annee": "1999"}))
    assert "sans filtre" not in contenu


def test_nothing_found_is_said_with_the_search_as_typed(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "xylophone"}))
    assert "Aucun résultat" in contenu
    assert 'Nous n’avons rien trouvé pour « <bdi class="demande">xylophone</bdi> »' in contenu


def test_an_empty_page_shows_the_terms_written_almost_so(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "xalliantes"}))
    assert 'Dans le glossaire : <a href="/glossaire/#alliance">Alliance</a>' in contenu


def test_a_document_is_asked_of_the_contact_with_the_search_as_subject(client, corpus):
    assert "mailto:" not in texte_de(client.get("/recherche/", {"q": "xylophone"}))
    Coordonnees.objects.create(courriel="contact@example.org")
    contenu = texte_de(client.get("/recherche/", {"q": "xylophone & <b>"}))
    assert "mailto:contact%40example.org?subject=Document%20recherch%C3%A9%20%3A%20xylophone%20%26%20%3Cb%3E" in contenu


def test_few_results_also_say_how_to_ask(client, corpus):
    assert "Demander ce document" in texte_de(client.get("/recherche/", {"q": "comité"}))
    assert "Demander ce document" not in texte_de(client.get("/recherche/", {"q": "partenariat"}))


def test_a_hit_whose_document_is_not_held_says_whom_to_ask(client, home, classer):
    classer(page(home, "Référentiel d’évaluation"), demande=["fichiers|Le RAMEAU, MEDEF"])
    classer(page(home, "Référentiel sans auteur"), demande=["fichiers|"])
    contenu = texte_de(client.get("/recherche/", {"q": "référentiel"}))
    assert "Document à demander à son producteur : Le RAMEAU, MEDEF</p>" in contenu
    assert "Document à demander à son producteur</p>" in contenu


def test_a_total_that_is_a_lower_bound_says_so(client, home, classer, cinq_au_plus):
    for numero in range(8):
        classer(page(home, f"Partenariat {numero}"), nature=["methode|Méthode"])
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat", "nature": "methode"}))
    assert "plus de 5 résultats<" in contenu
    assert "(5+)" in contenu


def test_the_passage_shown_is_the_one_that_holds_the_words(client, home):
    page(home, "Partenariat, le guide", "Ce que l’on y trouve.", (("Suite", "Un partenariat se prépare."),))
    resultat = client.get("/api/recherche/", {"q": "partenariat"}).json()["resultats"][0]
    assert [passage["extrait"] for passage in resultat["passages"]] == ["Un partenariat se prépare."]
    assert resultat["url"].endswith("#suite")


@pytest.mark.parametrize("titre", ["Très long titre " * 15, "دليل الشراكة", "Guide 👩‍👩‍👧 des alliances", "A" * 250])
def test_any_title_is_shown_whole(client, home, titre):
    page(home, titre.strip()[:250], "Un partenariat.")
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat"}))
    assert re.search(rf'<h3 dir="auto"><a href="/[^"]+/">{titre.strip()[:250]}</a></h3>', contenu)


def test_a_query_written_right_to_left_keeps_its_own_direction(client, home):
    contenu = texte_de(client.get("/recherche/", {"q": "شراكة"}))
    assert '<bdi class="demande">شراكة</bdi>' in contenu
    assert 'value="شراكة" maxlength="300" autocomplete="off" dir="auto"' in contenu


def test_a_correction_is_said(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "evaluasion"}))
    assert "Rien ne contient « <bdi>evaluasion</bdi> »" in contenu
    assert "<mark>Évaluer</mark> un partenariat" in contenu


def test_a_facet_narrows_and_can_be_removed_without_javascript(client, corpus):
    contenu = texte_de(client.get("/recherche/", {"q": "partenariat", "nature": "methode"}))
    assert "1 résultat</strong>" in contenu
    assert 'value="methode" checked' in contenu
    assert "Retirer le filtre Nature" in contenu
    assert 'href="?q=partenariat"' in contenu


def test_every_value_of_a_facet_may_be_reached(client, home, classer):
    for numero in range(15):
        classer(page(home, f"Alliance {numero}"), organisme=[f"o{numero}|Organisme {numero}"])
    contenu = texte_de(client.get("/recherche/", {"q": "alliance"}))
    assert contenu.count('type="checkbox" name="organisme"') == 15
    assert '<details><summary>9 autres<span class="visuellement-cache"> valeurs de Organisme</span>' in contenu
    assert len(client.get("/api/recherche/", {"q": "alliance"}).json()["facettes"]["organisme"]) == 15


def test_words_in_another_language_say_which(client, home, porter):
    porter(page(home, "Documents"), document("Our partnership: a guide", "The l'alliance partnership", langue="en"))
    contenu = client.get("/recherche/", {"q": "partnership"}).content.decode()
    # Read by an English voice, and written as English is.
    assert '<h3 dir="auto" lang="en"><a' in contenu
    assert "Our <mark>partnership</mark>: a guide" in contenu
    assert '<span lang="en">The l&#x27;alliance <mark>partnership</mark></span>' in contenu
    assert 'lang="en"' not in client.get("/recherche/", {"q": "documents"}).content.decode()


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


def test_only_reading_is_allowed(client, corpus):
    assert client.post("/recherche/").status_code == 405
    assert client.head("/recherche/?q=a").status_code == 200


def test_suggestions_are_titles_that_begin_as_typed_without_accents(client, corpus):
    assert client.get("/recherche/suggestions/", {"q": "eval"}).json() == [
        {"texte": "Évaluer un partenariat", "url": "/evaluer-un-partenariat/", "genre": "Page"}
    ]
    assert {"texte": "Alliance", "url": "/glossaire/#alliance", "genre": "Glossaire"} in client.get(
        "/recherche/suggestions/", {"q": "allia"}
    ).json()


def test_suggestions_are_eight_at_most_and_mend_a_typing_error(client, home):
    for numero in range(12):
        page(home, f"Partenariat {numero}")
    assert len(client.get("/recherche/suggestions/", {"q": "partenariat"}).json()) == 8
    assert len(client.get("/recherche/suggestions/", {"q": "partanariat"}).json()) == 8


def test_suggestions_mend_a_word_that_is_not_finished(client, corpus):
    for tape in ("partanar", "patenar", "evaluer un partanar"):
        textes = [suggestion["texte"] for suggestion in client.get("/recherche/suggestions/", {"q": tape}).json()]
        assert textes == ["Évaluer un partenariat"]
    assert client.get("/recherche/suggestions/", {"q": "xylofo"}).json() == []


def test_the_title_that_begins_as_typed_comes_first_among_a_thousand(client, home):
    for numero in range(20):
        page(home, f"Une longue histoire de partenariat {numero}")
    page(home, "Partenariat")
    assert client.get("/recherche/suggestions/", {"q": "parte"}).json()[0]["texte"] == "Partenariat"


def test_the_json_form_is_the_contract(client, corpus):
    reponse = client.get("/api/recherche/", {"q": "evaluation partenariats", "taille": "2"}).json()
    assert reponse["total"] == 4
    assert len(reponse["resultats"]) == 2
    premier = reponse["resultats"][0]
    assert {"titre", "type", "url", "extrait", "score"} <= premier.keys()
    assert premier["type"] == "page"
    assert {"valeur": "methode", "libelle": "Méthode", "nombre": 1, "choisie": False} in reponse["facettes"]["nature"]


def test_the_json_form_gives_a_hundred_hits_at_most(client, home):
    page(home, "Partenariat d’essai")
    multiplier("Partenariat d’essai", 104)
    reponse = client.get("/api/recherche/", {"q": "partenariat", "taille": "100000"}).json()
    assert (reponse["total"], len(reponse["resultats"])) == (105, 100)


def test_the_feed_is_atom(client, corpus):
    reponse = client.get("/flux/recherche/", {"q": "partenariat"})
    assert reponse["Content-Type"].startswith("application/atom+xml")
    entrees = ElementTree.fromstring(reponse.content).findall(f"{ATOM}entry")
    assert entrees
    lien = entrees[0].find(f"{ATOM}link")
    assert lien is not None
    assert lien.get("href", "").startswith("http://testserver/")


def test_the_feed_gives_the_newest_first(client, home):
    for titre in ("Partenariat partenariat", "Un long titre qui dit une fois le mot partenariat"):
        page(home, titre)
    flux = ElementTree.fromstring(client.get("/flux/recherche/", {"q": "partenariat"}).content)
    assert [entree.findtext(f"{ATOM}title") for entree in flux.iter(f"{ATOM}entry")] == [
        "Un long titre qui dit une fois le mot partenariat", "Partenariat partenariat"
    ]  # fmt: skip


def test_the_feed_is_atom_whatever_was_pasted_in_a_title(client, home):
    page(home, "Le partenariat\x0bexpliqué \x1b", "Un texte\x02 collé.")
    reponse = client.get("/flux/recherche/", {"q": "partenariat"})
    (entree,) = ElementTree.fromstring(reponse.content).findall(f"{ATOM}entry")
    assert entree.findtext(f"{ATOM}title", "").split() == ["Le", "partenariat", "expliqué"]


@pytest.mark.parametrize("nombre", [3, 300])
def test_what_a_search_costs_does_not_grow(client, home, django_assert_max_num_queries, nombre):
    page(home, "Partenariat d’essai", "Une évaluation des alliances")
    multiplier("Partenariat d’essai", nombre)
    for adresse, au_plus in (
        ("/recherche/?q=evaluation+partenariat&type=page", 12),
        ('/recherche/?q="une evaluasion"', 12),
        ("/recherche/suggestions/?q=parten", 12),
        ("/recherche/suggestions/?q=evaluasion+partanar", 12),
        # Unknown words are looked for by their parts, their sound, their family, and as the start of others.
        ("/recherche/?q=evaluasion+partenariat+xylophone&type=page", 13),
        # Nothing is found: what may be searched instead is counted before it is proposed.
        ("/recherche/?q=aliances+-alliances", 16),
    ):
        client.get(adresse)
        with django_assert_max_num_queries(au_plus):
            assert client.get(adresse).status_code == 200


def test_values_that_are_not_shown_are_counted(client, home, classer):
    classer(page(home, "Alliance"), organisme=[f"o-{numero}|Organisme {numero:03}" for numero in range(300)])
    page(home, "Alliance encore")
    contenu = texte_de(client.get("/recherche/", {"q": "alliance"}))
    assert contenu.count('type="checkbox" name="organisme"') == 100
    assert "200 autres valeurs ne sont pas montrées : choisissez d’abord un autre filtre." in contenu
    contenu = texte_de(client.get("/recherche/", {"q": "alliance", "organisme": "o-299"}))
    assert contenu.count('type="checkbox" name="organisme"') == 101
    assert "199 autres valeurs ne sont pas montrées" in contenu
    facettes = client.get("/api/recherche/", {"q": "alliance"}).json()["facettes"]
    assert len(facettes["organisme"]) == 100


def test_a_full_page_of_results_stays_below_six_hundred_nodes(client, home, classer):
    for numero in range(40):
        classer(
            page(home, f"Alliance {numero} " + "longue " * 30, "Une alliance.", (("Alliance encore", "Alliance."),)),
            **{nom: [f"{nom}-{numero}|Valeur {numero}"] for nom in
               ("nature", "rubrique", "parcours", "organisme", "territoire", "annee")},
        )  # fmt: skip
    contenu = client.get("/recherche/", {"q": "alliance"}).content.decode()
    assert contenu.count('<li class="recherche-hit">') == 10
    corps = contenu.partition("<body")[2]
    assert sum(corps.count(f"<{balise}") for balise in "abcdefghijklmnopqrstuvwxyz") <= 600


def test_an_empty_page_opens_the_parcours_and_the_glossary(contenu, db, client):
    call_command("indexer", verbosity=0)
    portes = texte_de(client.get("/recherche/", {"q": "xylophone"})).partition("Par où continuer")[2]
    for adresse in ("/parcours/animer-le-territoire/", "/glossaire/"):
        assert f'<h3 class="carte-titre"><a href="{adresse}">' in portes


def test_the_searcher_finds_the_evaluation_resources_and_the_page_of_our_pdf(contenu, db, client):
    call_command("indexer", verbosity=0)
    reponse = client.get("/api/recherche/", {"q": "evaluation partenariats"}).json()
    adresses = [passage["url"] for hit in reponse["resultats"] for passage in hit["passages"]]
    assert any(adresse.startswith("/kit/boite-a-outils/fiche-check-list-evaluation/") for adresse in adresses)
    assert any(re.search(r"\.pdf#page=\d+$", adresse) for adresse in adresses)
