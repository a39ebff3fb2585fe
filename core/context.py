"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from core.version import request_version


def absolute_base(request: HttpRequest) -> str:
    """Scheme and host of absolute links: BASE_URL, or else the address that the visitor asked."""
    return settings.BASE_URL or f"{request.scheme}://{request.get_host()}"


def site(request: HttpRequest) -> dict:
    """Name of the site, base of absolute links, version of the content, address of the page itself."""
    return {
        "site_name": settings.SITE_NAME,
        "base_url": absolute_base(request),
        "version": SimpleLazyObject(lambda: request_version(request)),
        "adresse_absolue": absolute_base(request) + request.path,
    }
