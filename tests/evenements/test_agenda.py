"""The calendar of a meeting, as two libraries that share no code read it."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from tests.evenements.factories import creneau, index_page, rencontre

LONG = "L'économie de l'alliance, « à plusieurs » ; où ? Ici, à Évry \\ ailleurs " * 6


@pytest.fixture
def index(home):
    return index_page(home)


def read_twice(content: bytes):
    """The one event of a calendar, by each library: a file that either refuses is not one."""
    parsed = Calendar.from_ical(content)
    assert not parsed.errors
    [first] = parsed.events
    assert not first.errors
    [second] = IcsCalendarStream.calendar_from_ics(content.decode()).events
    return first, second


def files(client, page):
    """The file of the day, then one for each slot."""
    address = f"/rencontres/{page.slug}/programme.ics"
    for query in ("", *(f"?creneau={slot.pk}" for slot in page.creneaux.all())):
        yield client.get(address + query).content


@pytest.mark.parametrize(("day", "offset"), [("2021-07-12", "+02:00"), ("2021-12-06", "+01:00")])
def test_both_libraries_read_the_same_day_and_the_same_slots(client, index, day, offset):
    slots = [
        creneau("09:00", "10:30", "Ouverture", temps="inspiration"),
        creneau("09:10", "09:45", LONG[:255], parent="inspiration", description=LONG, intervenants="Une invitée"),
        creneau("10:30", "10:45", "Pause", pause=True),
    ]
    page = rencontre(index, "Une rencontre, vraiment ; ou pas", day, creneaux=slots, theme=LONG[:200])
    hours = [("09:00", "18:00"), ("09:00", "10:30"), ("09:10", "09:45"), ("10:30", "10:45")]
    contents = list(files(client, page))
    assert len(contents) == len(hours)
    for content, (start, end) in zip(contents, hours, strict=True):
        first, second = read_twice(content)
        assert first.start.isoformat() == f"{day}T{start}:00{offset}"
        assert (second.dtstart, second.dtend) == (first.start, first.end)
        assert first.end.isoformat() == f"{day}T{end}:00{offset}"
        assert first["DTSTART"].params["TZID"] == "Europe/Paris"
        assert second.uid == str(first["UID"])
        assert second.summary == str(first["SUMMARY"])
        assert (second.description or "") == str(first.get("DESCRIPTION", ""))
    assert str(read_twice(contents[2])[0]["DESCRIPTION"]) == f"{LONG}\nUne invitée"


def test_lines_end_with_crlf_and_are_folded_at_75_bytes_between_two_characters(client, index):
    page = rencontre(index, "é" * 200, creneaux=[creneau("09:00", "10:00", "É" * 250, description=LONG)])
    for content in files(client, page):
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)", content)
        lines = content.split(b"\r\n")
        assert max(map(len, lines)) <= 75
        assert any(line.startswith(b" ") for line in lines)


def test_the_file_brings_the_rules_of_paris_along(client, index):
    [content] = files(client, rencontre(index))
    [zone] = Calendar.from_ical(content).timezones
    assert zone["TZID"] == "Europe/Paris"
    assert {str(part.name) for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_a_file_is_no_invitation_since_it_names_no_organizer(client, index):
    page = rencontre(index)
    response = client.get(f"/rencontres/{page.slug}/programme.ics")
    assert "METHOD" not in Calendar.from_ical(response.content)
    assert "method" not in response["Content-Type"]


def test_the_rules_that_travel_change_the_hour_when_paris_does(client, index):
    [content] = files(client, rencontre(index))
    [zone] = Calendar.from_ical(content).timezones
    onsets, states = zone.get_transitions()
    assert len(onsets) > 70
    paris = ZoneInfo("Europe/Paris")
    for onset, (offset, *_) in zip(onsets, states, strict=True):
        instant = onset.replace(tzinfo=UTC)
        before, after = ((instant + timedelta(seconds=s)).astimezone(paris).utcoffset() for s in (-1, 0))
        assert before != after == offset, onset


@pytest.mark.parametrize(
    ("day", "hour", "instant"),
    [
        ("2021-03-28", "01:30", "2021-03-28T00:30"),
        ("2021-03-28", "03:30", "2021-03-28T01:30"),
        ("2021-07-12", "09:00", "2021-07-12T07:00"),
        ("2021-10-31", "01:30", "2021-10-30T23:30"),
        # This hour comes twice: the first one is meant (RFC 5545, § 3.3.5).
        ("2021-10-31", "02:30", "2021-10-31T00:30"),
        ("2021-10-31", "03:30", "2021-10-31T02:30"),
        ("2021-12-06", "09:00", "2021-12-06T08:00"),
        ("2044-03-27", "03:30", "2044-03-27T01:30"),
    ],
)
def test_both_libraries_read_the_right_instant_from_the_rules_that_travel(client, index, day, hour, instant):
    page = rencontre(index, jour=day, creneaux=[creneau(hour, "23:00")])
    _, content = files(client, page)
    # Under a name that neither library knows, each has nothing but the rules of the file.
    first, second = read_twice(content.replace(b"Europe/Paris", b"Essai/Paris"))
    for start in (first.start, second.dtstart):
        assert start.astimezone(UTC) == datetime.fromisoformat(f"{instant}Z")


@pytest.mark.parametrize(
    ("meeting", "slot", "expected"),
    [
        ({"mode": "sur-place", "lieu": "Mairie"}, {}, "Mairie"),
        ({"mode": "sur-place", "lieu": "Mairie"}, {"lieu": "Salle 2"}, "Salle 2, Mairie"),
        ({"mode": "a-distance", "lien_direct": "https://example.org/direct"}, {}, "https://example.org/direct"),
        (
            {"mode": "les-deux", "lieu": "Mairie", "lien_direct": "https://example.org/direct"},
            {},
            "Mairie – https://example.org/direct",
        ),
        (
            {"mode": "les-deux", "lieu": "Mairie", "lien_direct": "https://example.org/direct"},
            {"mode": "sur-place", "lieu": "Salle 2"},
            "Salle 2, Mairie",
        ),
        ({"mode": "sur-place"}, {}, None),
    ],
)
def test_the_diary_knows_where_a_slot_is_on_site_or_remote(client, index, meeting, slot, expected):
    page = rencontre(index, creneaux=[creneau("09:00", "10:00", **slot)], **meeting)
    _, content = files(client, page)
    first, second = read_twice(content)
    assert second.location == expected
    assert first.get("LOCATION") == expected


def test_a_newer_copy_of_an_event_says_that_it_is_newer(client, index):
    page = rencontre(index)
    [before] = files(client, page)
    page.theme = "Un autre thème"
    page.last_published_at = None
    page.save_revision().publish()
    [after] = files(client, page)
    old, new = Calendar.from_ical(before).events[0], Calendar.from_ical(after).events[0]
    assert old["UID"] == new["UID"]
    assert new["LAST-MODIFIED"].dt >= old["LAST-MODIFIED"].dt
