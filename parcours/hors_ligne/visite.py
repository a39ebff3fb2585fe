"""The site as somebody without an account sees it: the answers to requests that it makes to itself."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

# What tells the address under which the site is asked; nothing that tells who asks.
_DE_L_ADRESSE = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "wsgi.url_scheme", "REMOTE_ADDR")


@dataclass(frozen=True, slots=True)
class Lecture:
    """An answer: its size in bytes, a digest that changes with it, and its text when it was read."""

    octets: int
    empreinte: str
    texte: str = ""


class Visiteur:
    """Somebody who has just arrived at the address that `request` asks, without cookie or account."""

    def __init__(self, request: HttpRequest) -> None:
        self._environ = {nom: request.META[nom] for nom in _DE_L_ADRESSE if nom in request.META}
        self._site = BaseHandler()
        self._site.load_middleware()

    def lire(self, adresse: str) -> Lecture | None:
        """A whole page; None unless it is shown as it is to everybody."""
        reponse = self._demander("GET", adresse)
        if reponse.status_code != 200 or reponse.streaming or reponse.cookies:
            return None
        return Lecture(len(reponse.content), empreinte(reponse.content), reponse.content.decode())

    def peser(self, adresse: str) -> Lecture | None:
        """A file, which is not opened; None unless everybody may."""
        reponse = self._demander("HEAD", adresse)
        if reponse.status_code != 200 or reponse.cookies or not reponse.has_header("Content-Length"):
            return None
        if not reponse.streaming and reponse.content:
            return Lecture(len(reponse.content), empreinte(reponse.content))
        signes = [reponse.headers.get(nom, "") for nom in ("Content-Length", "ETag", "Last-Modified")]
        return Lecture(int(signes[0]), empreinte("|".join(signes).encode()))

    def _demander(self, methode: str, adresse: str):
        parties = urlsplit(adresse)
        environ = self._environ | {
            "REQUEST_METHOD": methode,
            "PATH_INFO": parties.path.encode().decode("latin-1"),
            "QUERY_STRING": parties.query,
            "wsgi.input": io.BytesIO(),
        }
        return self._site.get_response(WSGIRequest(environ))


def empreinte(octets: bytes) -> str:
    return hashlib.sha256(octets).hexdigest()[:20]


class Liens(HTMLParser):
    """What a page loads to be shown whole (`charges`), its files (`fichiers`), what it plays (`medias`)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.charges: list[str] = []
        self.fichiers: list[str] = []
        self.medias: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        dits = {nom: valeur or "" for nom, valeur in attrs}
        if tag == "link" and {"stylesheet", "preload", "icon"} & set(dits.get("rel", "").split()):
            self._noter(self.charges, dits.get("href"))
        elif tag in ("script", "img"):
            self._noter(self.charges, dits.get("src"))
        elif tag in ("video", "audio", "source", "track"):
            self._noter(self.medias, dits.get("src"))
            self._noter(self.charges, dits.get("poster"))
        elif tag == "a" and dits.get("href", "").startswith("/documents/"):
            self._noter(self.fichiers, dits["href"])
        for choix in dits.get("srcset", "").split(","):
            self._noter(self.charges, choix.strip().partition(" ")[0])

    def _noter(self, liste: list[str], adresse: str | None) -> None:
        # Only this site's own, without the place within it.
        if adresse and adresse.startswith("/") and not adresse.startswith("//"):
            liste.append(adresse.partition("#")[0])
