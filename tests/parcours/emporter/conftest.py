"""An empty place for packs, and a parcours that has everything a pack must tell or leave out."""

from dataclasses import dataclass, field

import pytest
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from kit.models import FichierRessource
from mooc.models import EpisodePage
from parcours.models import ParcoursPage
from tests.mooc import factories as mooc
from tests.parcours.factories import parcours, ressource

BASE = "http://testserver"
ADRESSE = "/parcours/p/emporter/"


@pytest.fixture(autouse=True)
def depot(settings, tmp_path):
    """Where packs of this test are kept."""
    settings.EMPORTER_ROOT = str(tmp_path / "emporter")
    return tmp_path / "emporter"


def avec_fichier(page, *documents):
    """Publish a resource with files."""
    page.fichiers = [FichierRessource(sort_order=rang, document=un) for rang, un in enumerate(documents)]
    page.save_revision().publish()
    return page


@dataclass
class Monde:
    """A parcours `p` of public and hidden steps, and the words that must never be seen."""

    page: ParcoursPage
    public: object
    secrets: list[str] = field(default_factory=list)


@pytest.fixture
def monde(home) -> Monde:
    public = avec_fichier(
        ressource(home, title="Étape publique", corps=[("texte", "<p>Le corps public.</p>")]),
        mooc.document("guide-public.pdf", b"%PDF-1.7 le guide"),
    )
    sans_fichier = ressource(home, "illustrations", title="Étape sans fichier")
    prive = Collection.get_first_root_node().add_child(name="Privée")
    CollectionViewRestriction.objects.create(collection=prive, restriction_type="login")
    reserve = mooc.document("reserve.pdf", b"contenu-secret")
    reserve.collection = prive
    reserve.save()
    a_fichier_reserve = avec_fichier(ressource(home, "methode", title="Étape au fichier réservé"), reserve)
    brouillon = ressource(home, title="Étape-secrete-brouillon", resume="resume-secret-brouillon")
    fermee = ressource(home, title="Étape-secrete-fermee", resume="resume-secret-ferme")
    episode = mooc.episode_page(mooc.mooc_page(home), 1)
    mooc.video_page(
        episode,
        turns=2,
        video=mooc.document("film.mp4", b"film" * 1000),
        sous_titres=mooc.document("film.vtt", b"WEBVTT\n"),
    )
    cache = mooc.video_page(episode, "cache", title="Entretien-secret", video=mooc.document("secret.mp4", b"secret"))
    cache.unpublish()
    page = parcours(
        home, [public, brouillon, sans_fichier, fermee, a_fichier_reserve, EpisodePage.objects.get()], slug="p"
    )
    brouillon.unpublish()
    PageViewRestriction.objects.create(page=fermee, restriction_type="login")
    return Monde(page, public, ["secrete", "secret", "contenu-secret", "resume-secret", "secret.mp4"])


@pytest.fixture
def livret(monde):
    """What the packs of `monde` are made from."""
    from core.version import current_version
    from parcours.emporter.contenu import lire_le_livret

    return lire_le_livret("p", BASE, current_version())
