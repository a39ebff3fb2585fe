"""The seventh meeting and the list, as the initial content gives them."""

import pytest
from icalendar import Calendar

from core.version import current_version
from evenements import services
from evenements.models import RencontrePage
from tests.lecture import soup_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contenu")]
ADDRESS = "/rencontres/7e-rencontre-pionniers-alliances/"


def test_the_programme_shows_phases_with_their_slots_and_the_breaks(client):
    page = soup_of(client, ADDRESS)
    top = page.select("ol.programme:not(.interieur) > li")
    assert [len(item.select("ol.interieur > li")) for item in top] == [4, 0, 2, 0, 0, 0, 2, 0]
    assert len([item for item in top if "pause" in item.get("class", [])]) == 3
    assert "L’ODD\u00a017 à l’international" in page.text or "L’ODD 17 à l’international" in page.text


def test_the_hours_of_july_are_those_of_summer_in_paris(client):
    first = soup_of(client, ADDRESS).select_one("ol.programme time")
    assert first["datetime"] == "2021-07-12T09:00+02:00"
    assert first.text == "9\u00a0h"


def test_the_page_says_when_and_how(client):
    text = soup_of(client, ADDRESS).select_one("aside .faits").text
    assert "lundi 12\u00a0juillet\u00a02021" in text
    assert "À distance" in text
    assert "présentiel à confirmer" in text


def test_the_day_and_its_hours_are_told_before_anything_else(client):
    told = soup_of(client, ADDRESS).select_one(".rencontre > .quand").text
    assert " ".join(told.split()) == "Lundi 12 juillet 2021, de 9 h à 18 h"


def test_the_sixth_meeting_is_known_without_a_page(client):
    text = soup_of(client, "/rencontres/").text
    assert "Jouer collectif" in text
    assert "mercredi 8\u00a0juillet\u00a02020" in text
    assert "Aucune rencontre annoncée" in text


def test_the_calendar_holds_the_day_and_the_rules_of_its_zone(client):
    response = client.get(f"{ADDRESS}programme.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(response.content)
    event = calendar.events[0]
    assert event.start.isoformat() == "2021-07-12T09:00:00+02:00"
    assert event.end.isoformat() == "2021-07-12T18:00:00+02:00"
    assert event["DTSTART"].params["TZID"] == "Europe/Paris"
    assert [str(zone["TZID"]) for zone in calendar.timezones] == ["Europe/Paris"]
    assert str(event["URL"]).endswith(ADDRESS)
    assert "Ateliers" in event["DESCRIPTION"]


def test_the_calendar_is_the_same_every_time_it_is_asked(client):
    assert client.get(f"{ADDRESS}programme.ics").content == client.get(f"{ADDRESS}programme.ics").content


def test_the_event_is_described_to_machines(client):
    content = client.get(ADDRESS).content.decode()
    assert '"startDate": "2021-07-12T09:00:00+02:00"' in content
    assert "OnlineEventAttendanceMode" in content
    assert "VirtualLocation" in content


def test_every_anchor_of_a_passage_exists_in_the_page(client):
    meeting = RencontrePage.objects.get()
    page = soup_of(client, ADDRESS)
    passages = list(meeting.passages())
    assert any("récit de Stéphane Rozès" in passage.texte for passage in passages)
    assert all(page.find(id=passage.ancre[1:]) for passage in passages if passage.ancre)


def test_without_any_to_come_the_home_page_shows_the_last_meeting():
    meeting = services.rencontre_a_la_une(current_version())
    assert meeting.url == ADDRESS
    assert not meeting.a_venir
