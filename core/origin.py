"""Same-origin proof for public forms, so that reading the site never sets a CSRF cookie.

A browser states where a request comes from in `Sec-Fetch-Site`, which a page cannot forge; older ones send
`Origin`. A client that sends neither (curl, an RSS reader) carries no cookies of a victim: it is let through.
Source: OWASP Cross-Site Request Forgery Prevention Cheat Sheet, "Fetch Metadata headers".
"""

from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt


def is_same_origin(request: HttpRequest) -> bool:
    """Whether the request was made by a page of this very site."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    allowed = {request.get_host()}
    if settings.BASE_URL:
        allowed.add(urlsplit(settings.BASE_URL).netloc)
    return urlsplit(origin).netloc in allowed


def same_origin_required(view):
    """Answer 403, in French, to a POST that another site sent; replaces the CSRF cookie."""

    @csrf_exempt
    @wraps(view)
    def inner(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not is_same_origin(request):
            return render(request, "403.html", status=403)
        return view(request, *args, **kwargs)

    return inner
