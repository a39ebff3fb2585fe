"""What every public page of the initial content holds; the pages are those of the sitemap and the links they carry."""

import json
import re
from collections import Counter
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Comment, NavigableString
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client

HOST = "http://testserver"
SKIPPED = {"script", "style", "template", "noscript", "code", "pre", "kbd", "samp", "textarea", "svg"}
INLINE = {"a", "em", "strong", "b", "i", "span", "sup", "sub", "abbr", "cite", "mark", "small", "time", "q", "dfn"}
RULES = {
    "space before ; : ! ? »": r"[^\s\u00a0\u202f;:!?.…»)\]«(\d][;!?»](?=\s|$)|[^\W\d_]:(?=\s)|[ \t\n](?=[;:!?»])",
    "space after «": r"«(?![\u00a0\u202f])",
    "straight quotes": r'"[^"]{1,80}"',
    "straight apostrophe": r"[^\W\d_]'[^\W\d_]",
    "three dots": r"\.{3}",
    "ordinal": r"\b\d+(?:ème|ième|éme|nde?|ères?)\b|\b[XVI]+(?:ème|ième)\b",
    "stuck percent": r"\d%",
    "oe": r"(?i)\b(?:coeur|oeuvre|voeu|soeur|noeud|oeil)",
    "capital without accent": (
        r"(?:^|[.!?…»]\s+)(?:A(?=\s(?!-)[a-zà-ü])|Etat|Evalu|Economi|Ecole|Edit|Eleve|Etud|Episode)"
    ),
}
MAX_NODES, MAX_NODES_OF_A_TRANSCRIPT = 600, 900


class Visite:
    """A public page as a visitor receives it."""

    def __init__(self, client: Client, path: str) -> None:
        self.path = path
        self.response = client.get(path)
        self.soup = BeautifulSoup(self.response.content, "html.parser")

    def texts(self) -> list[str]:
        """The text that a reader sees, block by block."""
        blocks: dict[int, str] = {}
        assert self.soup.body, self.path
        for node in self.soup.body.find_all(string=True):
            if type(node) is not NavigableString or isinstance(node, Comment):
                continue
            parents = list(node.parents)
            if any(
                parent.name in SKIPPED
                or parent.get("data-typo") == "brut"
                or (parent.name != "html" and not str(parent.get("lang") or "fr").startswith("fr"))
                for parent in parents
            ):
                continue
            block = next(parent for parent in parents if parent.name not in INLINE)
            blocks[id(block)] = blocks.get(id(block), "") + str(node)
        return [re.sub(r"[ \t\n]+", " ", text).strip() for text in blocks.values()]

    def links(self) -> set[str]:
        """Root-relative addresses that this page links to."""
        found = set()
        for link in self.soup.find_all("a", href=True):
            address = urljoin(HOST + self.path, str(link["href"]))
            if address.startswith(HOST + "/"):
                found.add(urldefrag(address)[0].removeprefix(HOST))
        return found


@pytest.fixture(scope="module")
def visites(contenu, django_db_blocker):
    """Every page of the sitemap, read once."""
    client = Client()
    with django_db_blocker.unblock():
        call_command("indexer", verbosity=0)
        cache.clear()
        sitemap = client.get("/sitemap.xml").content.decode()
        paths = [urlsplit(location).path for location in re.findall("<loc>(.+?)</loc>", sitemap)]
        return {path: Visite(client, path) for path in paths}


pytestmark = pytest.mark.django_db


def _faults(visites, check) -> list[str]:
    return [f"{path}: {fault}" for path, visite in visites.items() for fault in check(visite)]


def test_every_page_of_the_sitemap_answers_and_sets_no_cookie(visites):
    assert len(visites) > 60
    assert not _faults(visites, lambda v: [] if v.response.status_code == 200 else [v.response.status_code])
    assert not _faults(visites, lambda v: list(v.response.cookies))


def test_every_page_has_one_h1_and_skips_no_level(visites):
    def check(visite):
        levels = [int(tag.name[1]) for tag in visite.soup.find_all(re.compile("^h[1-6]$"))]
        if levels.count(1) != 1:
            yield f"{levels.count(1)} h1"
        highest = 0
        for level in levels:
            if level > highest + 1:
                yield f"h{level} after h{highest}"
            highest = level

    assert not _faults(visites, check)


def test_every_page_has_a_short_title_of_its_own_and_a_description(visites):
    titles = Counter(visite.soup.title.get_text() for visite in visites.values())
    assert not [title for title, count in titles.items() if count > 1]
    assert not [title for title in titles if len(title) > 90]

    def check(visite):
        description = visite.soup.find("meta", attrs={"name": "description"})
        return [] if description and description["content"].strip() else ["no description"]

    assert not _faults(visites, check)


def test_every_page_but_the_home_page_says_where_it_is(visites):
    assert not _faults(
        visites,
        lambda v: [] if v.path == "/" or v.soup.select_one("nav.ariane [aria-current=page]") else ["no breadcrumb"],
    )


def test_structured_data_are_valid_json(visites):
    def check(visite):
        for script in visite.soup.find_all("script", type="application/ld+json"):
            graph = json.loads(script.string)["@graph"]
            if not all(item.get("@type") for item in graph):
                yield "an object without type"

    assert not _faults(visites, check)


def test_every_page_has_a_picture_of_its_own_to_share(visites):
    pictures = [visite.soup.find("meta", property="og:image")["content"] for visite in visites.values()]
    assert len(set(pictures)) == len(pictures)


def test_ids_are_unique_and_anchors_lead_somewhere(visites):
    def check(visite):
        ids = Counter(tag["id"] for tag in visite.soup.find_all(id=True))
        yield from (f"id {name} twice" for name, count in ids.items() if count > 1)
        for link in visite.soup.find_all("a", href=re.compile("^#.")):
            if link["href"][1:] not in ids:
                yield f"nothing at {link['href']}"
        for tag in visite.soup.find_all(attrs={"aria-labelledby": True}):
            yield from (f"no label {name}" for name in tag["aria-labelledby"].split() if name not in ids)

    assert not _faults(visites, check)


def test_every_text_follows_french_typography(visites):
    rules = {name: re.compile(pattern) for name, pattern in RULES.items()}
    address = re.compile(r"\b(?:https?://|www\.|mailto:)\S+|\S+@\S+")

    def check(visite):
        for text in visite.texts():
            shown = address.sub("", text)
            for name, pattern in rules.items():
                for match in pattern.finditer(shown):
                    yield f"{name}: …{shown[max(0, match.start() - 20) : match.end() + 15]!r}"

    assert not _faults(visites, check)


def test_no_page_asks_another_site_for_anything(visites):
    def check(visite):
        for tag in visite.soup.find_all(["link", "script", "img", "source", "video", "audio", "iframe"]):
            if tag.get("rel") in (["canonical"], ["alternate"]):
                continue
            for name in ("href", "src", "poster", "srcset"):
                if re.match(r"(?:https?:)?//", tag.get(name, "")):
                    yield f"{tag.name} {tag[name]}"

    assert not _faults(visites, check)


def test_no_page_needs_inline_code_that_the_policy_refuses(visites):
    def check(visite):
        for tag in visite.soup.find_all(True):
            yield from (f"{tag.name} {name}" for name in tag.attrs if name == "style" or name.startswith("on"))
            if tag.name == "style" or (
                tag.name == "script" and not tag.get("src") and not tag.get("type", "").endswith("json")
            ):
                yield f"inline {tag.name}"

    assert not _faults(visites, check)


def test_every_page_stays_small(visites):
    def check(visite):
        nodes = sum(1 for tag in visite.soup.find_all(True) if not any(parent.name == "svg" for parent in tag.parents))
        ceiling = MAX_NODES_OF_A_TRANSCRIPT if visite.soup.select_one('[id^="t-"]') else MAX_NODES
        return [f"{nodes} nodes"] if nodes > ceiling else []

    assert not _faults(visites, check)


def test_every_link_inside_the_site_leads_somewhere(visites, client):
    known = set(visites)
    asked = {link: visite.path for visite in visites.values() for link in visite.links()}
    broken = []
    for link, source in sorted(asked.items()):
        if link in known or link.startswith("/admin/"):
            continue
        status = client.get(link).status_code
        if status not in (200, 301, 302):
            broken.append(f"{status} {link} (from {source})")
    assert not broken


def test_addresses_of_the_sitemap_follow_the_host_that_is_asked(contenu, client, settings):
    body = client.get("/sitemap.xml").content.decode()
    assert "<loc>http://testserver/kit/</loc>" in body
    settings.BASE_URL = "https://alliances.example"
    assert "<loc>https://alliances.example/kit/</loc>" in client.get("/sitemap.xml").content.decode()


def test_the_api_gives_the_public_address_of_interviews(contenu, client):
    items = client.get("/api/v2/pages/?type=mooc.VideoPage").json()["items"]
    assert items
    assert all(item["meta"]["html_url"].startswith("http://testserver/mooc/episode-") for item in items)


def test_the_menu_names_the_rooms_in_order(contenu, client):
    soup = BeautifulSoup(client.get("/").content, "html.parser")
    addresses = [link["href"] for link in soup.select("nav.menu a")]
    assert addresses == ["/kit/", "/parcours/", "/mooc/", "/fils-rouges/", "/rencontres/", "/reperes/"]
    assert settings.SITE_NAME in soup.find("header").get_text()
