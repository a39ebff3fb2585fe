"""Meetings and their list: tree, calendar, form, empty states, cost."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils.timezone import now
from icalendar import Calendar
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail.test.utils.page_tests import WagtailPageTestCase

from core.version import current_version
from evenements import services
from evenements.models import RencontrePage, RencontrePassee, RencontresIndexPage
from home.models import HomePage
from tests.evenements.factories import creneau, index_page, jour, rencontre
from tests.factories import clone_page


class TreeTests(WagtailPageTestCase):
    def test_a_meeting_lives_only_below_the_list_of_meetings(self):
        self.assertAllowedParentPageTypes(RencontrePage, {RencontresIndexPage})
        self.assertAllowedSubpageTypes(RencontrePage, set())

    def test_the_list_lives_below_the_home_page(self):
        self.assertAllowedParentPageTypes(RencontresIndexPage, {HomePage})
        self.assertAllowedSubpageTypes(RencontresIndexPage, {RencontrePage})


@pytest.fixture
def index(home):
    return index_page(home)


def html(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def titles(client, address):
    return [title.text for title in html(client, address).select(".carte-titre")]


# --- list


def test_an_empty_list_says_so(client, index):
    text = html(client, index.url).text
    assert "Aucune rencontre annoncée" in text
    assert "Passées" not in text


def test_meetings_to_come_are_the_soonest_first_and_past_ones_the_latest_first(client, index):
    for title, days in (("Loin", 60), ("Bientôt", 5), ("Ancienne", -900), ("Récente", -30)):
        rencontre(index, title, jour(days))
    assert titles(client, index.url) == ["Bientôt", "Loin", "Récente", "Ancienne"]
    assert services.rencontre_a_la_une(current_version()).titre == "Bientôt"


def test_drafts_and_private_meetings_stay_out_of_the_list_and_of_the_calendar(client, index):
    draft = rencontre(index, "Brouillon", publie=False)
    private = rencontre(index, "Privée")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    assert titles(client, index.url) == []
    for page in (draft, private):
        assert client.get(f"/rencontres/{page.slug}/programme.ics").status_code == 404
    assert services.rencontre_a_la_une(current_version()) is None


@pytest.mark.parametrize("number", ["abc", "0", "-1", "99999999999999999999", "%00"])
def test_a_bad_page_number_still_shows_the_list(client, index, number):
    rencontre(index, "Seule")
    assert titles(client, f"{index.url}?page={number}") == ["Seule"]


def test_the_first_meeting_of_all_is_written_1re(client, index):
    index.passees = [RencontrePassee(numero=1, date=date(2014, 7, 1), theme="Commencer")]
    index.save_revision().publish()
    line = html(client, index.url).select_one("#contenu section li").text
    assert " ".join(line.split()) == "1re Rencontre, mardi 1er juillet 2014 : « Commencer »"


# --- page


def test_a_meeting_without_a_programme_says_so(client, index):
    page = html(client, rencontre(index, "Sans programme " * 16).url)
    assert "Le programme n’est pas encore publié" in page.text
    assert len(page.select("h1")) == 1


def test_a_meeting_to_come_offers_each_slot_to_the_diary_but_not_its_breaks(client, index):
    slots = [creneau("09:00", "10:00", "Ouverture"), creneau("10:00", "10:15", "Pause", pause=True)]
    page = rencontre(index, "Bientôt", jour(10), creneaux=slots)
    links = [link["href"] for link in html(client, page.url).select(".programme a")]
    assert links == [f"{page.url}programme.ics?creneau={page.creneaux.first().pk}"]


def test_a_slot_whose_phase_does_not_exist_is_still_shown(client, index):
    page = rencontre(index, creneaux=[creneau("09:00", "10:00", "Orphelin", parent="disparu")])
    assert "Orphelin" in html(client, page.url).select_one(".programme").text


def test_a_preview_of_a_meeting_being_written_is_a_page(index):
    page = rencontre(index, creneaux=[creneau("09:00", "10:00")])
    page.creneaux.add(creneau("11:00", "12:00", "Pas encore enregistré"))
    assert "Pas encore enregistré" in page.make_preview_request().render().content.decode()


def test_a_slot_says_how_one_takes_part_only_when_it_differs_from_the_meeting(client, index):
    slots = [
        creneau("09:00", "10:00", "Pour tous"),
        creneau("10:00", "11:00", "Atelier", mode="sur-place", lieu="Salle de l'horloge"),
    ]
    page = html(client, rencontre(index, mode="les-deux", creneaux=slots).url)
    said = [" ".join(item.text.split()) for item in page.select(".programme > li")]
    assert "Sur place" not in said[0]
    assert "Sur place, Salle de l’horloge" in said[1]


def test_a_slot_says_who_speaks_even_inside_another(client, index):
    slots = [
        creneau("09:00", "10:30", "Ouverture", temps="inspiration"),
        creneau("09:10", "09:45", "Récit", parent="inspiration", intervenants="L'invitée"),
        creneau("10:30", "11:00", "Sans personne"),
    ]
    page = html(client, rencontre(index, creneaux=slots).url)
    assert [line.text for line in page.select(".programme.interieur .details")] == ["Avec L’invitée"]
    assert [line.text for line in page.select(".programme .details") if "Avec" in line.text] == ["Avec L’invitée"]


@pytest.mark.parametrize(
    ("days", "links", "said"),
    [(10, [], "Rien n’est annoncé"), (-10, ["https://example.org/film", "https://example.org/extrait"], "Revoir")],
)
def test_the_replay_is_offered_after_the_meeting_for_the_day_and_for_a_slot(client, index, days, links, said):
    slots = [creneau("09:00", "10:00", "Le récit", rediffusion="https://example.org/extrait")]
    page = html(
        client, rencontre(index, "Filmée", jour(days), creneaux=slots, rediffusion="https://example.org/film").url
    )
    assert sorted(link["href"] for link in page.select("a[href^='https://example.org']")) == sorted(links)
    assert said in page.select_one(".faits").text


def test_a_past_meeting_without_replay_says_that_the_site_holds_none(client, index):
    assert "Ce site n’en tient pas" in html(client, rencontre(index).url).select_one(".faits").text


def test_a_meeting_of_today_is_told_as_going_on(client, index):
    start = now() - timedelta(minutes=1)
    page = rencontre(index, debut=start, fin=start + timedelta(minutes=30))
    assert html(client, page.url).select_one(".surtitre").text == "Rencontre en cours"
    assert titles(client, index.url) == ["Une rencontre"]
    assert html(client, index.url).select_one("[aria-labelledby=a-venir] .carte") is not None


# --- calendar


@pytest.mark.parametrize(("day", "offset"), [("2021-07-12", "+02:00"), ("2021-12-06", "+01:00")])
def test_a_slot_keeps_the_hour_of_paris_in_summer_and_in_winter(client, index, day, offset):
    page = rencontre(index, "Rencontre", day, creneaux=[creneau("09:10", "09:45", "Un exposé")])
    slot = page.creneaux.get()
    response = client.get(f"/rencontres/{page.slug}/programme.ics?creneau={slot.pk}")
    event = Calendar.from_ical(response.content).events[0]
    assert event.start.isoformat() == f"{day}T09:10:00{offset}"
    assert str(event["SUMMARY"]) == "Un exposé (Rencontre)"


def test_the_day_and_each_slot_have_their_own_lasting_identifier(client, index):
    page = rencontre(index, creneaux=[creneau("09:00", "10:00"), creneau("10:00", "11:00")])
    address = f"/rencontres/{page.slug}/programme.ics"
    queries = ["", *(f"?creneau={slot.pk}" for slot in page.creneaux.all())]

    def identifiers():
        return [str(Calendar.from_ical(client.get(address + query).content).events[0]["UID"]) for query in queries]

    before = identifiers()
    page.title = "Un autre titre"
    page.save_revision().publish()
    assert identifiers() == before
    assert len(set(before)) == 3


@pytest.mark.parametrize("slot", ["", "abc", "0", "-1", "99999999999999999999", "%00", "1%27"])
def test_an_unknown_slot_is_a_404(client, index, slot):
    page = rencontre(index, creneaux=[creneau("09:00", "10:00")])
    assert client.get(f"/rencontres/{page.slug}/programme.ics?creneau={slot}").status_code == 404


def test_a_slot_of_another_meeting_is_a_404(client, index):
    page = rencontre(index, "Une")
    other = rencontre(index, "Autre", creneaux=[creneau("09:00", "10:00")])
    address = f"/rencontres/{page.slug}/programme.ics?creneau={other.creneaux.get().pk}"
    assert client.get(address).status_code == 404


def test_a_title_cannot_forge_a_line_of_the_calendar(client, index):
    page = rencontre(index, "Titre, avec ; et \\", theme="a\r\nATTENDEE:mailto:x@example.org")
    content = client.get(f"/rencontres/{page.slug}/programme.ics").content
    assert b"\r\nATTENDEE" not in content
    assert str(Calendar.from_ical(content).events[0]["SUMMARY"]) == "Titre, avec ; et \\"


# --- what an editor is told


def test_a_meeting_ends_after_it_begins_and_the_same_day(index):
    page = RencontrePage(title="x", slug="x", mode="sur-place")
    page.debut, page.fin = rencontre(index).fin, rencontre(index, "Autre").debut
    with pytest.raises(ValidationError, match="La fin vient après le début"):
        page.clean()
    page.debut, page.fin = page.fin, rencontre(index, "Lendemain", "2021-07-13").fin
    with pytest.raises(ValidationError, match="une page par jour"):
        page.clean()


def test_a_slot_ends_after_it_begins():
    with pytest.raises(ValidationError, match="La fin du créneau"):
        creneau("10:00", "09:00").clean()


@pytest.mark.parametrize(
    ("slots", "message"),
    [
        ([{"debut": "08:00", "fin": "10:00"}], "sort de la rencontre, qui va de 09:00 à 18:00"),
        ([{"debut": "10:00", "fin": "10:00"}], "La fin du créneau vient après son début"),
        ([{"debut": "10:00", "fin": "11:00", "parent": "inspiration"}], "Aucun temps du programme ne s’appelle"),
        (
            [
                {"debut": "09:00", "fin": "10:00", "temps": "inspiration"},
                {"debut": "09:30", "fin": "11:00", "parent": "inspiration"},
            ],
            "sort du temps « inspiration »",
        ),
        (
            [
                {"debut": "09:00", "fin": "10:00", "temps": "inspiration"},
                {"debut": "11:00", "fin": "12:00", "temps": "inspiration"},
            ],
            "Deux temps s’appellent « inspiration »",
        ),
        ([{"debut": "09:00", "fin": "18:00", "mode": "sur-place", "lieu": "Mairie"}], None),
    ],
)
def test_the_editor_reads_in_french_what_does_not_hold_in_a_programme(admin_user, index, slots, message):
    blank = {"titre": "Un créneau", "temps": "", "parent": "", "description": "", "intervenants": ""}
    blank |= {"mode": "", "lieu": "", "rediffusion": ""}
    data = nested_form_data(
        {
            "title": "Une rencontre", "slug": "une-rencontre", "chapo": "", "theme": "", "mode": "sur-place",
            "debut": "2021-07-12 09:00", "fin": "2021-07-12 18:00", "format": "", "lieu": "", "lien_direct": "",
            "rediffusion": "", "corps": streamfield([]), "comments": inline_formset([]),
            "creneaux": inline_formset([blank | slot for slot in slots]),
        }
    )  # fmt: skip
    page = RencontrePage()
    form = page.get_edit_handler().get_form_class()(data, instance=page, parent_page=index, for_user=admin_user)
    assert form.is_valid() is (message is None), form.errors
    said = [error for slot in form.formsets["creneaux"].errors for errors in slot.values() for error in errors]
    assert any(message in error for error in said) if message else not said


# --- cost


@pytest.mark.parametrize(("count", "slots"), [(0, 1), (150, 30)])
def test_a_meeting_and_the_list_stay_under_their_ceilings_with_few_and_many_meetings(
    client, index, django_assert_max_num_queries, count, slots
):
    page = rencontre(index, creneaux=[creneau("09:00", "10:00") for _ in range(slots)])
    if count:
        clone_page(Page.objects.get(pk=page.pk), count)
    for address, ceiling in ((page.url, 10), (index.url, 12), (f"{index.url}?page=2", 12)):
        assert client.get(address).status_code == 200
        with django_assert_max_num_queries(ceiling):
            client.get(address)


def test_more_meetings_to_come_than_the_list_shows_are_counted(client, index):
    page = rencontre(index, "Bientôt", jour(10))
    clone_page(Page.objects.get(pk=page.pk), services.PER_PAGE + 5)
    text = " ".join(html(client, index.url).text.split())
    assert f"Les {services.PER_PAGE} prochaines, sur {services.PER_PAGE + 6} annoncées." in text
