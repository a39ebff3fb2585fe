"""From SEARCH_URL to the official client of Elasticsearch or of OpenSearch: the only place where the two differ.

`scheme://user:password@host:port,other:port/name?options`, the scheme being `elasticsearch`, `elasticsearch+https`,
`opensearch` or `opensearch+https`; docs/env.md tells the options.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FAMILLES = ("elasticsearch", "opensearch")
NOM = "alliances"
# Seconds: a reader waits a little, then the database answers instead; a batch of passages may take longer.
DELAI_LECTURE, DELAI_ECRITURE = 2, 30


class Injoignable(Exception):  # noqa: N818 (French reads better here)
    """The engine cannot be told anything now; what was to be sent stays to be sent."""


@dataclass(frozen=True, slots=True)
class Clients:
    """What is needed of a client library.

    Attributes:
        nom: of the alias that searches go to; indexes are named after it.
        lecture: client that gives up quickly.
        ecriture: client that is patient.
        lots: the library's `streaming_bulk`.
        pannes: errors that mean « the engine cannot answer ».
    """

    nom: str
    lecture: Any
    ecriture: Any
    lots: Callable[..., Any]
    pannes: tuple[type[Exception], ...]


def clients(url: str) -> Clients:
    """The clients of the engine at `url`; nothing is sent yet."""
    morceaux = urlsplit(url)
    famille, _, chiffre = morceaux.scheme.partition("+")
    identite, _, places = morceaux.netloc.rpartition("@")
    if famille not in FAMILLES or chiffre not in ("", "https") or not places:
        raise ImproperlyConfigured("SEARCH_URL: expected [elasticsearch|opensearch][+https]://host:port/name.")
    protocole = chiffre or "http"
    hotes = [f"{protocole}://{place if ':' in place else f'{place}:9200'}" for place in places.split(",")]
    options = {nom: valeurs[-1] for nom, valeurs in parse_qs(morceaux.query).items()}
    utilisateur, _, secret = (unquote(partie) for partie in identite.partition(":"))
    tls: dict[str, Any] = {}
    if chiffre:
        tls = {"verify_certs": options.get("verify") != "no"}
        if not tls["verify_certs"]:
            tls["ssl_show_warn"] = False
        elif "ca" in options:
            tls["ca_certs"] = options["ca"]
    nom = morceaux.path.strip("/") or NOM
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,99}", nom):
        raise ImproperlyConfigured(f"SEARCH_URL: {nom!r} cannot name an index (small letters, digits, - and _).")
    construire = _elasticsearch if famille == "elasticsearch" else _opensearch
    return construire(nom, hotes, (utilisateur, secret) if utilisateur else None, options.get("api_key"), tls)


def _elasticsearch(nom: str, hotes: list[str], identite, cle: str | None, tls: dict[str, Any]) -> Clients:
    from elastic_transport import TransportError
    from elasticsearch import ApiError, Elasticsearch
    from elasticsearch.helpers import streaming_bulk

    acces = {"api_key": cle} if cle else {"basic_auth": identite} if identite else {}
    communs = {**acces, **tls, "retry_on_timeout": False}
    return Clients(
        nom,
        Elasticsearch(hotes, request_timeout=DELAI_LECTURE, max_retries=1, **communs),
        Elasticsearch(hotes, request_timeout=DELAI_ECRITURE, max_retries=1, **communs),
        streaming_bulk,
        (ApiError, TransportError),
    )


def _opensearch(nom: str, hotes: list[str], identite, cle: str | None, tls: dict[str, Any]) -> Clients:
    try:
        from opensearchpy import OpenSearch, OpenSearchException
        from opensearchpy.helpers import streaming_bulk
    except ImportError as erreur:
        raise ImproperlyConfigured("SEARCH_URL: OpenSearch needs requirements/production.txt.") from erreur

    acces = {"headers": {"Authorization": f"ApiKey {cle}"}} if cle else {"http_auth": identite} if identite else {}
    communs = {**acces, **tls, "retry_on_timeout": False, "max_retries": 1}
    return Clients(
        nom,
        OpenSearch(hotes, timeout=DELAI_LECTURE, **communs),
        OpenSearch(hotes, timeout=DELAI_ECRITURE, **communs),
        streaming_bulk,
        (OpenSearchException,),
    )
