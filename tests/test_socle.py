"""The base: typography, same origin, routing, errors."""

import pytest
from django.http import HttpResponse
from django.template import Context, Template

from core.models import Organisme
from core.transactions import AtomicAdminMiddleware
from core.typography import typo_html, typo_text
from home.models import StandardPage

NB, FINE = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "<p>Qu'est-ce que le territoire? Voici : l'enjeu; 53% des \"associations\" !</p>",
            "<p>Qu’est-ce que le territoire‿? Voici⍽: l’enjeu‿; 53⍽% des «⍽associations⍽»‿!</p>",
        ),
        (
            "<p>7ème Rencontre, 1er épisode, 2nde, XXIe siècle...</p>",
            "<p>7<sup>e</sup> Rencontre, 1<sup>er</sup> épisode, 2<sup>nde</sup>, XXI<sup>e</sup> siècle…</p>",
        ),
        (
            '<p><strong>Porté par</strong> : <a href="/a?b=1">Le RAMEAU</a>?</p>',
            '<p><strong>Porté par</strong>⍽: <a href="/a?b=1">Le RAMEAU</a>‿?</p>',
        ),
        ('<p lang="en">Really?</p>', '<p lang="en">Really?</p>'),
        (
            "<p>voir https://ex.org/a?b=1;c à 9:30, a@b.fr !</p>",
            "<p>voir https://ex.org/a?b=1;c à 9:30, a@b.fr‿!</p>",
        ),
    ],
)
def test_french_typography_is_applied_and_idempotent(source, expected):
    once = typo_html(source)
    assert once.replace(NB, "⍽").replace(FINE, "‿") == expected
    assert typo_html(once) == once


def test_typography_survives_private_use_characters():
    assert "\ue0009\ue001" not in typo_text("a \ue0009\ue001 b https://x.fr")


def test_an_unknown_address_is_a_french_404(client, home):
    response = client.get("/nulle-part/du-tout/")
    assert response.status_code == 404
    assert "Cette page n’existe pas" in response.content.decode()


def test_a_nul_in_the_address_is_a_400(client, home):
    assert client.get("/kit/%00/").status_code == 400


def test_reading_the_home_page_sets_no_cookie(client, home):
    response = client.get("/")
    assert response.status_code == 200
    assert not response.cookies


def test_an_unknown_host_is_a_400_in_french(client, home, settings):
    settings.ALLOWED_HOSTS = ["alliances.example"]
    response = client.get("/", HTTP_HOST="ailleurs.example")
    assert response.status_code == 400
    assert "Cette adresse n’est pas valable" in response.content.decode()


def test_the_sitemap_names_public_pages_on_the_address_asked(client, home):
    response = client.get("/sitemap.xml", HTTP_HOST="alliances.example")
    assert response.status_code == 200
    assert "<loc>http://alliances.example/</loc>" in response.content.decode()


def test_the_api_gives_public_addresses_on_the_address_asked(client, home):
    items = client.get("/api/v2/pages/", HTTP_HOST="alliances.example").json()["items"]
    assert [item["meta"]["html_url"] for item in items] == ["http://alliances.example/"]


def test_typography_of_a_joined_list_escapes_once():
    template = Template('{{ details|join:" · "|typo }} {{ texte|typo }}')
    drawn = template.render(Context({"details": ("retour d'expérience", "a < b"), "texte": "<b>gras</b> : l'an"}))
    assert drawn == f"retour d’expérience · a &lt; b &lt;b&gt;gras&lt;/b&gt;{NB}: l’an"


def test_the_title_of_the_window_is_escaped_once(client, home):
    page = StandardPage(title="L'écoute & l'alliance", slug="ecoute")
    home.add_child(instance=page)
    assert "<title>L’écoute &amp; l’alliance –" in client.get("/ecoute/").content.decode()
    page.seo_title = "L'écoute"
    page.save_revision().publish()
    assert "<title>L’écoute –" in client.get("/ecoute/").content.decode()


def test_what_an_editor_asks_is_wholly_done_or_not_at_all(db, rf):
    def save_then_fail(request):
        Organisme.objects.create(nom="À moitié")
        raise RuntimeError("panne")

    middleware = AtomicAdminMiddleware(lambda request: HttpResponse())
    with pytest.raises(RuntimeError):
        middleware.process_view(rf.post("/admin/pages/"), save_then_fail, (), {})
    assert not Organisme.objects.exists()
    assert middleware.process_view(rf.post("/recherche/"), save_then_fail, (), {}) is None
    assert middleware.process_view(rf.get("/admin/pages/"), save_then_fail, (), {}) is None
