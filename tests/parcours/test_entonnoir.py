"""How far readers go is counted without a trace of who they are, and never shown below ten."""

import csv
import io
from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError
from django.template import engines
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from core.models import Utilisateur
from core.version import current_version
from parcours.entonnoir import comptes, views
from parcours.entonnoir.comptes import Mois, mois_gardes
from parcours.entonnoir.rapport import montrer
from parcours.entonnoir.secret import CACHE, ensemble, mois_clos, mois_en_cours
from parcours.models import EtapeDuJour
from tests.parcours.factories import parcours, ressource

ADRESSE = "/parcours/carnet/mesure/"
NAVIGATEUR = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}


@pytest.fixture
def page(home):
    return parcours(home, [ressource(home) for _ in range(3)], slug="p")


@pytest.fixture
def etapes(page) -> list[str]:
    return [step.page.specific.uuid for step in page.etapes.all()]


@pytest.fixture
def dire(client, etapes):
    """Tell that a step was reached or read, as the page does."""

    def tell(etape: str = "", parcours: str = "p", atteinte: str = "1", lecture: str = "0", **headers) -> int:
        sent = {"parcours": parcours, "etape": etape or etapes[0], "atteinte": atteinte, "lecture": lecture}
        return client.post(ADRESSE, sent, **NAVIGATEUR | headers).status_code

    return tell


def comptees() -> list[tuple[int, int]]:
    return list(EtapeDuJour.objects.order_by("pk").values_list("atteintes", "lectures"))


def noter(page, etape: str, jour: date, atteintes: int = 0, lectures: int = 0) -> None:
    EtapeDuJour.objects.create(parcours=page, etape=etape, jour=jour, atteintes=atteintes, lectures=lectures)


# --- counting


def test_a_step_a_day_and_two_numbers_are_all_that_is_stored():
    assert {field.name for field in EtapeDuJour._meta.concrete_fields} == {
        "id", "parcours", "etape", "jour", "atteintes", "lectures"
    }  # fmt: skip


def test_steps_reached_and_read_are_counted_by_day(dire, etapes):
    assert dire(lecture="1") == 204
    assert dire() == 204
    assert dire(etapes[1]) == 204
    assert dire(atteinte="0", lecture="1") == 204
    assert comptees() == [(2, 2), (1, 0)]
    assert set(EtapeDuJour.objects.values_list("jour", flat=True)) == {timezone.localdate()}


def test_counting_changes_neither_the_caches_of_the_site_nor_any_cookie(client, dire, etapes):
    before = current_version()
    dire()
    assert current_version() == before
    assert not client.cookies


@pytest.mark.parametrize(
    "sent",
    [
        {"parcours": ""}, {"parcours": "inconnu"}, {"parcours": "\x00"}, {"parcours": "é" * 5000},
        {"etape": "x"}, {"etape": "\x00"}, {"etape": "00000000-0000-0000-0000-000000000000"},
        {"atteinte": "0"}, {"atteinte": "2"}, {"atteinte": "-1"}, {"lecture": "oui"}, {"atteinte": "1" * 400},
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_and_writes_nothing(dire, sent):
    assert dire(**sent) == 400
    assert comptees() == []


def test_a_step_of_another_parcours_or_of_a_draft_is_refused(home, page, dire):
    other = parcours(home, [ressource(home)], slug="q")
    assert dire(other.etapes.all()[0].page.specific.uuid) == 400
    page.unpublish()
    assert dire() == 400
    assert comptees() == []


def test_no_page_is_opened_at_that_address_and_reading_pages_writes_nothing(client, page, etapes):
    assert client.get(ADRESSE).status_code == 405
    for url in ("/parcours/p/", f"{page.etapes.all()[0].page.get_url()}?parcours=p"):
        client.get(url, **NAVIGATEUR)
    assert comptees() == []


def test_another_site_cannot_make_it_count(dire):
    assert dire(HTTP_SEC_FETCH_SITE="cross-site") == 403
    assert dire(HTTP_ORIGIN="https://ailleurs.example") == 403
    assert comptees() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_DNT": "1"}, {"HTTP_SEC_GPC": "1"}, {"HTTP_USER_AGENT": ""}, {"HTTP_USER_AGENT": "curl/8.5.0"},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
    ],
)  # fmt: skip
def test_who_asks_not_to_be_counted_and_programs_are_not(dire, headers):
    assert dire(**headers) == 204
    assert comptees() == []


def test_the_team_is_not_counted(client, dire):
    client.force_login(Utilisateur.objects.create_user("lectrice"))
    assert dire() == 204
    assert comptees() == []


def test_a_visitor_who_tells_too_much_is_stopped(dire, monkeypatch):
    monkeypatch.setattr(views, "MESURES", 2)
    assert [dire() for _ in range(3)] == [204, 204, 429]
    assert comptees() == [(2, 0)]


def test_a_busy_database_loses_the_count_and_says_nothing_worse(dire, monkeypatch):
    def busy(*args, **kwargs):
        raise DatabaseError("database is locked")

    monkeypatch.setattr(views, "compter", busy)
    assert dire() == 503


def test_a_count_costs_few_queries(dire, django_assert_max_num_queries):
    dire()
    # The version, then one update.
    with django_assert_max_num_queries(2):
        dire()


def test_no_count_is_lost_when_two_come_first_together(page, etapes, monkeypatch):
    create = EtapeDuJour.objects.bulk_create

    def another_comes_first(rows, **options):
        monkeypatch.setattr(EtapeDuJour.objects, "bulk_create", create)
        comptes.compter(page.pk, etapes[0], atteinte=True, lecture=False)
        return create(rows, **options)

    monkeypatch.setattr(EtapeDuJour.objects, "bulk_create", another_comes_first)
    comptes.compter(page.pk, etapes[0], atteinte=True, lecture=False)
    assert comptees() == [(2, 0)]


def test_thirteen_months_are_kept_and_no_more(page, etapes, capsys):
    with time_machine.travel("2026-11-22 12:00 +01:00"):
        noter(page, etapes[0], date(2025, 10, 31), 30)
        noter(page, etapes[0], date(2025, 11, 1), 20)
        assert [mois.cle for mois in mois_gardes()][:2] == ["2026-11", "2026-10"]
        assert mois_gardes()[-1] == Mois(2025, 11)
        call_command("purger_carnets")
        assert "Nombres d’étapes suivies effacés : 1." in capsys.readouterr().out
    assert comptees() == [(20, 0)]


def test_embedded_the_first_count_of_a_day_forgets_what_is_old(page, etapes, dire):
    noter(page, etapes[0], date(2020, 1, 1), 30)
    dire()
    assert comptees() == [(1, 0)]


# --- what is shown

counts = st.integers(0, 40)


@given(counts)
def test_a_closed_month_is_shown_from_ten(nombre):
    assert str(mois_clos(nombre)) == (str(nombre) if nombre >= 10 else CACHE)


@given(counts)
def test_the_current_month_is_shown_in_tens(nombre):
    assert str(mois_en_cours(nombre)) == (CACHE if nombre < 10 else f"au moins {nombre // 10 * 10}")


def shown(clos: list[int], en_cours: int) -> list[str]:
    """All that an editor can see of a step."""
    return [*map(str, map(mois_clos, clos)), str(mois_en_cours(en_cours)), str(ensemble(clos, en_cours))]


@settings(max_examples=400, deadline=None)
@given(st.lists(counts, min_size=1, max_size=12), counts)
def test_what_is_shown_never_tells_the_count_of_a_hidden_month(clos, en_cours):
    seen = shown(clos, en_cours)
    hidden = [rank for rank, nombre in enumerate(clos) if nombre < 10]
    for rank in hidden:
        # Another count of that month, alone or at the expense of another hidden one, shows the same.
        others = [changed(clos, {rank: value}) for value in range(10) if value != clos[rank]]
        others += [
            changed(clos, {rank: clos[rank] + plus, at: clos[at] - plus})
            for at in hidden
            for plus in (-1, 1)
            if at != rank and clos[rank] + plus in range(10) and clos[at] - plus in range(10)
        ]
        assert any(shown(other, en_cours) == seen for other in others), rank


def changed(clos: list[int], values: dict[int, int]) -> list[int]:
    return [values.get(rank, nombre) for rank, nombre in enumerate(clos)]


@given(st.lists(counts, max_size=12), counts)
def test_what_is_said_to_be_at_least_is(clos, en_cours):
    assert ensemble(clos, en_cours).plancher <= sum(clos) + en_cours


def test_each_period_shows_its_own_months(page):
    with time_machine.travel("2026-11-22 12:00 +01:00"):
        months = {Mois(2026, 11): (25, 3), Mois(2026, 10): (12, 9), Mois(2026, 9): (7, 0)}
        asked = [Mois(2026, 11), Mois(2026, 10), Mois(2026, 9), None]
        assert [str(montrer(months, 0, each)) for each in asked] == ["au moins 20", "12", CACHE, "au moins 32"]
        assert [str(montrer(months, 1, each)) for each in asked] == [CACHE] * 4


# --- the report


@pytest.fixture
def _templates_of_wagtail(monkeypatch):
    """Wagtail's own templates count on undefined variables being empty."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def counted(page, etapes):
    mois = mois_gardes()[1]
    noter(page, etapes[0], mois.debut, 40, 12)
    noter(page, etapes[1], mois.debut, 11, 9)
    noter(page, etapes[2], mois.debut, 3)
    return mois.cle


@pytest.mark.usefixtures("_templates_of_wagtail")
def test_the_report_shows_a_chart_and_its_table_without_small_counts(admin_client, counted):
    response = admin_client.get(reverse("suivi_des_parcours"), {"parcours": "p", "mois": counted})
    soup = BeautifulSoup(response.content, "html.parser")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in soup.select("table tbody tr")]
    assert [(row[0], *row[2:]) for row in rows] == [("1", "40", "12"), ("2", "11", CACHE), ("3", CACHE, CACHE)]
    chart = soup.select_one("svg[role=img]")
    assert [text.get_text() for text in chart.select("text")] == [
        "1", "40", "12", "2", "11", CACHE, "3", CACHE, CACHE
    ]  # fmt: skip
    widths = [int(bar["width"]) for bar in chart.select("rect")]
    assert widths[0] > widths[1] > widths[3] == 0
    assert not {"3", "9"} & {cell for row in rows for cell in row[2:]}


@pytest.mark.usefixtures("_templates_of_wagtail")
def test_the_file_says_what_the_page_says(admin_client, counted):
    asked = {"parcours": "p", "mois": counted, "export": "csv"}
    response = admin_client.get(reverse("suivi_des_parcours"), asked)
    lines = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert lines[0] == ["Étape", "Page", "Atteinte", "Lue"]
    assert [line[2:] for line in lines[1:]] == [["40", "12"], ["11", CACHE], [CACHE, CACHE]]
    assert f"suivi-p-{counted}.csv" in response["Content-Disposition"]


@pytest.mark.usefixtures("_templates_of_wagtail")
@pytest.mark.parametrize("asked", [{}, {"mois": "x"}, {"mois": "1999-01"}, {"parcours": "\x00"}, {"parcours": "q"}])
def test_what_means_nothing_shows_the_first_parcours_over_all_months(admin_client, counted, asked):
    text = admin_client.get(reverse("suivi_des_parcours"), asked).content.decode()
    assert "« Court p », 13 derniers mois" in text.replace("\xa0", " ")


@pytest.mark.usefixtures("_templates_of_wagtail")
def test_without_any_parcours_the_report_says_so(admin_client, home):
    assert "Aucun parcours n’est publié" in admin_client.get(reverse("suivi_des_parcours")).content.decode()


@pytest.mark.usefixtures("_templates_of_wagtail")
def test_of_a_parcours_without_visible_steps_the_report_says_that(admin_client, home):
    parcours(home, slug="vide")
    text = admin_client.get(reverse("suivi_des_parcours")).content.decode()
    assert "Aucune étape de ce parcours n’est publiée" in text
    assert "Aucun parcours" not in text


@pytest.mark.usefixtures("_templates_of_wagtail")
def test_only_those_who_have_the_right_read_the_report(client, page):
    user = Utilisateur.objects.create_user("lectrice")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    url = reverse("suivi_des_parcours")
    assert client.get(url).status_code == 302
    assert url not in client.get(reverse("wagtailadmin_home")).content.decode()
    user.user_permissions.add(Permission.objects.get(codename="view_etapedujour"))
    cache.clear()
    assert client.get(url).status_code == 200
    assert url in client.get(reverse("wagtailadmin_home")).content.decode()
