"""Files on disk served with byte ranges, conditional requests and HEAD, by WhiteNoise's own responder.

PDF readers ask for ranges to show page 12 first; video players cannot seek without them.
"""

import contextlib
import posixpath
from email.utils import parsedate
from http import HTTPStatus
from mimetypes import guess_type
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils._os import safe_join
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.documents.views.serve import serve
from whitenoise.responders import NOT_ALLOWED_RESPONSE, NotARegularFileError, Response, SlicedFile, StaticFile

from mediatheque.models import CustomDocument

UN_AN = 31_536_000
# Documents and their covers are served by /documents/ only, which knows who may open them.
DOSSIERS_RESERVES = ("documents", "couvertures", "original_images")


def media(request: HttpRequest, chemin: str) -> HttpResponseBase:
    """Images and their renditions; a rendition never changes under the same name."""
    normal = posixpath.normpath(chemin).lstrip("/")
    if normal.split("/")[0] in DOSSIERS_RESERVES:
        raise Http404
    try:
        fichier = safe_join(settings.MEDIA_ROOT, normal)
    except (SuspiciousFileOperation, ValueError) as erreur:
        raise Http404 from erreur
    return servir(request, Path(fichier), [("Cache-Control", f"public, max-age={UN_AN}, immutable")])


def document(request: HttpRequest, document_id: str, nom: str) -> HttpResponseBase:
    """A document of the site, after Wagtail's hooks (privacy is one) let it pass.

    Wagtail's own view sends files whole, and its hook may not answer with a stream: this one stands before it, at
    the same address, and leaves it the files that are not on the disk.
    """
    trouve = get_object_or_404(CustomDocument, pk=document_id)
    if trouve.filename != nom:
        raise Http404
    if not trouve.is_stored_locally():
        return serve(request, document_id, nom)
    if (refus := _refus(trouve, request)) is not None:
        return refus
    document_served.send(sender=CustomDocument, instance=trouve, request=request)
    dans_la_page = trouve.content_disposition == "inline"
    entetes = [
        ("Content-Disposition", trouve.content_disposition),
        # The same address may hold a new file tomorrow, or be closed: the browser asks again each time.
        ("Cache-Control", "no-cache"),
        # The sandbox would keep a browser's own PDF reader and player from opening.
        ("Content-Security-Policy", "default-src 'none'" + ("" if dans_la_page else "; sandbox")),
    ]
    return servir(request, Path(trouve.file.path), entetes, trouve.content_type)


def couverture(request: HttpRequest, document_id: int) -> HttpResponseBase:
    """The first page of a document, to whom the document itself is open."""
    trouve = get_object_or_404(CustomDocument.objects.exclude(couverture=""), pk=document_id)
    if (refus := _refus(trouve, request)) is not None:
        return refus
    # The same address may show a new file tomorrow, or be closed: the browser asks again each time.
    entetes = [("Cache-Control", "no-cache")]
    if not isinstance(trouve.couverture.storage, FileSystemStorage):
        return HttpResponse(trouve.couverture.read(), content_type="image/webp", headers=dict(entetes))
    return servir(request, Path(trouve.couverture.path), entetes, "image/webp")


def _refus(document: CustomDocument, request: HttpRequest) -> HttpResponseBase | None:
    """The answer of Wagtail's rules to someone who may not open the document."""
    for regle in hooks.get_hooks("before_serve_document"):
        reponse = regle(document, request)
        if isinstance(reponse, HttpResponseBase):
            return reponse
    return None


class Composition(Protocol):
    """Bytes that are put together as they are sent, of a length known ahead."""

    @property
    def taille(self) -> int: ...

    def ouvrir(self) -> BinaryIO:
        """A file to read from any place."""
        ...


def servir(
    request: HttpRequest,
    fichier: Path,
    entetes: list[tuple[str, str]],
    type_mime: str = "",
    composition: Composition | None = None,
) -> HttpResponseBase:
    """Answer a request for a file: 200, 206, 304, 405 or 416.

    Args:
        composition: what is sent in place of the file, which then gives its date only.

    Raises:
        Http404: there is no such file.
    """
    type_mime = type_mime or guess_type(fichier.name)[0] or "application/octet-stream"
    fixes = [("Content-Type", type_mime), ("X-Content-Type-Options", "nosniff"), ("Accept-Ranges", "bytes"), *entetes]
    try:
        statique = _Fichier(str(fichier), fixes, composition)
    except (NotARegularFileError, OSError, ValueError) as erreur:
        raise Http404 from erreur
    demandes = {cle: valeur for cle, valeur in request.META.items() if cle.startswith("HTTP_")}
    if "HTTP_RANGE" in demandes and not _toujours_le_meme(request, statique):
        # The file changed since the first part was taken: the whole of it is sent (RFC 9110, section 13.1.5).
        del demandes["HTTP_RANGE"]
    resultat = statique.get_response(request.method, demandes)
    if resultat.status == 304:
        reponse: HttpResponseBase = HttpResponseNotModified()
    elif resultat.file is None:
        reponse = HttpResponse(status=resultat.status)
    else:
        reponse = FileResponse(resultat.file, status=resultat.status)
    if resultat.status == 304 or "Content-Type" not in dict(resultat.headers):
        del reponse["Content-Type"]
    for cle, valeur in resultat.headers:
        reponse[cle] = valeur
    return reponse


class _Fichier(StaticFile):
    """WhiteNoise's responder, which takes a range of one byte, and one that ends before it begins, for one too far."""

    def __init__(self, chemin: str, entetes: list[tuple[str, str]], composition: Composition | None = None) -> None:
        self.composition = composition
        super().__init__(chemin, entetes)

    def get_file_stats(self, path, encodings, stat_cache):
        fichiers = super().get_file_stats(path, encodings, stat_cache)
        if self.composition is not None:
            fichiers[None].size = self.composition.taille
        return fichiers

    def get_response(self, method, request_headers):
        """As WhiteNoise's own, which opens the path itself."""
        if self.composition is None:
            return super().get_response(method, request_headers)
        if method not in ("GET", "HEAD"):
            return NOT_ALLOWED_RESPONSE
        if self.is_not_modified(request_headers):
            return self.not_modified_response
        _, entetes = self.get_path_and_headers(request_headers)
        source = self.composition.ouvrir() if method == "GET" else None
        if plage := request_headers.get("HTTP_RANGE"):
            with contextlib.suppress(ValueError):  # a range without meaning is ignored, as RFC 9110 allows
                return self.get_range_response(plage, entetes, source)
        return Response(HTTPStatus.OK, entetes, source)

    def get_byte_range(self, range_header: str, size: int) -> tuple[int, int]:
        debut, fin = self.parse_byte_range(range_header)
        if fin is not None and fin < debut:
            raise ValueError(range_header)
        return super().get_byte_range(range_header, size)

    def get_range_response(self, range_header, base_headers, file_handle):
        taille = int(dict(base_headers)["Content-Length"])
        debut, fin = self.get_byte_range(range_header, taille)
        if debut > fin:
            return self.get_range_not_satisfiable_response(file_handle, taille)
        entetes = [(cle, valeur) for cle, valeur in base_headers if cle != "Content-Length"]
        entetes += [("Content-Range", f"bytes {debut}-{fin}/{taille}"), ("Content-Length", str(fin - debut + 1))]
        morceau = SlicedFile(file_handle, debut, fin) if file_handle is not None else None
        return Response(HTTPStatus.PARTIAL_CONTENT, entetes, morceau)


def _toujours_le_meme(request: HttpRequest, statique: StaticFile) -> bool:
    condition = request.headers.get("If-Range")
    if condition is None:
        return True
    if condition.startswith('"'):
        return condition == statique.etag
    return parsedate(condition) == statique.last_modified
