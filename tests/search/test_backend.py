"""Wagtail's own search answers whatever is typed: in the choosers of the admin, and in its public API."""

from urllib.parse import urlencode

import pytest
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Not, Or, Phrase, PlainText
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.models import Organisme
from mediatheque.models import CustomDocument
from search.backend import MOTS_MAX, en_mots_simples
from tests.search.factories import document, page

SAISIES = [
    '"', 'a"b', '"a b', '""', '"a" "b', "'", "l'eau", "a 'b", " ", "", "\x00", "a\x00b", "é " * 600, "é" * 5000,
    '"é" ' * 600, "*", "a*", "-", "a -b", "%", "%s", "100 %d", "\\", "a\\", "NEAR(", "a AND", "OR", "NOT a", "(",
    "a) OR (b", "{title} : x", "title:x", "^a", "a+b", "&|!():*<->", "😀", "\u202eabc", "live:true", "_type",
    '{"a": 1}',
]  # fmt: skip
ADRESSES = [
    "/admin/pages/search/?q=",
    "/admin/pages/search/results/?q=",
    "/admin/choose-page/search/?q=",
    "/admin/documents/?q=",
    "/admin/documents/chooser/?q=",
    "/admin/documents/chooser/results/?q=",
    "/admin/images/?q=",
    "/admin/images/chooser/?q=",
    "/admin/images/chooser/results/?q=",
    "/admin/snippets/core/organisme/?q=",
    "/admin/users/?q=",
    "/api/v2/pages/?search=",
    "/api/v2/pages/?search_operator=or&search=",
    "/api/v2/pages/?order=title&search=",
]


@pytest.fixture
def contenus(home):
    page(home, "Baromètre de l'eau")
    document("Guide de l'eau")
    Organisme.objects.create(nom="Agence de l'eau")


# One content for all that is typed at an address.
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("adresse", ADRESSES)
def test_whatever_is_typed_has_an_answer(contenus, admin_client, adresse):
    chemin, _, parametres = adresse.partition("?")
    for saisie in SAISIES:
        reponse = admin_client.get(f"{chemin}?{parametres}{urlencode({'': saisie})[1:]}")
        assert reponse.status_code == 200, saisie
        assert b"Traceback" not in reponse.content


@pytest.mark.parametrize("saisie", ['"eau', 'l"eau', "eau\x00", "  eau  ", "l'eau", "' eau", "eau - *", "eau ()"])
def test_what_is_found_is_what_the_words_say(contenus, client, saisie):
    resultats = client.get("/api/v2/pages/", {"search": saisie}).json()
    assert [item["title"] for item in resultats["items"]] == ["Baromètre de l'eau"]
    moteur = get_search_backend()
    assert [each.title for each in moteur.autocomplete(saisie, CustomDocument)] == ["Guide de l'eau"]
    assert [each.nom for each in moteur.autocomplete(saisie, Organisme)] == ["Agence de l'eau"]


@pytest.mark.parametrize("saisie", ['"', " ", "\x00", "***", "' '"])
def test_nothing_is_found_where_no_word_is_left(contenus, client, saisie):
    assert client.get("/api/v2/pages/", {"search": saisie}).json() == {"meta": {"total_count": 0}, "items": []}
    assert len(get_search_backend().search(saisie, Page)) == 0


def test_everything_may_still_be_asked(contenus):
    assert len(get_search_backend().search(MATCH_ALL, CustomDocument)) == 1


def test_an_operator_that_is_none_is_refused_clearly(contenus, client):
    reponse = client.get("/api/v2/pages/", {"search": "eau", "search_operator": "xor"})
    assert reponse.status_code == 400
    assert "search_operator" in reponse.json()["message"]


def test_a_query_in_parts_keeps_what_is_left_of_them():
    propre = en_mots_simples(
        And([PlainText('" "'), Or([Phrase('a "b" c'), PlainText("\x00d", operator="or")]), Not(PlainText("*"))])
    )
    assert repr(propre) == repr(Or([Phrase("a b c"), PlainText("d", operator="or")]))
    assert en_mots_simples(And([PlainText('"'), Phrase("-")])) is MATCH_NONE


def test_a_query_is_cut_at_some_words():
    assert en_mots_simples("é " * 600) == " ".join(["é"] * MOTS_MAX)
    assert (
        len(repr(en_mots_simples(And([Phrase(f"mot{rang}") for rang in range(600)]))).split("Phrase")) == MOTS_MAX + 1
    )
