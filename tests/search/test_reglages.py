"""What editors decide about search acts on the very next search: synonyms, results shown first, pages left out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.version import current_version
from search.analyse import analyser
from search.extraits import surligner
from search.models import ElementMisEnAvant, MiseEnAvant, PageEcartee, SearchEntry, Synonyme
from search.presentation import presenter
from search.reconstruction import reconstruire
from tests.search.factories import document, page, terme

pytestmark = pytest.mark.contrat
DEVELOPPE = "La responsabilité sociétale des entreprises engage."


def synonyme(cherche: str, aussi: str, reciproque: bool = True) -> Synonyme:
    nouveau = Synonyme(cherche=cherche, aussi=aussi, reciproque=reciproque)
    nouveau.full_clean()
    nouveau.save()
    return nouveau


def mettre_en_avant(expressions: str, *elements, contient: bool = False) -> MiseEnAvant:
    mise = MiseEnAvant.objects.create(expressions=expressions, contient=contient)
    for rang, element in enumerate(elements):
        cle = "document" if hasattr(element, "file") else "page"
        ElementMisEnAvant.objects.create(mise_en_avant=mise, sort_order=rang, **{f"{cle}_id": element.pk})
    return mise


class TestSynonyms:
    def test_a_word_finds_another(self, home, trouver):
        page(home, "Alimentation locale")
        assert trouver("bistrot") == []
        synonyme("bistrot", "alimentation")
        assert trouver("bistrots") == ["Alimentation locale"]

    def test_removing_it_acts_at_once(self, home, trouver):
        page(home, "Alimentation locale")
        synonyme("bistrot", "alimentation")
        assert trouver("bistrot")
        Synonyme.objects.get().delete()
        assert trouver("bistrot") == []

    @pytest.mark.parametrize("typed", ["RSE", "rse"])
    def test_an_acronym_finds_what_it_stands_for(self, home, trouver, typed):
        page(home, "Engagements", DEVELOPPE)
        page(home, "Autre page", "La responsabilité des élus ; les entreprises ; un projet sociétal.")
        synonyme("RSE", "responsabilité sociétale des entreprises")
        assert trouver(typed) == ["Engagements"]

    @pytest.mark.parametrize(
        "typed",
        ["responsabilité sociétale des entreprises", "responsabilite societale de l’entreprise",
         "RESPONSABILITÉS SOCIÉTALES DES ENTREPRISES", "quelle responsabilité sociétale des entreprises ici ?"],
    )  # fmt: skip
    def test_what_an_acronym_stands_for_finds_it(self, home, trouver, typed):
        page(home, "La RSE en bref")
        synonyme("RSE", "responsabilité sociétale des entreprises")
        assert trouver(typed)[0] == "La RSE en bref"

    def test_the_word_typed_comes_before_its_synonym(self, home, trouver):
        page(home, "Alimentation")
        page(home, "Nourriture")
        synonyme("nourriture", "alimentation")
        assert trouver("nourriture") == ["Nourriture", "Alimentation"]
        assert trouver("alimentation") == ["Alimentation", "Nourriture"]

    def test_one_way_only(self, home, trouver):
        page(home, "Alimentation")
        page(home, "Nourriture")
        synonyme("nourriture", "alimentation", reciproque=False)
        assert trouver("nourriture") == ["Nourriture", "Alimentation"]
        assert trouver("alimentation") == ["Alimentation"]

    def test_a_group_of_several(self, home, trouver):
        for titre in ("Nourriture", "Alimentation", "Vivres"):
            page(home, titre)
        synonyme("nourriture\nvivres", "alimentation")
        for mot in ("nourriture", "vivres", "alimentation"):
            assert set(trouver(mot)) == {"Nourriture", "Alimentation", "Vivres"}

    def test_several_words_find_several_others(self, home, trouver):
        page(home, "Économie sociale et solidaire")
        page(home, "Le social")
        synonyme("tiers secteur", "économie sociale et solidaire")
        assert trouver("tiers-secteurs") == ["Économie sociale et solidaire"]
        assert trouver("le tiers secteur")[0] == "Économie sociale et solidaire"

    def test_it_combines_with_the_other_words(self, home, trouver):
        page(home, "Mesurer la RSE", "Un guide.")
        page(home, "Mesurer autre chose", "Un guide.")
        synonyme("RSE", "responsabilité sociétale des entreprises")
        assert trouver("mesurer la responsabilité sociétale des entreprises")[0] == "Mesurer la RSE"

    def test_a_word_with_a_synonym_is_not_taken_for_a_mistake(self, home, repondre):
        page(home, "Alimentation")
        page(home, "Bistre")
        synonyme("bistro", "alimentation")
        reponse = repondre("bistro")
        assert [hit.passages[0].titre for hit in reponse.hits] == ["Alimentation"]
        assert (reponse.corrige, reponse.suggestion) == ("", "")

    def test_between_quotation_marks_the_words_are_exact(self, home, trouver):
        page(home, "Alimentation")
        synonyme("nourriture", "alimentation")
        assert trouver('"nourriture"') == []

    def test_the_glossary_gives_its_acronyms_by_itself(self, home, trouver):
        page(home, "Engagements", DEVELOPPE)
        terme("RSE", "Ses effets.", "Responsabilité sociétale des entreprises")
        assert "Engagements" in trouver("rse")

    def test_the_words_found_through_a_synonym_are_highlighted(self, home, repondre, rf):
        page(home, "Engagements", DEVELOPPE)
        synonyme("RSE", "responsabilité sociétale des entreprises")
        (hit,) = presenter(repondre("rse"), rf.get("/recherche/"))
        assert "<mark>responsabilité sociétale des entreprises</mark>" in hit.extraits[0].html

    def test_a_sequence_is_highlighted_whole_or_not_at_all(self):
        suite = " ".join(analyser("responsabilité sociétale")[0])
        assert surligner("Responsabilités sociétales ; responsabilité civile", {suite}) == (
            "<mark>Responsabilités sociétales</mark> ; responsabilité civile"
        )

    def test_a_synonym_that_the_site_does_not_hold_changes_nothing(self, home, repondre):
        page(home, "Alimentation")
        synonyme("nourriture", "xylophone\ngrand xylophone")
        reponse = repondre("nouriture")
        assert (reponse.total, reponse.corrige) == (0, "")

    def test_synonyms_cost_no_query_once_known(self, home, trouver):
        page(home, "Alimentation")
        trouver("alimentation")
        with CaptureQueriesContext(connection) as sans:
            trouver("alimentation")
        for numero in range(30):
            synonyme(f"mot{numero}", "alimentation")
        trouver("alimentation")
        with CaptureQueriesContext(connection) as avec:
            trouver("alimentation")
        assert len(avec) == len(sans)


class TestResultsShownFirst:
    @pytest.fixture
    def pages(self, home):
        return {titre: page(home, titre) for titre in ("Évaluer un partenariat", "Un partenariat évalué", "À lire")}

    @pytest.fixture
    def en_avant(self, repondre):
        def ask(texte: str, filtres: dict | None = None, **options) -> list[str]:
            return [hit.passages[0].titre for hit in repondre(texte, filtres, **options).hits if hit.mis_en_avant]

        return ask

    @pytest.mark.parametrize(
        "typed",
        ["évaluer un partenariat", "évaluation des partenariats", "EVALUATION partenariat", "partenariat évalué"],
    )
    def test_a_page_comes_first_for_the_same_stems(self, pages, trouver, en_avant, typed):
        mettre_en_avant("évaluer un partenariat", pages["À lire"])
        assert trouver(typed)[0] == "À lire"
        assert en_avant(typed) == ["À lire"]

    def test_a_search_with_other_words_only_when_asked(self, pages, en_avant):
        mise = mettre_en_avant("évaluer un partenariat", pages["À lire"])
        assert en_avant("évaluer un partenariat local") == []
        mise.contient = True
        mise.save()
        assert en_avant("comment évaluer un partenariat local ?") == ["À lire"]
        assert en_avant("partenariat local") == []

    def test_a_page_already_found_is_moved_not_repeated(self, pages, repondre, trouver):
        avant = trouver("partenariat évalué")
        dernier = avant[-1]
        mettre_en_avant("partenariat évalué", pages[dernier])
        reponse = repondre("partenariat évalué")
        assert trouver("partenariat évalué") == [dernier, *avant[:-1]]
        assert reponse.total == len(avant)

    def test_a_page_that_was_not_found_is_counted(self, pages, repondre):
        avant = repondre("partenariat")
        mettre_en_avant("partenariat", pages["À lire"])
        reponse = repondre("partenariat")
        assert reponse.total == avant.total + 1
        assert {v.valeur: v.nombre for v in reponse.facettes["type"]} == {"page": avant.total + 1}

    def test_several_keep_their_order_and_pages_of_results_hold_each_once(self, home, pages, repondre):
        for numero in range(12):
            page(home, f"Partenariat {numero}")
        mettre_en_avant("partenariat", pages["À lire"], pages["Un partenariat évalué"])
        vus = [hit for numero in (1, 2) for hit in repondre("partenariat", page=numero).hits]
        assert [hit.passages[0].titre for hit in vus if hit.mis_en_avant] == ["À lire", "Un partenariat évalué"]
        assert len(vus) == len({hit.source for hit in vus}) == 15

    def test_a_document_may_come_first(self, home, porter, trouver):
        guide = document("Guide d’usage", "Texte")
        page(home, "Alliance")
        porter(page(home, "Documents"), guide)
        mettre_en_avant("alliance", guide)
        assert trouver("alliance") == ["Guide d’usage", "Alliance"]

    def test_it_shows_even_when_nothing_else_answers(self, pages, trouver):
        mettre_en_avant("xylophone", pages["À lire"])
        assert trouver("xylophone") == ["À lire"]

    def test_a_page_that_is_not_public_is_not_shown(self, pages, trouver):
        mettre_en_avant("xylophone", pages["À lire"])
        restriction = PageViewRestriction.objects.create(
            page=pages["À lire"], restriction_type=PageViewRestriction.LOGIN
        )
        assert trouver("xylophone") == []
        restriction.delete()
        pages["À lire"].refresh_from_db()
        pages["À lire"].unpublish()
        assert trouver("xylophone") == []

    def test_it_respects_filters(self, pages, classer, en_avant):
        classer(pages["À lire"], nature=["methode|Méthode"])
        classer(pages["Évaluer un partenariat"], nature=["cadre|Cadre"])
        mettre_en_avant("partenariat", pages["À lire"])
        assert en_avant("partenariat", {"nature": ("methode",)}) == ["À lire"]
        assert en_avant("partenariat", {"nature": ("cadre",)}) == []

    def test_by_date_nothing_is_shown_first(self, pages, en_avant):
        mettre_en_avant("partenariat", pages["À lire"])
        assert en_avant("partenariat", tri="date") == []

    def test_the_page_and_the_api_say_so(self, pages, client):
        mettre_en_avant("partenariat", pages["À lire"])
        html = client.get("/recherche/", {"q": "partenariat"}).content.decode()
        assert html.count("Mis en avant") == 1
        premier, *autres = client.get("/api/recherche/", {"q": "partenariat"}).json()["resultats"]
        assert (premier["titre"], premier["mis_en_avant"]) == ("À lire", True)
        assert not any(autre["mis_en_avant"] for autre in autres)

    def test_it_costs_one_query_and_only_to_the_searches_concerned(self, pages, client):
        def cout(texte: str) -> int:
            client.get("/recherche/", {"q": texte})
            with CaptureQueriesContext(connection) as requetes:
                client.get("/recherche/", {"q": texte})
            return len(requetes)

        avant = cout("partenariat")
        mettre_en_avant("partenariat", pages["À lire"])
        assert cout("partenariat") <= avant + 1
        mettre_en_avant("alliance", pages["À lire"])
        MiseEnAvant.objects.filter(expressions="partenariat").delete()
        assert cout("partenariat") == avant


class TestPagesLeftOut:
    @pytest.fixture
    def arbre(self, home):
        haut = page(home, "Alliance du haut")
        return haut, page(haut, "Alliance du bas")

    def test_a_page_left_out_is_neither_found_nor_suggested(self, arbre, trouver, client):
        PageEcartee.objects.create(page=arbre[0])
        assert trouver("alliance") == ["Alliance du bas"]
        suggestions = client.get("/recherche/suggestions/", {"q": "alliance"}).json()
        assert [suggestion["texte"] for suggestion in suggestions] == ["Alliance du bas"]
        assert client.get(arbre[0].url).status_code == 200

    def test_a_whole_branch_may_be_left_out(self, arbre, trouver):
        PageEcartee.objects.create(page=arbre[0], branche=True)
        assert trouver("alliance") == []

    def test_a_page_comes_back(self, arbre, trouver):
        PageEcartee.objects.create(page=arbre[0], branche=True)
        choix = PageEcartee.objects.get()
        choix.branche = False
        choix.save()
        assert trouver("alliance") == ["Alliance du bas"]
        choix = PageEcartee.objects.get()
        choix.page = arbre[1]
        choix.save()
        assert trouver("alliance") == ["Alliance du haut"]
        PageEcartee.objects.all().delete()
        assert set(trouver("alliance")) == {"Alliance du haut", "Alliance du bas"}

    def test_neither_publishing_again_nor_a_rebuild_brings_it_back(self, arbre, trouver):
        PageEcartee.objects.create(page=arbre[0], branche=True)
        arbre[1].save_revision().publish()
        reconstruire()
        assert trouver("alliance") == []
        assert not SearchEntry.objects.filter(page__in=arbre).exists()

    def test_a_document_is_still_found_by_another_page(self, home, porter, trouver):
        guide = document("Guide d’usage", "Le baromètre")
        hote = page(home, "Première")
        porter(hote, guide)
        PageEcartee.objects.create(page=hote)
        assert trouver("baromètre") == []
        porter(page(home, "Seconde"), guide)
        assert trouver("baromètre") == ["Guide d’usage"]

    def test_a_page_left_out_is_not_shown_first(self, arbre, trouver):
        mettre_en_avant("xylophone", arbre[0])
        assert trouver("xylophone") == ["Alliance du haut"]
        PageEcartee.objects.create(page=arbre[0])
        assert trouver("xylophone") == []

    def test_deleting_the_page_forgets_the_choice(self, arbre):
        PageEcartee.objects.create(page=arbre[1])
        avant = current_version()
        arbre[1].delete()
        assert not PageEcartee.objects.exists()
        assert current_version() > avant
