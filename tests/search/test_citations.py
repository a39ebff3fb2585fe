"""What a page says of another follows the other: hidden, gone or renamed, its words are found nowhere any more."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from core.version import bump_version
from kit.models import NaturePage
from mooc.models import LienAllonsPlusLoin
from parcours.models import EtapeParcours
from search import index
from search.models import Etiquettes, Mot, SearchEntry
from tests.mooc.factories import episode_page, mooc_page
from tests.parcours.factories import child, parcours, ressource

TITRE = "Zyxwvut confidentiel"
NOTE = "Tout sur le zyxwvut confidentiel."


def relire(page: Page):
    return Page.objects.get(pk=page.pk).specific


def fermer(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def rendre_privee(page) -> None:
    fermer(page)


def rendre_privee_la_nature(page) -> None:
    fermer(page.get_parent())


def depublier(page) -> None:
    relire(page).unpublish()


def depublier_le_kit(page) -> None:
    admin = get_user_model().objects.create_superuser("admin", "admin@example.org", "x")
    UnpublishPageAction(relire(page.get_parent().get_parent()), user=admin, include_descendants=True).execute()


def supprimer(page) -> None:
    relire(page).delete()


def supprimer_la_nature(page) -> None:
    relire(page.get_parent()).delete()


def deplacer_sous_une_page_privee(page) -> None:
    autre = child(page.get_parent().get_parent(), NaturePage, "outils", "Outils")
    fermer(autre)
    relire(page).move(relire(autre), pos="last-child")


def renommer(page) -> None:
    page = relire(page)
    page.title, page.resume = "Autre chose", "Rien de cela."
    page.save_revision().publish()


CE_QUI_CACHE = [
    rendre_privee, rendre_privee_la_nature, depublier, depublier_le_kit, supprimer, supprimer_la_nature,
    deplacer_sous_une_page_privee,
]  # fmt: skip
par_son_nom = pytest.mark.parametrize("geste", CE_QUI_CACHE, ids=lambda geste: geste.__name__)


@pytest.fixture
def etape(home):
    """A resource that is a step of a parcours beside another, and that an episode sends to."""
    page = ressource(home, title=TITRE)
    parcours(home, [page, ressource(home, "cadre-de-reference")], slug="p", title="Le parcours cité")
    episode = episode_page(mooc_page(home))
    episode.liens = [LienAllonsPlusLoin(cible=page, note=NOTE)]
    episode.save_revision().publish()
    return page


@pytest.fixture
def public(client):
    """What everyone is told of a word: by the page of results, the API, the feed, the suggestions."""

    def ask(mot: str) -> str:
        adresses = ("/recherche/", "/api/recherche/", "/flux/recherche/", "/recherche/suggestions/")
        return " ".join(client.get(adresse, {"q": mot}).content.decode() for adresse in adresses)

    return ask


def test_a_step_is_found_by_its_title_in_the_parcours_and_by_its_note_in_the_episode(etape, public):
    trouvees = set(SearchEntry.objects.filter(j_corps__contains="zyxwv").values_list("genre", flat=True))
    trouvees |= set(SearchEntry.objects.filter(j_entete__contains="zyxwv").values_list("genre", flat=True))
    assert {"parcours", "episode"} <= trouvees
    assert "confidentiel" in public("zyxwvut").lower()


@par_son_nom
def test_what_hides_a_page_hides_what_others_say_of_it(etape, public, geste):
    geste(etape)
    assert "confidentiel" not in public("zyxwvut").lower()
    for champ in ("titre", "entete", "texte"):
        assert not SearchEntry.objects.filter(**{f"{champ}__icontains": "zyxwvut"}).exists()
    assert not Mot.objects.filter(forme__startswith="zyxwv").exists()


@par_son_nom
def test_the_others_say_the_rest_as_before(etape, geste):
    geste(etape)
    if SearchEntry.objects.filter(source__startswith="page:", genre="ressource").exists():
        assert SearchEntry.objects.filter(genre="parcours", texte="Raison 2.", adresse="#etape-1").exists()
    assert SearchEntry.objects.filter(genre="parcours", titre="Le parcours cité").exists()
    assert SearchEntry.objects.filter(genre="episode").exists()


def test_a_page_shown_again_is_told_again(etape, public):
    restriction = fermer(etape.get_parent())
    restriction.delete()
    assert SearchEntry.objects.filter(entete=TITRE, genre="parcours").exists()
    depublier(etape)
    relire(etape).save_revision().publish()
    assert SearchEntry.objects.filter(entete=TITRE, genre="parcours").exists()
    assert SearchEntry.objects.filter(texte=NOTE, genre="episode").exists()


def test_a_renamed_step_is_found_in_the_parcours_by_its_new_title_only(etape, public):
    renommer(etape)
    entetes = set(SearchEntry.objects.filter(genre="parcours").values_list("entete", flat=True))
    assert "Autre chose" in entetes
    assert TITRE not in entetes


def test_a_title_given_in_a_transaction_undone_is_told_nowhere(etape, client):
    """Another version of the content may come to bear the same number: nothing may be kept under it."""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        renommer(etape)
        raise ZeroDivisionError
    for _ in range(12):
        bump_version()
        assert "Autre chose" not in client.get("/parcours/p/").content.decode()


@pytest.mark.parametrize("geste", [depublier, supprimer, rendre_privee, deplacer_sous_une_page_privee])
def test_a_hidden_parcours_is_named_by_none_of_its_steps(home, geste):
    pas = ressource(home)
    page = parcours(home, [pas], titre_court="Zyxwvut")
    assert Etiquettes.objects.filter(
        pk__in=SearchEntry.objects.filter(page=pas).values("etiquettes_id"), texte__contains="Zyxwvut"
    ).exists()
    if geste is deplacer_sous_une_page_privee:
        fermer(page.get_parent())
    else:
        geste(page)
    assert not Etiquettes.objects.filter(
        pk__in=SearchEntry.objects.filter(page=pas).values("etiquettes_id"), texte__contains="Zyxwvut"
    ).exists()


def test_a_deletion_of_many_pages_reads_what_named_them_once(home, monkeypatch):
    pas = [ressource(home) for _ in range(5)]
    page = parcours(home, pas)
    lots = []
    monkeypatch.setattr(index, "indexer_pages", lambda cles: lots.append(set(cles)))
    relire(pas[0].get_parent()).delete()
    assert lots == [{page.pk}]
    assert EtapeParcours.objects.filter(parcours=page, page=None).count() == 5


def test_a_publication_costs_the_same_whatever_the_parcours_holds(home):
    def publier(page) -> int:
        with CaptureQueriesContext(connection) as requetes:
            page.save_revision().publish()
        return len(requetes)

    seule, courte, longue = ressource(home), ressource(home), ressource(home)
    parcours(home, [courte, ressource(home)])
    parcours(home, [longue, *(ressource(home) for _ in range(30))])
    sans, peu, beaucoup = (publier(relire(page)) for page in (seule, courte, longue))
    assert beaucoup <= peu + 2
    assert peu <= sans + 25
