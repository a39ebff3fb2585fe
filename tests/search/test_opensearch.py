"""What a distributed engine must do beside the contract: two nodes, failures, rebuilding, both clients."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.version import current_version
from search import envois
from search.comprendre import comprendre
from search.models import Envoi, Expediteur, SearchEntry
from search.moteurs import _pour, elastic, moteur
from search.moteurs.base import Demande, Visibilite
from search.moteurs.clients import Injoignable, clients
from tests.search.factories import document, page
from tests.search.mandataire import Mandataire

pytestmark = pytest.mark.opensearch


@pytest.fixture
def noeuds(settings) -> list[str]:
    return urlsplit(settings.SEARCH_URL).netloc.split(",")


@pytest.fixture
def mandataire(noeuds):
    relais = Mandataire(noeuds[0])
    yield relais
    relais.fermer()


@pytest.fixture
def ouvrir(settings):
    """Change the engine's address, and keep the one name that this process may write to."""

    def open_(famille: str, *places: str):
        nom = urlsplit(settings.SEARCH_URL).path
        settings.SEARCH_URL = f"{famille}://{','.join(places)}{nom}"
        return moteur()

    yield open_
    _pour.cache_clear()


@pytest.fixture
def serveur():
    return moteur().clients.ecriture.indices


def lus(serveur) -> set[str]:
    return set(serveur.get_alias(name=moteur().nom))


def test_two_nodes_share_the_index(serveur):
    sante = moteur().clients.ecriture.cluster.health(index=moteur().nom, wait_for_status="green")
    assert (sante["number_of_nodes"], sante["status"]) == (2, "green")
    (reglages,) = serveur.get_settings(index=moteur().nom).values()
    assert reglages["settings"]["index"]["number_of_replicas"] == "1"


def test_a_node_that_is_gone_is_not_missed(home, noeuds, ouvrir, trouver):
    ouvrir("opensearch", "127.0.0.1:1", noeuds[1])
    page(home, "Baromètre")
    assert trouver("barometre") == trouver("barometre") == ["Baromètre"]


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("L’évaluation des œuvres", ["evalu", "oeuvr"]),
        ("l'évaluation d’une ŒUVRE", ["evalu", "oeuvr"]),
        ("Les partenariats territoriaux", ["partenariat", "teritorial"]),
    ],
)
def test_the_engine_has_its_own_french(serveur, texte, attendus):
    jetons = serveur.analyze(index=moteur().nom, body={"analyzer": "francais", "text": texte})["tokens"]
    assert [jeton["token"] for jeton in jetons] == attendus


def test_letters_are_forgiven_when_nothing_is_written_as_asked(home):
    page(home, "Baromètre des alliances")
    reponse = moteur().search(Demande("barometer alliences", (("xx",),)), {}, Visibilite(), 10)
    assert [SearchEntry.objects.get(pk=trouve.pk).titre for trouve in reponse.candidats] == ["Baromètre des alliances"]
    assert reponse.approche


def test_what_is_left_out_does_not_keep_letters_from_being_forgiven(home):
    page(home, "Baromètre des alliances")
    texte = comprendre("barometer alliences -xylophone", current_version()).positif
    reponse = moteur().search(Demande(texte, (("xx",),), exclus=("xylophon",)), {}, Visibilite(), 10)
    assert (reponse.total, reponse.approche) == (1, True)


# --- an engine that fails


def test_readers_of_an_engine_that_is_down_are_answered_by_the_database(home, ouvrir, client, caplog):
    page(home, "Baromètre des alliances")
    distant = ouvrir("opensearch", "127.0.0.1:1")
    reponse = client.get("/recherche/", {"q": "barometre"})
    assert "Baromètre</mark> des alliances" in reponse.content.decode()
    assert "the database answers" in caplog.text
    # It is not asked again at once: nobody waits for it.
    caplog.clear()
    assert client.get("/api/recherche/", {"q": "barometre"}).json()["total"] == 1
    assert "the database answers" not in caplog.text
    assert distant.pas_avant > 0


def test_an_index_that_was_never_built_is_not_made_up(home, ouvrir, settings, repondre, serveur):
    settings.SEARCH_URL += "-jamais"
    page(home, "Baromètre")
    with pytest.raises(Injoignable):
        envois.vider()
    assert Envoi.objects.exists()
    assert not serveur.exists(index=moteur().nom)


def test_an_index_of_another_time_gives_way_to_the_database(home, ouvrir, noeuds, trouver, monkeypatch):
    page(home, "Baromètre")
    distant = moteur()
    assert trouver("barometre") == ["Baromètre"]
    monkeypatch.setattr(distant, "secours", _pour("sqlite"))
    lignes = list(SearchEntry.objects.all())
    SearchEntry.objects.all().delete()
    SearchEntry.objects.bulk_create(
        SearchEntry(**{champ.attname: getattr(ligne, champ.attname) for champ in ligne._meta.fields} | {"id": None})
        for ligne in lignes
    )
    assert trouver("barometre") == ["Baromètre"]
    assert distant.pas_avant > 0


def test_what_is_gone_is_not_counted_even_before_the_engine_is_told(home, repondre, monkeypatch):
    privee, _ = page(home, "Baromètre privé"), page(home, "Baromètre public")
    monkeypatch.setattr(envois, "_demander", lambda: None)
    PageViewRestriction.objects.create(page=privee, restriction_type="login")
    assert Envoi.objects.exists()
    resultats = repondre("barometre")
    assert [trouvaille.passages[0].titre for trouvaille in resultats.hits] == ["Baromètre public"]
    assert resultats.total == sum(valeur.nombre for valeur in resultats.facettes["type"]) == 1


def test_any_number_of_pages_may_be_hidden(home, repondre, monkeypatch):
    privees = [page(home, f"Baromètre privé {numero}") for numero in range(5)]
    page(home, "Baromètre public")
    repondre("barometre")
    monkeypatch.setattr(elastic, "CLES_MAX", 2)
    clauses = elastic._caches(Visibilite(tuple(privee.path for privee in privees)))
    assert [len(clause["terms"]["page"]) for clause in clauses] == [2, 2, 1]
    monkeypatch.setattr(envois, "_demander", lambda: None)
    for privee in privees:
        type(privee).objects.filter(pk=privee.pk).update(live=False)
    assert [trouvaille.passages[0].titre for trouvaille in repondre("barometre").hits] == ["Baromètre public"]


def test_an_engine_too_late_to_be_told_what_is_gone_gives_way_to_the_database(home, trouver, monkeypatch):
    privee, _ = page(home, "Baromètre privé"), page(home, "Baromètre public")
    monkeypatch.setattr(envois, "_demander", lambda: None)
    monkeypatch.setattr(elastic, "RETIRES_MAX", 0)
    privee.unpublish()
    assert trouver("barometre") == ["Baromètre public"]
    assert moteur().pas_avant == 0


def test_what_was_published_while_the_engine_was_down_is_found_once_it_is_up(home, mandataire, ouvrir):
    distant = ouvrir("opensearch", mandataire.place)
    mandataire.en_panne = True
    publiee = page(home, "Baromètre")
    page(home, "Thermomètre")
    publiee.unpublish()
    envois.envoyer_ce_qui_attend.func()
    assert Envoi.objects.exists()
    mandataire.en_panne = False
    envois.envoyer_ce_qui_attend.func()
    assert not Envoi.objects.exists()
    trouves = distant.search(Demande("", (("barometr", "thermometr"),)), {}, Visibilite(), 10).candidats
    assert {SearchEntry.objects.get(pk=trouve.pk).titre for trouve in trouves} == {"Thermomètre"}


def test_a_passage_that_the_engine_refuses_does_not_hold_back_the_others(home, trouver, monkeypatch, caplog):
    from search.moteurs import corps

    page(home, "Baromètre")
    refusee = SearchEntry.objects.values_list("pk", flat=True).get(titre="Baromètre")
    page(home, "Thermomètre")
    decrire = corps.document

    def alterer(ligne):
        return decrire(ligne) | ({"inconnu": 1} if ligne.pk == refusee else {})

    monkeypatch.setattr(corps, "document", alterer)
    assert trouver("thermometre") == ["Thermomètre"]
    assert "refuses passage" in caplog.text
    assert not Envoi.objects.exists()


# --- rebuilding


def test_rebuilding_swaps_the_index_and_forgets_the_old_one(home, trouver, serveur):
    page(home, "Baromètre")
    avant = lus(serveur)
    moteur().rebuild()
    assert len(lus(serveur)) == 1
    assert lus(serveur).isdisjoint(avant)
    assert not any(serveur.exists(index=ancien) for ancien in avant)
    assert trouver("barometre") == ["Baromètre"]


def test_a_rebuilding_that_was_killed_leaves_the_old_index_and_is_cleaned_by_the_next(
    home, trouver, serveur, monkeypatch
):
    page(home, "Baromètre")
    trouver("barometre")
    avant = lus(serveur)
    with monkeypatch.context() as mourant:
        mourant.setattr(type(moteur()), "rafraichir", lambda *args: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            moteur().rebuild()
    assert lus(serveur) == avant
    assert len(serveur.get(index=f"{moteur().nom}-*")) == 2
    assert trouver("barometre") == ["Baromètre"]
    moteur().rebuild()
    assert set(serveur.get(index=f"{moteur().nom}-*")) == lus(serveur)


def test_the_index_of_a_site_named_alike_is_left_alone(home, serveur):
    voisin = f"{moteur().nom}-essai-20260101000000-abcdef"
    serveur.create(index=voisin)
    try:
        moteur().rebuild()
        assert serveur.exists(index=voisin)
    finally:
        serveur.delete(index=voisin)


def test_what_is_published_during_a_rebuilding_is_found_before_and_after(home, trouver, serveur, monkeypatch):
    partie = page(home, "Baromètre")
    trouver("barometre")
    distant, vu = moteur(), []
    envoyer = type(distant).envoyer

    def pendant(self, cles, index=""):
        envoyer(self, cles, index)
        if index and not vu:
            vu.append(index)
            page(home, "Thermomètre")
            partie.unpublish()

    monkeypatch.setattr(type(distant), "envoyer", pendant)
    distant.rebuild()
    assert vu and vu[0] in lus(serveur)
    assert not Envoi.objects.exists()
    trouves = distant.clients.lecture.search(index=distant.nom, body={"_source": ["titre"]})["hits"]["hits"]
    assert {trouve["_source"]["titre"] for trouve in trouves} & {"Baromètre", "Thermomètre"} == {"Thermomètre"}


def test_a_rebuilding_taken_for_dead_does_not_swap(home, serveur, monkeypatch):
    page(home, "Baromètre")
    avant = lus(serveur)
    envoyer = type(moteur()).envoyer

    def dormir(self, cles, index=""):
        envoyer(self, cles, index)
        Expediteur.objects.update(jusque=timezone.now() - timedelta(seconds=1))
        if index:
            assert envois.Tour().prendre()

    monkeypatch.setattr(type(moteur()), "envoyer", dormir)
    with pytest.raises(Injoignable):
        moteur().rebuild()
    assert lus(serveur) == avant


# --- the client of Elasticsearch, against OpenSearch behind a proxy that passes for it


@pytest.fixture
def elasticsearch(mandataire, ouvrir, monkeypatch):
    distant = ouvrir("elasticsearch", mandataire.place)
    monkeypatch.setattr(distant, "secours", None)
    yield distant
    assert any("vnd.elasticsearch" in media for _, _, media in mandataire.vues)


def test_the_client_of_elasticsearch_indexes_searches_and_counts(elasticsearch, home, classer, porter, repondre):
    classer(page(home, "Alliance A"), nature=["methode|Méthode"])
    classer(page(home, "Alliance B"), nature=["cadre|Cadre"])
    porter(page(home, "Une page"), document("Guide", "Rien", "Une alliance de plus"))
    envois.vider()
    reponse = repondre("alliances", {"nature": ("methode",)})
    assert [hit.passages[0].titre for hit in reponse.hits] == ["Alliance A"]
    assert {v.valeur: v.nombre for v in reponse.facettes["nature"]} == {"methode": 1, "cadre": 1}
    assert repondre("alliance").total == 3


def test_the_client_of_elasticsearch_rebuilds(elasticsearch, home, repondre, mandataire):
    publiee = page(home, "Baromètre")
    elasticsearch.rebuild()
    assert repondre("barometre").total == 1
    publiee.unpublish()
    envois.vider()
    assert repondre("barometre").total == 0
    assert any(chemin.startswith("/_aliases") for _, chemin, _ in mandataire.vues)


def test_the_client_of_elasticsearch_knows_a_failure(elasticsearch, home, mandataire, client, monkeypatch):
    page(home, "Baromètre")
    envois.vider()
    monkeypatch.setattr(elasticsearch, "secours", _pour("sqlite"))
    mandataire.en_panne = True
    assert client.get("/api/recherche/", {"q": "barometre"}).json()["total"] == 1
    with pytest.raises(Injoignable):
        elasticsearch.envoyer([1])


def test_a_server_that_is_not_elasticsearch_is_answered_for_by_the_database(home, noeuds, ouvrir, client):
    page(home, "Baromètre")
    ouvrir("elasticsearch", noeuds[0])
    assert client.get("/api/recherche/", {"q": "barometre"}).json()["total"] == 1


@pytest.mark.parametrize("url", ["opensearch://", "opensearch+ftp://h/n", "opensearch://h/N", "opensearch://h/a*"])
def test_a_wrong_address_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        clients(url)
