"""Processes killed outright between the database and the engine: nothing is lost, readers keep the old index."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.opensearch

RACINE = Path(__file__).resolve().parents[2]
DEBUT = """
import os, signal
import django
django.setup()
from django.utils import timezone
from home.models import StandardPage
from search import envois
from search.models import Envoi, Expediteur
from search.moteurs import moteur
from search.query import chercher
from tests.factories import site_with_home
from tests.search.factories import page

def mourir(*args):
    os.kill(os.getpid(), signal.SIGKILL)

def trouver(texte):
    moteur().pas_avant, moteur().secours = 0.0, None
    return [hit.passages[0].titre for hit in chercher(texte, version=0).hits]
"""


@pytest.fixture(scope="module")
def executer(tmp_path_factory):
    """Run Python in a site of its own: a database on disk, an index of its own."""
    environnement = os.environ | {
        "VAR_DIR": str(tmp_path_factory.mktemp("coupure")),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "SEARCH_URL": os.environ["SEARCH_URL"] + "-coupure",
        "LOG_LEVEL": "CRITICAL",
    }

    def run(code: str) -> str:
        """What the code printed; or "killed"."""
        fait = subprocess.run(
            [sys.executable, "-c", DEBUT + code], cwd=RACINE, env=environnement, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        if fait.returncode == -9:
            return "killed"
        assert fait.returncode == 0, fait.stderr
        return fait.stdout.strip()

    run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
    run("site_with_home(); moteur().rebuild()")
    return run


def test_a_publication_killed_before_it_is_sent_is_sent_by_the_next_process(executer):
    publier = "from wagtail.models import Site; page(Site.objects.get().root_page.specific, {titre!r})"
    mort = executer("type(moteur()).envoyer = mourir;" + publier.format(titre="Baromètre"))
    assert mort == "killed"
    assert executer("print(Envoi.objects.count() > 0, trouver('barometre'))") == "True []"
    # The turn of the dead passes after a while; here, at once.
    code = "Expediteur.objects.update(jusque=timezone.now());" + publier.format(titre="Thermomètre")
    assert executer(code + "; print(Envoi.objects.count(), trouver('barometre'))") == "0 ['Baromètre']"


def test_an_indexer_killed_leaves_the_old_index_and_is_run_again(executer):
    mort = """
faits = []
envoyer = type(moteur()).envoyer
type(moteur()).envoyer = lambda self, cles, index="": mourir() if faits else faits.append(envoyer(self, cles, index))
import search.moteurs.elastic as elastic
elastic.LOT = 1
from django.core.management import call_command
call_command("indexer")
"""
    assert executer(mort) == "killed"
    index = "list(moteur().clients.ecriture.indices.get(index=moteur().nom + '-2*'))"
    assert executer(f"print(len({index}), trouver('thermometre'))") == "2 ['Thermomètre']"
    refaire = "from django.core.management import call_command; Expediteur.objects.update(jusque=timezone.now());"
    assert executer(f"{refaire} call_command('indexer', verbosity=0); print(len({index}), trouver('thermometre'))") == (
        "1 ['Thermomètre']"
    )
