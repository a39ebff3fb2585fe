"""« Recherche » in the admin: synonyms, results shown first, pages left out, and what readers look for."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.template import engines
from django.utils import timezone

from evenements.models import RencontresIndexPage
from home.chargement.base import Chargeur
from home.chargement.editorial import charger
from search.models import MiseEnAvant, PageEcartee, RechercheDuJour, Synonyme
from tests.search.factories import document, page

pytestmark = pytest.mark.django_db
SNIPPETS = "/admin/snippets/search"


@pytest.fixture(autouse=True)
def _gabarits_de_wagtail(monkeypatch):
    """Wagtail's own templates use variables that they do not define."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def equipe(home):
    charger(Chargeur())
    personnes = {}
    for nom in ("Rédaction", "Relecture"):
        personnes[nom] = get_user_model().objects.create_user(nom.lower(), password="mot-de-passe-1")
        personnes[nom].groups.add(Group.objects.get(name=nom))
    return personnes


@pytest.fixture
def relectrice(client, equipe):
    client.force_login(equipe["Relecture"])
    return client


def compter(texte: str, fois: int, vaines: int = 0) -> RechercheDuJour:
    return RechercheDuJour.objects.create(
        jour=timezone.localdate(), cle=texte, texte=texte, nombre=fois, sans_resultat=vaines
    )


def elements(*choix: tuple[str, int]) -> dict[str, str]:
    """The inline form of a result shown first."""
    champs = {
        "elements-TOTAL_FORMS": str(len(choix)), "elements-INITIAL_FORMS": "0", "elements-MIN_NUM_FORMS": "1",
        "elements-MAX_NUM_FORMS": "5",
    }  # fmt: skip
    for rang, (nom, cle) in enumerate(choix):
        champs |= {
            f"elements-{rang}-page": "",
            f"elements-{rang}-document": "",
            f"elements-{rang}-ORDER": str(rang + 1),
        }
        champs[f"elements-{rang}-{nom}"] = str(cle)
    return champs


@pytest.mark.parametrize("adresse", ["synonyme/", "miseenavant/", "pageecartee/"])
def test_a_reviewer_steers_search_and_a_writer_does_not(client, equipe, adresse):
    client.force_login(equipe["Relecture"])
    assert client.get(f"{SNIPPETS}/{adresse}").status_code == 200
    assert client.get(f"{SNIPPETS}/{adresse}add/").status_code == 200
    client.force_login(equipe["Rédaction"])
    assert client.get(f"{SNIPPETS}/{adresse}").status_code == 302
    assert client.post(f"{SNIPPETS}/{adresse}add/").status_code == 302


def test_the_menu_shows_each_person_what_they_may_do(client, equipe):
    client.force_login(equipe["Relecture"])
    html = client.get("/admin/").content.decode()
    for libelle in ("Synonymes", "Résultats mis en avant", "Pages écartées", "Ce que l’on cherche"):
        assert libelle in html or json.dumps(libelle)[1:-1] in html
    client.force_login(equipe["Rédaction"])
    html = client.get("/admin/").content.decode()
    assert "Synonymes" not in html
    assert "/admin/recherche/rapport/" in html


def test_a_synonym_is_made_from_a_form_and_can_be_tried_at_once(relectrice):
    reponse = relectrice.post(
        f"{SNIPPETS}/synonyme/add/",
        {"cherche": " RSE \n\nrse ", "aussi": "responsabilité  sociétale des entreprises", "reciproque": "on"},
        follow=True,
    )
    synonyme = Synonyme.objects.get()
    assert (synonyme.cherche, synonyme.aussi) == ("RSE\nrse", "responsabilité sociétale des entreprises")
    html = reponse.content.decode()
    assert "« RSE » ne trouve encore rien : le site n’emploie pas ces mots" in html
    assert "Essayer « RSE »" in html
    assert "RSE, rse ↔ responsabilité sociétale des entreprises" in html


@pytest.mark.parametrize(
    ("cherche", "aussi", "erreur"),
    [
        ("partenariat", "Partenariats", "ce sont déjà les mêmes mots"),
        ("partenariat", "???", "ne contient aucun mot"),
        ("partenariat", "un " * 50, "est trop long"),
        ("\n".join(f"mot{n}" for n in range(21)), "alliance", "Au plus 20 lignes"),
    ],
)
def test_a_synonym_that_says_nothing_is_refused_in_plain_french(relectrice, cherche, aussi, erreur):
    html = relectrice.post(f"{SNIPPETS}/synonyme/add/", {"cherche": cherche, "aussi": aussi}).content.decode()
    assert erreur in html
    assert not Synonyme.objects.exists()


def test_results_shown_first_are_chosen_among_pages_and_documents(relectrice, home):
    une, guide = page(home, "Une page"), document("Guide d’usage", "Texte")
    relectrice.post(
        f"{SNIPPETS}/miseenavant/add/",
        {"expressions": "alliance"} | elements(("page", une.pk), ("document", guide.pk)),
    )
    assert [element.source for element in MiseEnAvant.objects.get().elements.all()] == [
        f"page:{une.pk}", f"document:{guide.pk}"
    ]  # fmt: skip
    html = relectrice.get(f"{SNIPPETS}/miseenavant/").content.decode()
    assert "Une page, Guide d’usage" in html


def test_a_page_that_search_never_shows_cannot_be_shown_first(relectrice, home):
    index = home.add_child(instance=RencontresIndexPage(title="Rencontres", slug="rencontres"))
    html = relectrice.post(
        f"{SNIPPETS}/miseenavant/add/", {"expressions": "rencontre"} | elements(("page", index.pk))
    ).content.decode()
    assert "La recherche ne porte pas sur les pages de ce type" in html
    html = relectrice.post(
        f"{SNIPPETS}/miseenavant/add/", {"expressions": "rencontre"} | elements(("page", ""))
    ).content.decode()
    assert "Choisissez une page ou un document" in html
    assert not MiseEnAvant.objects.exists()


def test_a_page_is_left_out_once(relectrice, home):
    une = page(home, "Une page")
    for _ in range(2):
        reponse = relectrice.post(f"{SNIPPETS}/pageecartee/add/", {"page": une.pk, "raison": "Doublon"})
    assert "Cette page est déjà écartée" in reponse.content.decode()
    assert PageEcartee.objects.count() == 1
    assert "Doublon" in relectrice.get(f"{SNIPPETS}/pageecartee/").content.decode()


class TestReport:
    ADRESSE = "/admin/recherche/rapport/"

    def test_searches_without_result_come_first_with_what_to_do(self, relectrice, home):
        compter("partenariat", 9)
        compter("tiers lieux nourriciers", 3, 3)
        compter("bistrot", 5, 4)
        html = relectrice.get(self.ADRESSE).content.decode()
        assert html.index("bistrot") < html.index("tiers lieux nourriciers")
        assert "partenariat" not in html
        assert "<strong>17 recherches</strong> en 30 jours, dont <strong>7</strong> sans résultat" in html.replace(
            "\u202f", " "
        ).replace("\xa0", " ")
        assert f"{SNIPPETS}/synonyme/add/?cherche=tiers+lieux+nourriciers" in html
        assert f"{SNIPPETS}/miseenavant/add/?expressions=bistrot" in html

    def test_one_click_opens_a_form_that_holds_the_search(self, relectrice):
        html = relectrice.get(f"{SNIPPETS}/synonyme/add/?cherche=tiers+lieux").content.decode()
        assert "tiers lieux</textarea>" in html
        html = relectrice.get(f"{SNIPPETS}/miseenavant/add/?expressions=tiers+lieux").content.decode()
        assert "tiers lieux</textarea>" in html

    def test_once_a_synonym_is_made_the_line_says_that_it_finds(self, relectrice, home):
        page(home, "Alimentation et territoire")
        compter("bistrot", 5, 4)
        assert "ne trouve rien" in relectrice.get(self.ADRESSE).content.decode()
        relectrice.post(f"{SNIPPETS}/synonyme/add/", {"cherche": "bistrot", "aussi": "alimentation"})
        assert "trouve : 1" in relectrice.get(self.ADRESSE).content.decode()

    def test_the_commonest_searches_are_a_click_away(self, relectrice, home):
        compter("partenariat", 9).clics.create(rang=2, nombre=4)
        compter("alliance", 12)
        html = relectrice.get(self.ADRESSE, {"vue": "frequentes"}).content.decode()
        assert html.index("alliance") < html.index("partenariat")

    def test_ranks_tell_how_often_they_are_opened(self, relectrice, home):
        lignes = compter("partenariat", 9, 1)
        lignes.clics.create(rang=1, nombre=4)
        lignes.clics.create(rang=3, nombre=1)
        html = relectrice.get(f"{self.ADRESSE}clics/").content.decode().replace("\xa0", " ")
        assert "50,0 %" in html
        assert "12,5 %" in html
        assert "0,0 %" in html

    def test_the_period_narrows_what_is_counted(self, relectrice, home):
        ligne = compter("ancienne recherche", 2, 2)
        ligne.jour = timezone.localdate() - timedelta(days=40)
        ligne.save()
        assert "ancienne recherche" not in relectrice.get(self.ADRESSE).content.decode()
        assert "ancienne recherche" in relectrice.get(self.ADRESSE, {"periode": "90"}).content.decode()
        assert relectrice.get(self.ADRESSE, {"periode": "abc", "p": "x"}).status_code == 200

    def test_it_opens_in_a_spreadsheet_without_a_formula(self, relectrice, home):
        compter("=1+1", 3, 3)
        csv = b"".join(relectrice.get(self.ADRESSE, {"export": "csv"}).streaming_content).decode()
        assert "'=1+1,3,3," in csv
        assert "Sans résultat" in csv
        assert relectrice.get(self.ADRESSE, {"export": "xlsx"}).status_code == 200
        assert relectrice.get(f"{self.ADRESSE}clics/", {"export": "csv"}).status_code == 200

    def test_nothing_counted_yet_is_said(self, relectrice):
        assert "Aucune recherche n’a été comptée en 30 jours." in relectrice.get(self.ADRESSE).content.decode()

    def test_only_the_team_reads_it(self, client, equipe, home):
        assert client.get(self.ADRESSE).status_code == 302
        client.force_login(get_user_model().objects.create_user("passante"))
        assert client.get(self.ADRESSE).status_code == 302
        compter("bistrot", 5, 4)
        client.force_login(equipe["Rédaction"])
        html = client.get(self.ADRESSE).content.decode()
        assert "bistrot" in html
        assert "Créer un synonyme" not in html
