"""Bad input is an answer in French, never a 500."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.template.loader import render_to_string


class BadInputMiddleware:
    """Refuse a NUL character in the address: PostgreSQL cannot store one, so no page or query can hold it."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            return HttpResponseBadRequest(render_to_string("400.html"))
        return self.get_response(request)


class CompressionMiddleware(GZipMiddleware):
    """Compress pages, never files served by ranges: the bytes asked for must be those of the file."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)
