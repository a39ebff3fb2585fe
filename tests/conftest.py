"""Fixtures that every test may use, and the strictness of the suite."""

import os
import socket
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache

from tests.contenu_initial import contenu_en_place

# Playwright's loop lives in the main thread of a worker; the ORM is used beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# What takes longest, first: a module goes whole to a worker, and none must be left alone with a long one at the end.
LONGS = ("tests/search/test_coupures.py", "tests/navigateur/", "tests/parcours/emporter/", "tests/search/")


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: next((rank for rank, long in enumerate(LONGS) if item.nodeid.startswith(long)), 9))


@pytest.fixture(autouse=True)
def _invalid_variables_of_others(request, monkeypatch, settings):
    """Where the variables that Wagtail's templates lack are forgiven, the stack is not read to say where each is."""
    forgiving = settings.TEMPLATES[0]["OPTIONS"].get("string_if_invalid")
    if forgiving and request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(forgiving, "_get_origin", lambda: None)


@pytest.fixture(scope="session")
def media_root(tmp_path_factory) -> str:
    """Where this worker's files are, the initial content's and the tests' alike."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return str(tmp_path_factory.getbasetemp() / f"media-{worker}")


@pytest.fixture(autouse=True)
def _media_and_cache_of_this_worker(settings, media_root, tmp_path_factory):
    """A rolled back version number may come again with other content: no test reads another's cache."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    settings.MEDIA_ROOT = media_root
    settings.EMPORTER_ROOT = str(tmp_path_factory.getbasetemp() / f"emporter-{worker}")
    settings.EMAIL_FILE_PATH = str(tmp_path_factory.getbasetemp() / f"courriels-{worker}")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def contenu(django_db_setup, django_db_blocker, tmp_path_factory, media_root):
    """The whole initial content, put in place once for a module and rolled back after it.

    Ask for it together with `db`; each test still runs in its own savepoint.
    """
    commun = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        commun = commun.parent
    with django_db_blocker.unblock(), contenu_en_place(commun, Path(media_root)):
        yield


@pytest.fixture
def home(db):
    """An empty home page, root of the default site."""
    from tests.factories import site_with_home

    return site_with_home()


class Sink:
    """Keeps every message that it is given."""

    def __init__(self) -> None:
        self.received = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.received.append(envelope)
        return "250 OK"


@pytest.fixture
def smtp(settings):
    """A mail server: what leaves the site, as it is received."""
    sink = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield sink
    controller.stop()
