"""The workshop of transcripts: what an editor does of the turns, and who may."""

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.template import engines
from django.urls import reverse
from wagtail.models import GroupPagePermission, Revision

from core.models import Utilisateur
from mooc import redaction
from mooc.atelier import MOST_TURNS, state_of
from mooc.models import TourDeParole, VideoPage
from tests.mooc import factories


@pytest.fixture(autouse=True)
def _lenient_templates(monkeypatch):
    """Wagtail's own admin templates leave variables undefined."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def interview(home) -> VideoPage:
    page = factories.video_page(factories.episode_page(factories.mooc_page(home)), turns=4)
    return VideoPage.objects.get(pk=page.pk)


def turns_of(page) -> list[tuple]:
    return [(turn.locuteur, turn.texte, turn.debut, turn.fin, turn.ancre) for turn in page.tours.all()]


# --- what is done to the turns


def test_a_voice_is_renamed_in_all_its_turns(interview):
    assert redaction.voix(interview) == [("Question", 2), ("Réponse", 2)]
    assert redaction.renommer(interview, "Réponse", "Une habitante") == 2
    assert redaction.voix(interview) == [("Question", 2), ("Une habitante", 2)]


@pytest.mark.parametrize("name", ["", "Personne"])
def test_nobody_is_not_renamed(interview, name):
    interview.tours.filter(ancre="t-0").update(locuteur="")
    with pytest.raises(redaction.RedactionError):
        redaction.renommer(interview, name, "Un nom inventé")


def test_a_split_invents_no_time_and_keeps_the_address(interview):
    redaction.couper(interview, 1, len("Voici le "))
    assert turns_of(interview)[1:3] == [
        ("Réponse", "Voici le", 10, None, "t-10"),
        ("Réponse", "tour numéro 1.", None, 19, interview.tours.all()[2].ancre),
    ]
    assert re.fullmatch(r"t-[0-9a-f]{8}", interview.tours.all()[2].ancre)
    assert len(interview.tours.all()) == 5


@pytest.mark.parametrize(("rank", "position"), [(1, 0), (1, 999), (9, 3), (-1, 3)])
def test_a_split_with_nothing_on_one_side_changes_nothing(interview, rank, position):
    before = turns_of(interview)
    with pytest.raises(redaction.RedactionError):
        redaction.couper(interview, rank, position)
    assert turns_of(interview) == before


def test_joined_turns_keep_both_addresses_for_ever(client, interview):
    redaction.joindre(interview, 2)
    redaction.joindre(interview, 2)
    words = "Voici le tour numéro 1. Voici le tour numéro 2. Voici le tour numéro 3."
    assert turns_of(interview)[1:] == [("Réponse", words, 10, 39, "t-10")]
    interview.save_revision().publish()
    page = client.get("/mooc/episode-1/entretien/?t=20").content.decode()
    for anchor in ("t-0", "t-10", "t-20", "t-30"):
        assert f'id="{anchor}"' in page


def test_the_first_turn_has_none_before_it(interview):
    with pytest.raises(redaction.RedactionError):
        redaction.joindre(interview, 0)


# --- the view


def data_of(page, action: str = "enregistrer", **changes) -> dict:
    """The form as a browser sends it back, `changes` applied."""
    page = VideoPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    data = {"revision": state_of(page), "action": action, "temps": "", "position": ""}
    turns = list(page.tours.all())
    for rank, turn in enumerate(turns):
        data |= {
            f"tour-{rank}-ancre": turn.ancre, f"tour-{rank}-texte": turn.texte, f"tour-{rank}-locuteur": turn.locuteur,
            f"tour-{rank}-role": turn.role, f"tour-{rank}-debut": "" if turn.debut is None else str(turn.debut),
            f"tour-{rank}-fin": "" if turn.fin is None else str(turn.fin),
        }  # fmt: skip
    return data | {"nombre": str(len(turns))} | changes


def address(page) -> str:
    return reverse("atelier_de_transcription", args=[page.pk])


def draft_of(page):
    return VideoPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_the_workshop_shows_the_player_and_every_turn_with_its_time(admin_client, interview):
    interview.tours.filter(ancre="t-10").update(enchainement_incertain=True)
    interview = VideoPage.objects.get(pk=interview.pk)
    interview.video = factories.document("essai.mp4")
    interview.save_revision()
    html = admin_client.get(address(interview)).content.decode()
    assert "<video controls" in html
    assert html.count('class="atelier-tour"') == 4
    assert 'value="0:10"' in html
    assert "À vérifier à l’écoute (1)" in html


def test_corrections_are_a_draft_that_readers_do_not_see(admin_client, client, interview):
    response = admin_client.post(
        address(interview),
        data_of(interview, **{"tour-1-texte": "Corrigé.", "tour-1-debut": "1:02,5", "tour-1-fin": ""}),
    )
    assert response.status_code == 302
    page = VideoPage.objects.get(pk=interview.pk)
    assert page.has_unpublished_changes
    assert ("Réponse", "Corrigé.", 62.5, None, "t-10") in turns_of(draft_of(interview))
    assert "Corrigé." not in client.get("/mooc/episode-1/entretien/").content.decode()
    draft_of(interview).get_latest_revision().publish()
    assert "Corrigé." in client.get("/mooc/episode-1/entretien/").content.decode()
    assert TourDeParole.objects.filter(page=interview).count() == 4


def test_a_button_keeps_what_was_typed_elsewhere(admin_client, interview):
    changes = {"tour-0-texte": "Autre question.", "ancien": "Réponse", "nouveau": "Une élue"}
    admin_client.post(address(interview), data_of(interview, "renommer", **changes))
    assert {turn[0] for turn in turns_of(draft_of(interview))} == {"Question", "Une élue"}
    assert turns_of(draft_of(interview))[0][1] == "Autre question."


def test_a_turn_is_cut_at_the_cursor_and_joined_again(admin_client, interview):
    text = "🚀 Voici le début.\r\nVoilà la fin."
    position = len("🚀 Voici le début.\n".encode("utf-16-le")) // 2
    changes = {"tour-1-texte": text, "position": str(position), "temps": "12"}
    response = admin_client.post(address(interview), data_of(interview, "couper:1", **changes))
    found = turns_of(draft_of(interview))
    assert [turn[1] for turn in found[1:3]] == ["🚀 Voici le début.", "Voilà la fin."]
    assert response.url.endswith(f"&t=12#{found[2][4]}")
    admin_client.post(address(interview), data_of(interview, "joindre:2"))
    assert turns_of(draft_of(interview))[1][1] == "🚀 Voici le début. Voilà la fin."


def test_one_sitting_is_one_version_of_the_history(admin_client, interview):
    response = admin_client.post(address(interview), data_of(interview))
    draft = re.search(r"brouillon=(\d+)", response.url)[1]
    number = VideoPage.objects.get(pk=interview.pk).revisions.count()
    admin_client.post(address(interview), data_of(interview, "joindre:2", brouillon=draft))
    assert VideoPage.objects.get(pk=interview.pk).revisions.count() == number
    draft_of(interview).get_latest_revision().publish()
    admin_client.post(address(interview), data_of(interview, brouillon=draft))
    assert VideoPage.objects.get(pk=interview.pk).revisions.count() == number + 1, "a published version was rewritten"


def test_two_editors_do_not_undo_each_other(admin_client, interview):
    stale = data_of(interview, **{"tour-0-texte": "La mienne."})
    admin_client.post(address(interview), data_of(interview, **{"tour-0-texte": "La sienne."}))
    response = admin_client.post(address(interview), stale)
    html = response.content.decode()
    assert "enregistrée ailleurs" in html
    assert "La mienne." in html
    assert turns_of(draft_of(interview))[0][1] == "La sienne."
    fresh = re.search(r'name="revision" value="([^"]+)"', html)[1]
    assert admin_client.post(address(interview), stale | {"revision": fresh}).status_code == 302
    assert turns_of(draft_of(interview))[0][1] == "La mienne."


def test_a_sitting_that_rewrites_its_version_is_seen_by_the_other_editor(admin_client, interview):
    first = admin_client.post(address(interview), data_of(interview))
    stale = data_of(interview, **{"tour-0-texte": "La mienne."})
    draft = re.search(r"brouillon=(\d+)", first.url)[1]
    admin_client.post(address(interview), data_of(interview, brouillon=draft, **{"tour-0-texte": "La sienne."}))
    number = VideoPage.objects.get(pk=interview.pk).revisions.count()
    assert "enregistrée ailleurs" in admin_client.post(address(interview), stale).content.decode()
    assert turns_of(draft_of(interview))[0][1] == "La sienne."
    assert VideoPage.objects.get(pk=interview.pk).revisions.count() == number


def test_figures_beyond_a_thousand_are_sent_back_as_they_are_kept(admin_client, interview):
    interview.tours = [TourDeParole(sort_order=rank, debut=rank, texte=f"Tour {rank}.") for rank in range(1_001)]
    interview.save_revision()
    Revision.objects.filter(object_id=str(interview.pk)).update(id=123_456)
    VideoPage.objects.filter(pk=interview.pk).update(latest_revision=123_456)
    html = admin_client.get(address(interview)).content.decode()
    for expected in ('name="revision" value="123456@', 'name="nombre" value="1001"', 'value="couper:1000"'):
        assert expected in html
    assert admin_client.post(address(interview), data_of(interview, "joindre:1000")).status_code == 302
    assert len(turns_of(draft_of(interview))) == 1_000


@pytest.mark.parametrize("number", ["", "x", "5", str(MOST_TURNS + 1)])
def test_a_form_cut_on_its_way_removes_no_turn(admin_client, interview, number):
    response = admin_client.post(address(interview), data_of(interview, nombre=number))
    assert "arrivé incomplet" in response.content.decode()
    assert VideoPage.objects.get(pk=interview.pk).latest_revision_id is None
    assert len(turns_of(draft_of(interview))) == 4


def test_an_alias_is_corrected_where_its_page_is(admin_client, interview):
    alias = interview.create_alias(update_slug="alias")
    for response in (admin_client.get(address(alias)), admin_client.post(address(alias), data_of(interview))):
        assert response.status_code == 302
        assert response.url == address(interview)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"tour-1-debut": "2:99"}, "les secondes vont de 0 à 59"),
        ({"tour-1-debut": "midi"}, "Écrivez un temps comme 2:22"),
        ({"tour-1-debut": "99999"}, "dépasse une journée"),
        ({"tour-1-fin": "0:03"}, "La fin doit venir après le début."),
        ({"tour-1-texte": "  "}, "Texte"),
        ({"tour-1-role": "autre chose"}, "Rôle"),
    ],
)
def test_a_mistake_is_told_beside_its_turn_and_loses_nothing(admin_client, interview, changes, message):
    response = admin_client.post(address(interview), data_of(interview, **{"tour-0-texte": "Gardé."} | changes))
    html = response.content.decode()
    assert response.status_code == 200
    assert message in html
    assert "Gardé." in html
    assert VideoPage.objects.get(pk=interview.pk).latest_revision_id is None


@pytest.mark.parametrize(
    "changes",
    [{"action": "couper:99999999"}, {"action": "joindre:"}, {"action": "\x00"},
     {"temps": "1e9", "brouillon": "abc"}, {"action": "couper:1", "position": "9" * 30}],
)  # fmt: skip
def test_a_form_that_no_browser_sends_is_no_error_500(admin_client, interview, changes):
    assert admin_client.post(address(interview), data_of(interview) | changes).status_code in (200, 302)


def test_a_locked_page_is_read_only(admin_client, interview):
    other = Utilisateur.objects.create_user("autre", password="x")
    VideoPage.objects.filter(pk=interview.pk).update(locked=True, locked_by=other)
    response = admin_client.post(address(interview), data_of(interview))
    assert "verrouillée" in response.content.decode()
    assert VideoPage.objects.get(pk=interview.pk).latest_revision_id is None


def test_who_may_not_edit_the_page_may_not_open_its_workshop(client, interview):
    user = Utilisateur.objects.create_user("claire", password="x")
    group = Group.objects.create(name="Lecture seule")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client.force_login(user)
    assert client.get(address(interview)).status_code in (302, 403)
    assert client.post(address(interview), data_of(interview)).status_code in (302, 403)
    assert VideoPage.objects.get(pk=interview.pk).latest_revision_id is None
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=interview.get_parent(), permission=change)
    assert client.get(address(interview)).status_code == 200
    client.logout()
    assert client.get(address(interview)).status_code == 302


def test_the_page_of_the_interview_leads_to_its_workshop(admin_client, interview):
    html = admin_client.get(reverse("wagtailadmin_pages:edit", args=[interview.pk])).content.decode()
    assert f'href="{address(interview)}"' in html
