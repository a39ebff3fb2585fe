"""What readers look for is counted, and nothing of who they are."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.version import current_version
from search import journal
from search.models import ClicDuJour, RechercheDuJour
from tests.search.factories import page

NAVIGATEUR = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def corpus(home):
    return page(home, "Évaluer un partenariat", "Comment l’évaluation d’un partenariat se prépare.")


@pytest.fixture
def chercher(client, corpus):
    """Search as a reader does, with a browser."""

    def ask(texte: str, adresse: str = "/recherche/", parametres: dict | None = None, **entetes) -> None:
        assert client.get(adresse, {"q": texte} | (parametres or {}), **NAVIGATEUR | entetes).status_code == 200

    return ask


@pytest.fixture
def ouvrir(client):
    """Tell that a result was opened, as the page does."""

    def tell(texte: str, rang: object, **entetes) -> int:
        return client.post("/recherche/clic/", {"q": texte, "rang": str(rang)}, **NAVIGATEUR | entetes).status_code

    return tell


def comptes() -> list[tuple[str, int, int]]:
    return list(RechercheDuJour.objects.order_by("cle").values_list("texte", "nombre", "sans_resultat"))


def noter(texte: str, fois: int = 1, vaines: int = 0, jours: int = 0) -> RechercheDuJour:
    return RechercheDuJour.objects.create(
        jour=timezone.localdate() - timedelta(days=jours),
        cle=journal.cle_de(texte),
        texte=texte,
        nombre=fois,
        sans_resultat=vaines,
    )


def test_a_search_is_counted_by_day_whatever_its_case_accents_and_punctuation(chercher):
    for texte in ("Évaluer un partenariat ?", "evaluer  un partenariat", "xylophone"):
        chercher(texte)
    assert comptes() == [("évaluer un partenariat ?", 2, 0), ("xylophone", 1, 1)]
    assert set(RechercheDuJour.objects.values_list("jour", flat=True)) == {timezone.localdate()}


def test_only_a_text_a_day_and_numbers_are_stored():
    assert {champ.name for champ in RechercheDuJour._meta.concrete_fields} == {
        "id", "jour", "cle", "texte", "nombre", "sans_resultat"
    }  # fmt: skip
    assert {champ.name for champ in ClicDuJour._meta.concrete_fields} == {"id", "recherche", "rang", "nombre"}


@pytest.mark.parametrize(
    "entetes",
    [
        {"HTTP_DNT": "1"},
        {"HTTP_SEC_GPC": "1"},
        {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": ""},
    ],
)
def test_who_asks_not_to_be_counted_and_programs_are_not(chercher, ouvrir, entetes):
    chercher("partenariat", **entetes)
    assert comptes() == []
    chercher("partenariat")
    assert ouvrir("partenariat", 1, **entetes) == 204
    assert not ClicDuJour.objects.exists()


def test_the_team_is_not_counted(client, chercher):
    client.force_login(get_user_model().objects.create_user("lectrice"))
    chercher("partenariat")
    assert comptes() == []


@pytest.mark.parametrize(
    "texte",
    ["ada@example.org", "https://example.org/page", "www.example.org", "exemple.fr", "06 12 34 56 78", "0612345678",
     "+33 6 12 34 56 78", "1 84 12 76 451 089 46", "12 bis rue de la Paix", "Madame Untel", "partenariat " * 8],
)  # fmt: skip
def test_what_looks_personal_is_never_written(chercher, texte):
    chercher(texte)
    assert comptes() == []


@pytest.mark.parametrize("texte", ["ODD 17", "loi de 2014", "co-construction", "« utilité sociétale »", "n° 17"])
def test_an_ordinary_search_is_written(chercher, texte):
    chercher(texte)
    assert len(comptes()) == 1


@pytest.mark.parametrize(
    ("adresse", "parametres"),
    [("/api/recherche/", {}), ("/recherche/suggestions/", {}), ("/flux/recherche/", {}),
     ("/recherche/", {"page": "1"}), ("/recherche/", {"type": "page"}), ("/recherche/", {"tri": "date"})],
)  # fmt: skip
def test_only_the_first_page_of_a_plain_search_counts(chercher, adresse, parametres):
    chercher("partenariat", adresse, parametres)
    assert comptes() == []


@pytest.mark.parametrize("texte", ["", " ", "\x00", "???", "\u202e", "😀", "'; DROP TABLE", "%s %(a)s", "é" * 300])
def test_no_text_breaks_the_count(chercher, texte):
    chercher(texte)


def test_a_day_holds_so_many_texts_and_no_more(chercher, monkeypatch):
    monkeypatch.setattr(journal, "TEXTES_PAR_JOUR", 2)
    for texte in ("un", "deux", "trois", "un"):
        chercher(texte)
    assert [(texte, nombre) for texte, nombre, _ in comptes()] == [("deux", 1), ("un", 2)]


def test_a_busy_database_drops_the_count_and_answers(chercher, monkeypatch):
    def occupe():
        raise DatabaseError("database is locked")

    monkeypatch.setattr(journal, "_sans_attendre", occupe)
    chercher("partenariat")
    assert comptes() == []


def test_a_page_waits_for_the_database_only_a_moment_to_count(chercher):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite has one writer at a time")

    def attente() -> int:
        return connection.connection.execute("PRAGMA busy_timeout").fetchone()[0]

    avant = attente()
    with journal._sans_attendre():
        assert attente() == journal.ATTENTE_MAX
    assert attente() == avant


def test_a_table_that_another_holds_makes_nobody_wait(chercher):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no lock on a table")
    autre = connection.copy()
    try:
        with autre.cursor() as curseur:
            curseur.execute("BEGIN")
            curseur.execute("LOCK TABLE search_recherchedujour IN ACCESS EXCLUSIVE MODE")
            # Otherwise this would wait for ever.
            chercher("partenariat")
            curseur.execute("ROLLBACK")
    finally:
        autre.close()
    assert comptes() == []


def test_counting_costs_one_query(client, corpus):
    adresse = "/recherche/?q=evaluation+partenariat"
    client.get(adresse, **NAVIGATEUR)
    with CaptureQueriesContext(connection) as sans:
        client.get(adresse)
    with CaptureQueriesContext(connection) as avec:
        client.get(adresse, **NAVIGATEUR)
    assert not [requete for requete in sans if "recherchedujour" in requete["sql"]]
    assert len([requete for requete in avec if "recherchedujour" in requete["sql"]]) == 1


def test_counting_sets_no_cookie(client, corpus):
    assert not client.get("/recherche/", {"q": "partenariat"}, **NAVIGATEUR).cookies


def test_a_result_opened_is_counted_by_rank(chercher, ouvrir):
    chercher("Évaluer un partenariat")
    chercher("évaluer un partenariat")
    assert [ouvrir("evaluer un partenariat ?", rang) for rang in (1, 1, 3)] == [204, 204, 204]
    assert list(ClicDuJour.objects.order_by("rang").values_list("rang", "nombre")) == [(1, 2), (3, 1)]


def test_a_rank_is_never_opened_more_often_than_its_search_was_made(chercher, ouvrir):
    chercher("partenariat")
    for _ in range(5):
        ouvrir("partenariat", 1)
    assert ClicDuJour.objects.get().nombre == 1


def test_a_result_of_a_search_that_nobody_made_is_not_counted(corpus, ouvrir):
    assert ouvrir("partenariat", 1) == 204
    assert not ClicDuJour.objects.exists()


@pytest.mark.parametrize("rang", ["0", "101", "-1", "abc", "", "²", "9" * 5000, "1.5"])
def test_a_rank_that_is_none_is_refused(chercher, ouvrir, rang):
    chercher("partenariat")
    assert ouvrir("partenariat", rang) == 400
    assert not ClicDuJour.objects.exists()


def test_another_site_counts_nothing(chercher, ouvrir, client):
    chercher("partenariat")
    assert ouvrir("partenariat", 1, HTTP_SEC_FETCH_SITE="cross-site") == 403
    assert client.get("/recherche/clic/", **NAVIGATEUR).status_code == 405
    assert not ClicDuJour.objects.exists()


def test_searches_are_forgotten_after_thirteen_months(corpus, capsys):
    ancienne = noter("ancienne", jours=journal.JOURS_GARDES + 1)
    ancienne.clics.create(rang=1, nombre=1)
    noter("récente", jours=journal.JOURS_GARDES - 1)
    call_command("purger_recherches")
    assert "Recherches oubliées : 1." in capsys.readouterr().out
    assert [texte for texte, _, _ in comptes()] == ["récente"]
    assert not ClicDuJour.objects.exists()


def test_the_first_search_of_a_day_forgets_the_old_ones(chercher):
    noter("ancienne", jours=journal.JOURS_GARDES + 1)
    chercher("partenariat")
    assert [texte for texte, _, _ in comptes()] == ["partenariat"]


class TestPopularSearches:
    @pytest.fixture(autouse=True)
    def _corpus(self, corpus):
        self.version = current_version()

    def populaires(self, debut: str) -> list[str]:
        cache.clear()
        return journal.requetes_populaires(debut, self.version)

    def test_what_several_readers_searched_is_proposed_the_commonest_first(self):
        for jours in (1, 2):
            noter("partenariat", 2, jours=jours)
            noter("évaluation partenariat", 5, jours=jours)
            noter("évaluer un partenariat", 9, jours=jours)
        assert self.populaires("EVALU") == ["évaluer un partenariat", "évaluation partenariat"]
        assert self.populaires("") == []

    def test_what_was_searched_too_seldom_or_on_one_day_is_not(self):
        noter("partenariat", 1, jours=1)
        noter("partenariat", 1, jours=2)
        noter("évaluation", 50)
        assert self.populaires("part") == self.populaires("eval") == []

    def test_what_was_searched_long_ago_or_in_vain_is_not(self):
        for jours in (1, 2):
            noter("partenariat", 5, jours=journal.POPULAIRES_JOURS + jours)
            noter("évaluation", 5, vaines=5, jours=jours)
        assert self.populaires("part") == self.populaires("eval") == []

    def test_a_word_that_the_site_does_not_hold_is_never_passed_on(self):
        for jours in (1, 2):
            noter("partenariat untel", 5, jours=jours)
        assert self.populaires("part") == []

    def test_it_is_proposed_below_the_titles(self, client):
        for jours in (1, 2):
            noter("évaluation partenariat", 5, jours=jours)
        titre, populaire = client.get("/recherche/suggestions/", {"q": "eval"}).json()
        assert titre["texte"] == "Évaluer un partenariat"
        assert populaire == {
            "texte": "évaluation partenariat",
            "url": "/recherche/?q=%C3%A9valuation+partenariat",
            "genre": "Recherche fréquente",
        }
        assert len(client.get("/recherche/suggestions/", {"q": "évaluation partenariat"}).json()) == 0
