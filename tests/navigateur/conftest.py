"""A real server on its own copy of the loaded site, and a real Chromium, for the journeys of the four people."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
# The same engine as Chromium without its windows: a context opens in a third of the time.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
ADMIN = ("admin", "admin-d-essai-1")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.navigateur)


def environment(var: Path) -> dict[str, str]:
    kept = {
        key: value for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "SEARCH_URL", "EMAIL_URL", "CACHE_URL", "BASE_URL", "SECRET_KEY"}
    }  # fmt: skip
    return kept | {
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
        "DJANGO_SUPERUSER_PASSWORD": ADMIN[1],
    }


def _manage(var: Path, *arguments: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(var), check=True,
        capture_output=True, text=True,
    ).stdout  # fmt: skip


@dataclass
class Serveur:
    """A running site: its address, and the folder where it writes (e-mails in `courriels`)."""

    url: str
    var: Path

    def manage(self, *arguments: str) -> str:
        """Run a management command on this site; what it printed."""
        return _manage(self.var, *arguments)


@pytest.fixture(scope="session")
def site_charge(tmp_path_factory) -> Path:
    """The folder of a loaded site, made once for all workers, never served itself."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    var = shared / "site-charge"
    with FileLock(shared / "site-charge.lock"):
        if not (var / "pret").exists():
            shutil.rmtree(var, ignore_errors=True)
            _manage(var, "migrate", "--verbosity=0")
            _manage(var, "charger_contenu", "--verbosity=0")
            _manage(var, "indexer", "--verbosity=0")
            _manage(var, "collectstatic", "--noinput", "--verbosity=0")
            _manage(var, "createsuperuser", "--noinput", f"--username={ADMIN[0]}", "--email=admin@example.org")
            (var / "pret").touch()
    return var


@pytest.fixture(scope="session")
def serveur(site_charge, tmp_path_factory):
    """The site as `make start` serves it, on a copy that this worker may change."""
    var = tmp_path_factory.mktemp("site") / "var"
    shutil.copytree(site_charge, var)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    log = (var / "gunicorn.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2",
         "--threads", "4"],
        cwd=ROOT, env=environment(var), stdout=log, stderr=log,
    )  # fmt: skip
    try:
        for _ in range(300):
            if process.poll() is not None:
                raise RuntimeError(f"the server stopped: {(var / 'gunicorn.log').read_text()[-2000:]}")
            try:
                urllib.request.urlopen(f"{url}/sante/pret/", timeout=5)  # noqa: S310
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        else:
            raise RuntimeError(f"the server is not ready: {(var / 'gunicorn.log').read_text()[-2000:]}")
        yield Serveur(url, var)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
                  "--disable-component-update", "--disable-sync"],
        )  # fmt: skip
        yield browser
        browser.close()


def _contexts(chromium, serveur):
    opened = []

    def make(width: int = 1280, height: int = 900, **options):
        options.setdefault("locale", "fr-FR")
        options.setdefault("timezone_id", "Europe/Paris")
        options.setdefault("reduced_motion", "reduce")
        context = chromium.new_context(base_url=serveur.url, viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def contexte(chromium, serveur):
    """Make a browsing context on the site: `contexte(width=390, java_script_enabled=False)`."""
    yield from _contexts(chromium, serveur)


@pytest.fixture(scope="module")
def contexte_du_module(chromium, serveur):
    """Make a browsing context that all the tests of a module share, since each costs a second."""
    yield from _contexts(chromium, serveur)


@pytest.fixture
def visiteur(contexte):
    """A page of a fresh visitor at 390 pixels, a phone."""
    return contexte(width=390, height=844).new_page()


@pytest.fixture
def redaction(contexte):
    """A page logged in the admin as administrator."""
    page = contexte().new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", ADMIN[0])
    page.fill("input[name=password]", ADMIN[1])
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page
