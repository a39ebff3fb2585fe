"""Whatever is asked, each public address of search answers: a result, or a clear refusal, never an error."""

import json
import random
import time
from urllib.parse import quote

import pytest
from defusedxml.ElementTree import fromstring

from search import index
from search.models import SearchEntry
from tests.search.factories import document, page, terme

ADRESSES = ["/recherche/", "/recherche/suggestions/", "/api/recherche/", "/flux/recherche/"]
TEXTES = [
    "", " ", "\t\n", "'", '"', '"' * 501, "« « »", "« »", "NEAR(", "NEAR(a b, 3)", "*", "a*", "^a", "AND", "OR NOT",
    "a AND (b",
    "(((", ")", "a & | !b", "<->", "a:*", "titre:", "j_titre : a", "a:b", "{", "}{", "%", "_", "%%%",
    "\\", "\\x", "';--",
    "\x00", "a\x00b", "\x01\x7f", "\x1b[0m", "-", "-" * 500, "--a", "-a -b", "−a", "+a", "a +b", "l'", "l’", "co ",
    "co-", "a-",
    "a-b-c-d-e-f-g", "1e5 0x10 -1", "²", "½", "1" * 400, "😀", "👩‍👩‍👧", "🇫🇷", "مرحبا بالعالم", "שלום", "\u202e\u200f",
    "\u202eabc",
    "\ufeff", "\ufffe", "\ud800", "e\u0301\u0301\u0301", "ﷺ",
    "\ufc5e", "\ufe70", "\u037a", "ß", "İ", "一二三", "ไทย", "<b>",
    "<script>alert(1)</script>",
    "{{ q }}", "{% x %}", '{"_type": 1}', '{"_type": "x", "query": {"match_all": {}}}', "_type:page", "_id:1", "_all",
    "{!lucene}titre:*", "{!func}log(1)", "[1 TO *]", "/.*/", "a~2", "a^5", "a && b || !c", "?", "??", "&page=1", "#",
    "../../",
    "null", "None", "true", "SELECT 1", "$where", "${jndi:ldap://x}", "a" * 10_000, "é " * 5_000, "partenaria " * 900,
    " ".join(f"mot{n}" for n in range(2_000)), "'" * 10_000, "-a" * 5_000, '"a" ' * 2_500, "co-" * 3_000, "œ" * 10_000,
    "😀" * 10_000, "\u0301" * 10_000,
]  # fmt: skip
LONGS = [texte for texte in TEXTES if len(texte) > 1_000]
# As bytes in the address: what no browser sends.
OCTETS = [
    "%ff",
    "%c3",
    "%c3%28",
    "%ed%a0%80",
    "%f4%90%80%80",
    "%80abc",
    "%",
    "%zz",
    "%00",
    "a%0d%0aX-A:b",
    "%u0041",
    "+++",
]
PARAMETRES = [
    "page=abc", "page=-1", "page=0", "page=99999999999999999999", "page=²", "page=1e3", "page=%00", "page=",
    "page=1&page=x",
    "taille=abc", "taille=0", "taille=-5", "taille=99999999999999999999", "taille=%ff", "tri=rien", "tri=date&tri=x",
    "nature=%00", "nature=" + "x" * 5000, "nature=a%25b_c", "nature=%27%3B--", "nature=%0Atype%3Apage%7CPage",
    "nature=",
    "nature[]=methode", "nature[$ne]=1", "type=%F0%9F%98%80", "type=%ed%a0%80", "annee=" + quote("'\"<>"),
    "annee=9" * 3,
    "territoire=..%2F..", "organisme={!lucene}", "parcours=*", "inconnu=1", "q=a&q=b", "q[]=a", "_type=page",
    "&".join("nature=methode" for _ in range(1000)), "&".join(f"organisme=o{n}" for n in range(1000)),
    "&".join("q=a" for _ in range(1000)), "&".join(f"x{n}=1" for n in range(5000)),
]  # fmt: skip


@pytest.fixture
def corpus(home, porter, classer):
    une = page(home, "Évaluer un partenariat", "Comment l’évaluation d’un partenariat se prépare.")
    classer(une, nature=["methode|Méthode"], annee=["2016|2016"])
    porter(page(home, "Documents"), document("Guide d’usage", "Rien ici", "Évaluation des partenariats à mi-parcours"))
    terme("Alliance", "Un partenariat de plus de deux acteurs.")


def lisible(reponse) -> bool:
    """Whether the body is what its type says: JSON, XML, a page."""
    assert reponse.status_code == 200
    corps = reponse.content
    if "json" in reponse["Content-Type"]:
        json.loads(corps)
    elif "xml" in reponse["Content-Type"]:
        fromstring(corps)
    else:
        assert b"</html>" in corps
    return True


@pytest.mark.parametrize("texte", TEXTES, ids=range(len(TEXTES)))
def test_no_text_is_an_error(client, corpus, texte):
    for adresse in ADRESSES:
        assert lisible(client.get(adresse, {"q": texte.encode("utf-8", "surrogatepass")}))


@pytest.fixture
def grand_index(corpus):
    """Some thousand passages more, and as many words: a site that has grown."""
    entree = SearchEntry.objects.get(titre="Évaluer un partenariat", position=0)
    hasard = random.Random(1)
    vocabulaire = ["".join(hasard.choices("abdefilmnoprstu", k=8)) for _ in range(4_000)]
    lignes = []
    for numero in range(2_000):
        texte = " ".join(["partenaria et le territoire", *hasard.choices(vocabulaire, k=30)])
        ligne = SearchEntry(titre=f"Page {numero}", texte=texte, source=f"essai:{numero}", adresse=f"/essai/{numero}/")
        ligne.genre, ligne.genre_label, ligne.etiquettes = entree.genre, entree.genre_label, entree.etiquettes
        lignes.append(ligne)
    index.ecrire(lignes)


def test_the_longest_texts_are_answered_in_less_than_a_second(client, grand_index):
    """Whatever is pasted, of whatever length: the length asked, not the size of the site (benchmarks/recherche.py).

    By the clock, as a reader waits; the best of three, for a busy machine is not a failure.
    """
    for adresse in ADRESSES:
        # What a process reads once.
        client.get(adresse, {"q": "partenariat"})
        for texte in LONGS:
            assert any(_duree(client, adresse, texte) < 1 for _ in range(3))


def _duree(client, adresse: str, texte: str) -> float:
    debut = time.perf_counter()
    assert client.get(adresse, {"q": texte}).status_code == 200
    return time.perf_counter() - debut


@pytest.mark.parametrize("octets", OCTETS)
def test_no_bytes_are_an_error(client, corpus, octets):
    for adresse in ADRESSES:
        assert lisible(client.get(f"{adresse}?q={octets}"))


@pytest.mark.parametrize("parametres", PARAMETRES, ids=range(len(PARAMETRES)))
def test_no_parameter_is_an_error(client, corpus, parametres):
    for adresse in ADRESSES:
        assert lisible(client.get(f"{adresse}?q=partenariat&{parametres}"))
        assert lisible(client.get(f"{adresse}?{parametres}"))


@pytest.mark.ignore_template_errors
def test_too_many_parameters_are_refused_clearly(client, corpus, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
    for adresse in ADRESSES:
        assert client.get(adresse + "?" + "&".join(f"x{n}=1" for n in range(101))).status_code == 400
