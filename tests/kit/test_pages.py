"""What a reader sees of the kit."""

import json
import re
from itertools import pairwise
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from kit.models import DocumentDuSite, DocumentsDuSitePage
from tests.factories import clone_page
from tests.kit.factories import document, kit_page, nature_page, ressource
from tests.lecture import soup_of


def words(node) -> str:
    """The text of a node, with plain spaces."""
    return re.sub(r"\s+", " ", node.get_text(" ").replace("\u00a0", " ").replace("\u202f", " ")).strip()


def titles(page: BeautifulSoup) -> list[str]:
    return [words(node) for node in page.select(".carte-titre")]


# --- the kit


def test_an_empty_kit_says_so(client, home):
    kit_page(home)
    assert "pas encore de ressource" in words(soup_of(client, "/kit/").main)


def test_the_kit_shows_its_resources_by_nature(client, home):
    ressource(nature_page(home), "Une méthode")
    ressource(nature_page(home, "illustrations", "Illustrations"), "Un récit")
    page = soup_of(client, "/kit/")
    assert titles(page) == ["Une méthode", "Un récit"]
    assert [words(node) for node in page.select("main h2")][:2] == ["Méthode", "Illustrations"]


def test_filters_combine_and_count_what_they_would_leave(client, home):
    methode, outils = nature_page(home), nature_page(home, "boite-a-outils", "Boîte à outils")
    ressource(methode, "A", producteurs=["Le RAMEAU"], date="2015/2016")
    ressource(methode, "B", producteurs=["ESSEC"], date="2016", territoires=["Alsace"])
    ressource(outils, "C", producteurs=["Le RAMEAU"], date="2013")
    page = soup_of(client, "/kit/?annee=2016&nature=methode")
    assert titles(page) == ["A", "B"]
    assert words(page.select_one("[role=status]")) == "2 ressources sur 3"
    options = {words(option) for option in page.select("select[name=organisme] option")}
    assert options == {"Peu importe", "Le RAMEAU (1)", "ESSEC (1)"}
    assert titles(soup_of(client, "/kit/?annee=2016&organisme=le-rameau")) == ["A"]
    assert titles(soup_of(client, "/kit/?territoire=alsace")) == ["B"]


def test_words_are_found_without_accents_nor_capitals(client, home):
    ressource(nature_page(home), "Évaluer l’utilité sociétale", resume="Une démarche.")
    ressource(nature_page(home), "Autre chose")
    assert titles(soup_of(client, "/kit/?q=EVALUER+societale")) == ["Évaluer l’utilité sociétale"]


def test_no_result_helps_and_each_filter_can_be_taken_away(client, home):
    ressource(nature_page(home), "A")
    page = soup_of(client, "/kit/?nature=methode&q=introuvable")
    assert titles(page) == []
    assert "Aucune ressource" in words(page.select_one("[role=status]"))
    assert page.find("a", href="/kit/?nature=methode")
    assert page.find("a", href="/recherche/?q=introuvable")


@pytest.mark.parametrize(
    "query",
    ["page=0&q=a", "page=abc&q=a", "page=9999999999999999999&q=a", "annee=" + "9" * 500, "q=%00", "nature=<script>",
     "organisme=" + quote("é") * 300, "q=%FF%FE", "annee=2016&annee=x"],
)  # fmt: skip
def test_no_query_breaks_the_kit(client, home, query):
    ressource(nature_page(home), "A")
    assert client.get(f"/kit/?{query}").status_code == 200


def test_a_large_kit_shows_the_first_of_each_nature_and_a_way_to_the_rest(client, home):
    clone_page(ressource(nature_page(home)), 44)
    page = soup_of(client, "/kit/")
    assert len(titles(page)) == 8
    assert page.find("a", string=re.compile("Voir les 45"))
    assert len(titles(soup_of(client, "/kit/?q=ressource"))) == 40
    assert len(titles(soup_of(client, "/kit/?q=ressource&page=2"))) == 5


# --- a nature


def test_a_nature_groups_its_resources_by_rubrique_in_order(client, home):
    nature = nature_page(home, rubriques=["Se former", "Évaluer"])
    first, second = nature.rubriques.all()
    ressource(nature, "E", rubrique=second)
    ressource(nature, "F", rubrique=first)
    ressource(nature, "Sans")
    page = soup_of(client, "/kit/methode/")
    assert titles(page) == ["F", "E", "Sans"]
    assert [words(node) for node in page.select("section h2")] == ["Se former", "Évaluer", "Autres ressources"]


def test_a_nature_without_resources_says_so(client, home):
    nature_page(home)
    assert "Aucune ressource" in words(soup_of(client, "/kit/methode/").main)


def test_a_long_nature_is_cut_in_pages(client, home):
    clone_page(ressource(nature_page(home)), 40)
    assert len(titles(soup_of(client, "/kit/methode/"))) == 40
    assert len(titles(soup_of(client, "/kit/methode/?page=2"))) == 1


# --- a resource


def test_a_resource_without_a_file_says_whom_to_ask(client, home):
    page = ressource(nature_page(home), producteurs=["Le RAMEAU"])
    text = words(soup_of(client, page.url).main)
    assert "Document à demander à son producteur" in text
    assert "écrivez à son producteur : Le RAMEAU." in text


def test_the_link_to_a_file_tells_format_weight_pages_and_language(client, home):
    held = document("guide.txt", b"x" * 2_300_000, "Le guide")
    type(held).objects.filter(pk=held.pk).update(nombre_de_pages=16)
    page = soup_of(client, ressource(nature_page(home), fichiers=[held]).url)
    assert words(page.select_one("a.fichier")) == "Le guide TXT, 2,3 Mo, 16 pages, en français"
    assert page.select_one("a.fichier")["href"] == held.url
    assert "à demander" not in words(page.main)


def test_a_file_shows_its_first_page_without_moving_the_text(client, home):
    held = document("guide.pdf", titre="Le guide")
    type(held).objects.filter(pk=held.pk).update(
        couverture="couvertures/1.webp", couverture_largeur=480, couverture_hauteur=679
    )
    held.refresh_from_db()
    page = ressource(nature_page(home), fichiers=[held])
    image = soup_of(client, page.url).select_one("a.fichier img")
    assert (image["src"], image["width"], image["height"]) == (held.url_de_la_couverture, "480", "679")
    # The link names the file: the picture says nothing more.
    assert (image["alt"], image["loading"]) == ("", "lazy")
    CollectionViewRestriction.objects.create(collection=held.collection, restriction_type="login")
    assert soup_of(client, page.url).select_one("a.fichier img") is None


def test_a_resource_shows_what_its_sources_disagree_on(client, home):
    page = ressource(nature_page(home), note_de_source="La liste dit 2016, les tableaux 2014.")
    assert "La liste dit 2016" in words(soup_of(client, page.url).find(id="note-de-source").parent)


def test_a_resource_is_cited_with_its_address(client, home):
    page = ressource(nature_page(home), "Guide", producteurs=["MEDEF", "Le RAMEAU"], date="2014-04", forme="guide")
    cited = words(soup_of(client, page.url).find(id="citer").parent)
    assert "MEDEF et Le RAMEAU, Guide , guide, avril 2014." in cited
    assert f"http://testserver{page.url}" in cited


def test_a_resource_is_described_for_machines(client, home):
    page = ressource(nature_page(home), "</script>Guide", producteurs=["MEDEF"], date="2014-04", fichiers=[document()])
    data = json.loads(soup_of(client, page.url).find("script", type="application/ld+json").string)
    described = next(each for each in data["@graph"] if each["@type"] == "LearningResource")
    assert described["name"] == "</script>Guide"
    assert described["author"] == [{"@type": "Organization", "name": "MEDEF"}]
    assert described["datePublished"] == "2014-04"
    assert described["encoding"][0]["contentUrl"].startswith("http://testserver/documents/")


def test_a_full_resource_and_an_empty_one_both_stand(client, home):
    nature = nature_page(home, rubriques=["Évaluer"])
    ressource(nature, resume="")
    full = ressource(
        nature, "Très long " * 25, resume="Mot " * 490, producteurs=["A", "B", "C"], territoires=["Alsace", "France"],
        date="2015/2016", forme="étude", duree="2 heures", composants="Un\n\nDeux", note_de_source="Note.",
        rubrique=nature.rubriques.get(), fichiers=[document(), document(titre="Autre", langue="en")],
    )  # fmt: skip
    page = soup_of(client, full.url)
    assert page.select_one("a.fichier[hreflang=en]")
    assert len(page.find_all(True)) <= 600
    levels = [int(node.name[1]) for node in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = [node["id"] for node in page.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_what_to_read_around_is_in_the_same_rubrique(client, home):
    nature = nature_page(home, rubriques=["Se former", "Évaluer"])
    first, second = nature.rubriques.all()
    page = ressource(nature, "A", rubrique=second)
    ressource(nature, "B", rubrique=first)
    ressource(nature, "C", rubrique=second)
    assert titles(soup_of(client, page.url)) == ["C"]


# --- drafts and private pages


def test_drafts_and_private_resources_stay_out_of_every_list(client, home):
    nature = nature_page(home)
    shown = ressource(nature, "Publique")
    ressource(nature, "En brouillon").unpublish()
    private = ressource(nature, "Privée")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for address in ("/kit/", "/kit/?q=r", "/kit/methode/", shown.url, "/flux/ressources/"):
        text = client.get(address).content.decode()
        assert "En brouillon" not in text, address
        assert "Privée" not in text, address


def test_a_preview_shows_the_draft_and_not_what_is_remembered(client, home):
    page = ressource(nature_page(home), producteurs=["Ancien"], date="2013")
    client.get(page.url)
    page.date = "2020"
    request = page.make_preview_request(preview_mode="")
    assert "2020" in request.content.decode() if hasattr(request, "content") else request.render().content.decode()


# --- the feed


def test_the_feed_gives_the_latest_resources_with_absolute_links(client, home, settings):
    nature = nature_page(home)
    ressource(nature, "Ancienne")
    newest = ressource(nature, "Nouvelle & belle", resume="Un résumé.")
    settings.BASE_URL = "https://exemple.org"
    response = client.get("/flux/ressources/")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = BeautifulSoup(response.content, "xml")
    assert [entry.title.string for entry in feed.find_all("entry")] == ["Nouvelle & belle", "Ancienne"]
    assert feed.entry.link["href"] == f"https://exemple.org{newest.url}"
    assert feed.find("link", rel="self")["href"] == "https://exemple.org/flux/ressources/"
    assert feed.entry.id.string == f"urn:uuid:{newest.uuid}"
    assert not response.cookies


# --- the documents of the site


def test_the_documents_of_the_site_are_presented_outside_the_kit(client, home):
    kit_page(home)
    page = DocumentsDuSitePage(title="Les documents du site", slug="documents-du-site")
    page.documents_presentes = [
        DocumentDuSite(document=document(titre="Un modèle"), presentation="À remplir ensemble.")
    ]
    home.add_child(instance=page)
    page.save_revision().publish()
    text = words(soup_of(client, "/documents-du-site/").main)
    assert "À remplir ensemble." in text
    assert "TXT" in text
    assert titles(soup_of(client, "/kit/")) == []


def test_a_page_of_documents_without_documents_says_so(client, home):
    home.add_child(instance=DocumentsDuSitePage(title="Documents", slug="documents-du-site"))
    assert "Aucun document" in words(soup_of(client, "/documents-du-site/").main)


# --- what it costs


@pytest.mark.parametrize("number", [2, 20])
def test_pages_of_the_kit_cost_the_same_for_few_and_for_many(client, home, django_assert_max_num_queries, number):
    nature = nature_page(home, rubriques=["Évaluer"])
    pages = [
        ressource(nature, producteurs=["Le RAMEAU", "ESSEC"], territoires=["Alsace"], date="2016",
                  rubrique=nature.rubriques.get(), fichiers=[document()])
        for _ in range(number)
    ]  # fmt: skip
    for address, ceiling in (
        ("/kit/", 12), ("/kit/?annee=2016&q=resume", 12), ("/kit/methode/", 12), (pages[0].url, 10),
    ):  # fmt: skip
        assert client.get(address).status_code == 200
        with django_assert_max_num_queries(ceiling):
            client.get(address)
