"""Terms of the glossary linked in the running text of pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core.lexique import TermeLie, link_terms
from core.models import ExclusionDeTerme, Terme
from core.noms import Repertoire
from home.models import StandardPage


def found(text: str, *noms: str) -> list[str]:
    return [text[one.debut : one.fin] for one in Repertoire((nom, nom) for nom in noms).find(text)]


def term(nom: str, *formes: str, sauf: frozenset[int] = frozenset()) -> TermeLie:
    return TermeLie(nom.lower().replace(" ", "-"), nom, f"Définition de {nom}.", (nom, *formes), sauf)


def words(html: str, *terms: TermeLie, page_id: int | None = None) -> list[str]:
    """The words that became links."""
    return re.findall(r'<a class="terme"[^>]*>(.*?)</a>', link_terms(html, terms, page_id))


# --- names


def test_a_name_is_found_whatever_its_capitals_accents_and_plural():
    assert found("Des EXPERIMENTATIONS collectives.", "Expérimentation collective") == ["EXPERIMENTATIONS collectives"]
    assert found("Les réseaux, le réseau, l’alliance.", "réseau", "Alliance") == ["réseaux", "réseau", "alliance"]


def test_a_name_is_a_whole_word_within_one_sentence():
    assert found("Mésalliance, alliances-là. L’alliance. Territoriale, elle.", "alliance territoriale") == []
    assert found("mésalliance", "alliance") == []


def test_the_longest_name_wins():
    assert found("Une alliance territoriale.", "Alliance", "Alliance territoriale") == ["alliance territoriale"]


def test_a_name_that_two_things_bear_is_found_for_each():
    names = Repertoire(
        [("fil", "Silver Geek"), ("ressource", "Silver Geek"), ("terme", "Silver"), ("fil", "Silver Geeks")]
    )
    assert [one.cle for one in names.find("Le Silver Geek.")] == ["fil", "ressource"]


def test_an_acronym_is_found_in_capitals_only():
    assert found("Un phare, l’étude PHARE, le RAMEAU, un rameau.", "PHARE", "Le RAMEAU") == ["PHARE", "RAMEAU"]


def test_dashes_and_spaces_of_a_name_are_alike():
    assert found("À Charenton – Saint Maurice", "Charenton–Saint-Maurice") == ["Charenton – Saint Maurice"]


# --- links


def test_a_term_is_linked_once_where_it_first_comes():
    html = '<div class="prose"><p>Une alliance, des alliances.</p><p>Alliance</p></div>'
    assert words(html, term("Alliance")) == ["alliance"]


def test_only_running_text_is_linked():
    assert words("<p>alliance</p>", term("Alliance")) == []


@pytest.mark.parametrize(
    "html",
    [
        "<h2>alliance</h2>",
        '<p><a href="/">une alliance</a></p>',
        "<blockquote><p>alliance</p></blockquote>",
        "<code>alliance</code>",
        '<button type="button">alliance</button>',
        "<p>Le titre « Faire alliance » est cité.</p>",
        "<p>Il écrit : « C’est <em>ensemble</em> qu’une alliance <strong>se fait</strong>, une alliance ».</p>",
        "<p><em>« Faire</em> alliance »</p>",
        "<table><tr><td>alliance</td></tr></table>",
        '<p title="alliance">rien</p>',
        "<!-- alliance -->",
    ],
)
def test_headings_links_quotations_code_and_buttons_are_left_as_they_are(html):
    around = f'<div class="prose">{html}</div>'
    assert link_terms(around, (term("Alliance"),)) == around


def test_what_comes_after_a_heading_is_linked():
    html = '<div class="prose"><h2>Alliance</h2><p>Une alliance<br>et <em>un partenariat</em></p></div>'
    assert words(html, term("Alliance"), term("Partenariat")) == ["alliance", "partenariat"]


def test_a_quotation_ends_with_its_mark_or_its_paragraph():
    closed = '<div class="prose"><p>« Un <em>mot</em> » et une alliance</p></div>'
    left_open = '<div class="prose"><p>« Un <em>mot</em></p><p>une alliance</p></div>'
    assert [words(html, term("Alliance")) for html in (closed, left_open)] == [["alliance"], ["alliance"]]


def test_two_terms_that_read_alike_share_no_words():
    html = '<p class="prose">une alliance, une alliance</p>'
    terms = term("Alliance"), TermeLie("autre", "Alliance", "Une autre.", ("Alliance",), frozenset())
    assert words(html, *terms) == ["alliance", "alliance"]


def test_a_definition_never_breaks_the_page():
    nasty = TermeLie("x", 'A"<b>', 'Une "chose" <script>', ("alliance",), frozenset())
    linked = link_terms('<p class="prose">alliance &amp; co</p>', (nasty,))
    assert "<script>" not in linked
    assert "alliance</a> &amp; co" in linked


def test_a_page_may_be_excluded_for_a_term():
    html = '<p class="prose">alliance et partenariat</p>'
    terms = (term("Alliance", sauf=frozenset({7})), term("Partenariat"))
    assert words(html, *terms, page_id=7) == ["partenariat"]
    assert words(html, *terms, page_id=8) == ["alliance", "partenariat"]


@pytest.fixture
def page(home) -> StandardPage:
    texte = "<p>Une alliance, puis l'ESS, puis une alliance.</p>"
    return home.add_child(instance=StandardPage(title="Essai", slug="essai", corps=[{"type": "texte", "value": texte}]))


def test_only_approved_terms_are_linked_in_a_page(client, page):
    Terme.objects.create(nom="Alliance", definition="Un rassemblement.", lier=True)
    Terme.objects.create(nom="ESS", sigle="Économie sociale et solidaire", definition="Un mot.")
    html = client.get("/essai/").content.decode()
    assert html.count('href="/glossaire/#alliance"') == 1
    assert 'data-definition="Un rassemblement."' in html
    assert "/glossaire/#ess" not in html
    Terme.objects.filter(nom="ESS").get().delete()
    Terme.objects.create(nom="ESS", sigle="Économie sociale et solidaire", definition="Un mot.", lier=True)
    assert 'data-definition="Économie sociale et solidaire. Un mot."' in client.get("/essai/").content.decode()


def test_an_exclusion_acts_at_once(client, page):
    terme = Terme.objects.create(nom="Alliance", definition="Un rassemblement.", lier=True)
    assert "js/glossaire" in client.get("/essai/").content.decode()
    ExclusionDeTerme.objects.create(terme=terme, page=Page.objects.get(pk=page.pk))
    html = client.get("/essai/").content.decode()
    assert "/glossaire/#alliance" not in html
    assert "js/glossaire" not in html


def test_other_forms_are_one_per_line(client, page):
    Terme.objects.create(nom="Économie de l’alliance", definition="Un mot.", formes="\n  alliance \n", lier=True)
    assert 'href="/glossaire/#economie-de-lalliance"' in client.get("/essai/").content.decode()


def test_terms_cost_no_query_once_known(client, page):
    Terme.objects.create(nom="Alliance", definition="Un rassemblement.", lier=True)
    client.get("/essai/")
    with CaptureQueriesContext(connection) as warm:
        client.get("/essai/")
    assert not [query for query in warm.captured_queries if "terme" in query["sql"]]
