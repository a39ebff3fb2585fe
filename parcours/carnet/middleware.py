"""What caches are told of the pages that show a reader's own marks."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from parcours.carnet import temoin


class TemoinMiddleware:
    """Keep out of every cache a page drawn with the reader's cookie.

    Without the cookie the page is the same for everybody and may be kept, for readers without the cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(request, "_temoin"):
            patch_vary_headers(response, ["Cookie"])
            if temoin.NOM in request.COOKIES:
                response["Cache-Control"] = "private, no-store"
        return response
