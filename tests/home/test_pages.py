"""Standard pages and their blocks, the glossary, the map of the site, the errors."""

import json

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.template.loader import render_to_string
from wagtail.models import PageViewRestriction

from core.models import Terme
from home.blocks import ACompleterBlock, GraphiqueBlock
from home.models import ContenuCharge, GlossairePage, HomePage, StandardPage
from home.plan import EN_TOUT, PAR_SECTION
from tests.factories import clone_page
from tests.home.factories import glossaire_page, plan_page, standard_page
from tests.lecture import soup_of

# --- blocks


def test_an_empty_page_of_text_shows_its_title_alone(client, home):
    standard_page(home)
    page = soup_of(client, "/texte/")
    assert page.h1.get_text() == "Une page de texte"
    assert not page.select(".sommaire")


def test_a_long_page_opens_with_its_summary(client, home):
    standard_page(home, corps=[{"type": "intertitre", "value": f"Partie {number}"} for number in (1, 2, 3)])
    page = soup_of(client, "/texte/")
    anchors = [link["href"] for link in page.select(".sommaire a")]
    assert anchors == ["#partie-1", "#partie-2", "#partie-3"]
    assert all(page.select_one(anchor) for anchor in anchors)


def test_a_chart_says_its_figures_three_ways(client, home):
    chart = {
        "titre": "Des parts",
        "unite": "%",
        "colonne": "Part",
        "barres": [{"libelle": "Une", "valeur": "50"}, {"libelle": "Deux", "valeur": "12.5"}],
        "source": "essai",
        "note": "",
    }
    standard_page(home, corps=[{"type": "graphique", "value": chart}])
    figure = soup_of(client, "/texte/").select_one("figure.graphique")
    assert figure.svg["role"] == "img"
    assert "Une\u00a0: 50 %" in figure.desc.get_text()
    bars = [float(bar["width"]) for bar in figure.select("rect")]
    assert bars[0] == pytest.approx(bars[1] * 4)
    cells = [[cell.get_text() for cell in row.select("th, td")] for row in figure.select("tbody tr")]
    assert cells == [["Une", "50"], ["Deux", "12,5"]]


def test_a_chart_of_zeros_is_drawn():
    block = GraphiqueBlock()
    value = block.to_python({"titre": "Rien", "barres": [{"libelle": "Zéro", "valeur": "0"}], "source": "essai"})
    assert "Zéro" in block.render(value)


def test_a_blank_for_the_operator_is_marked_until_it_is_filled():
    block = ACompleterBlock()
    blank = block.to_python({"intitule": "nom de l'éditeur", "valeur": ""})
    assert "À compléter par l’exploitant" in block.render(blank)
    assert block.get_searchable_content(blank) == []
    filled = block.to_python({"intitule": "Éditeur", "valeur": "Une <b>association</b>"})
    assert "À compléter" not in block.render(filled)
    assert "Une &lt;b&gt;association&lt;/b&gt;" in block.render(filled)


def test_items_link_only_to_public_pages(client, home):
    public = standard_page(home, "ouverte", title="Ouverte")
    private = standard_page(home, "fermee", title="Fermée")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    items = {"fiches": [{"titre": "Un", "texte": "", "pages": [public.pk, private.pk]}], "numerotees": False}
    standard_page(home, corps=[{"type": "fiches", "value": items}])
    assert [link["href"] for link in soup_of(client, "/texte/").select(".fiches a")] == ["/ouverte/"]


# --- glossary


def test_terms_are_grouped_by_letter_whatever_their_accents(client, home):
    for nom in ("Zone", "Économie", "ESS", "alliance", "2030"):
        Terme.objects.create(nom=nom, definition="Un mot.", sigle="Économie sociale" if nom == "ESS" else "")
    glossaire_page(home)
    page = soup_of(client, "/glossaire/")
    assert [title.get_text() for title in page.select(".lettre h2")] == ["0-9", "A", "E", "Z"]
    assert [term["id"] for term in page.select("dt")] == ["2030", "alliance", "economie", "ess", "zone"]
    assert page.select_one("#ess abbr")["title"] == "Économie sociale"


def test_an_empty_glossary_says_so(client, home):
    glossaire_page(home)
    assert "n’a encore aucun terme" in soup_of(client, "/glossaire/").main.get_text()


def test_terms_are_told_to_machines_and_found_once_by_search(client, home):
    Terme.objects.create(nom="Alliance", definition="Un mot.")
    page = glossaire_page(home)
    graph = json.loads(soup_of(client, "/glossaire/").select_one('[type="application/ld+json"]').string)["@graph"]
    terms = next(item for item in graph if item["@type"] == "DefinedTermSet")["hasDefinedTerm"]
    assert [(term["name"], term["@id"]) for term in terms] == [("Alliance", "http://testserver/glossaire/#alliance")]
    assert [passage.texte for passage in page.passages()] == ["Les mots du site."]


def test_a_new_term_shows_at_once(client, home):
    glossaire_page(home)
    client.get("/glossaire/")
    Terme.objects.create(nom="Nouveau", definition="Un mot.")
    assert soup_of(client, "/glossaire/").select_one("#nouveau")


# --- map of the site


def test_the_map_nests_public_pages_only(client, home):
    plan_page(home)
    section = standard_page(home, "section", title="Section")
    child = standard_page(section, "enfant", title="Enfant")
    standard_page(child, "petit-enfant", title="Petit-enfant")
    standard_page(section, "brouillon", title="Brouillon").unpublish()
    PageViewRestriction.objects.create(page=standard_page(home, "privee", title="Privée"), restriction_type="login")
    plan = soup_of(client, "/plan-du-site/").select_one(".plan")
    assert plan.select_one('li li li a[href="/section/enfant/petit-enfant/"]')
    assert "Brouillon" not in plan.get_text()
    assert "Privée" not in plan.get_text()


def test_a_page_below_a_draft_hangs_from_what_is_listed(client, home):
    plan_page(home)
    section = standard_page(home, "section", title="Section")
    hidden = standard_page(section, "cachee", title="Cachée")
    standard_page(hidden, "visible", title="Visible")
    hidden.unpublish()
    plan = soup_of(client, "/plan-du-site/").select_one(".plan")
    assert plan.select_one('a[href="/section/cachee/visible/"]')
    assert "Cachée" not in plan.get_text()


def test_a_thousand_pages_stay_a_map(client, home):
    plan_page(home)
    section = standard_page(home, "section", title="Section")
    clone_page(standard_page(section, "une", title="Une"), 999)
    page = soup_of(client, "/plan-du-site/")
    assert len(page.select(".plan a")) < EN_TOUT
    assert f"{1000 - PAR_SECTION}\u00a0autres pages" in page.select_one(".plan").get_text()


# --- errors, and what machines read


def test_an_unknown_address_helps_and_keeps_out_of_engines(client, home):
    page = BeautifulSoup(client.get("/rien/").content, "html.parser")
    assert page.select_one('main form[action="/recherche/"] input[name=q]')
    assert page.select_one('meta[name=robots][content="noindex"]')


def test_the_page_of_a_breakdown_asks_nothing_of_the_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        text = render_to_string("500.html")
    assert "Le site rencontre un problème" in text
    assert 'href="/"' in text


@pytest.mark.parametrize(
    "title", ["Court", "Un titre " * 28, "Anticonstitutionnellement" * 10, "7e « Rencontre » : 日本"]
)
def test_every_title_gives_a_picture_to_share(client, home, title):
    page = standard_page(home, title=title[:250])
    response = client.get(page.image_de_partage())
    assert response["Content-Type"] == "image/png"
    assert len(response.content) < 60_000


def test_a_draft_has_no_picture_to_share(client, home):
    page = standard_page(home)
    page.unpublish()
    assert client.get(page.image_de_partage()).status_code == 404


# --- initial content


@pytest.mark.django_db
@pytest.mark.usefixtures("contenu")
class TestContenu:
    def test_the_reference_page_gives_the_facts_with_their_sources(self, client):
        page = soup_of(client, "/reperes/")
        figures = [item.get_text(" ") for item in page.select(".chiffres li")]
        assert len(figures) == 7
        assert all("Source" in figure for figure in figures)
        bars = [cell.get_text() for cell in page.select(".graphique tbody td")]
        assert bars == ["42", "30", "25", "16"]
        assert "113\u00a0% au total" in page.select_one(".graphique").get_text()
        assert page.select_one("table caption")

    def test_the_glossary_has_its_nineteen_terms(self, client):
        assert len(soup_of(client, "/glossaire/").select("dt")) == 19

    @pytest.mark.parametrize("address", ["/accessibilite/", "/mentions-legales/", "/donnees-personnelles/"])
    def test_legal_pages_mark_what_the_operator_must_fill(self, client, address):
        assert soup_of(client, address).select(".a-completer")

    def test_the_accessibility_statement_claims_nothing_before_an_audit(self, client):
        assert "Accessibilité\u00a0: non conforme" in soup_of(client, "/accessibilite/").main.get_text()

    def test_loading_again_keeps_the_order_and_the_words_of_editors(self, client):
        home = HomePage.objects.get()
        GlossairePage.objects.get().move(home, pos="first-child")
        page = StandardPage.objects.get(slug="reperes")
        page.title = "Nos repères"
        page.save_revision().publish()
        call_command("charger_contenu", verbosity=0)
        assert home.get_children().first().slug == "glossaire"
        assert StandardPage.objects.get(slug="reperes").title == "Nos repères"
        assert ContenuCharge.objects.filter(cle="ordre:/").count() == 1
