"""Brakes on public forms, kept in the cache: nobody may flood a mailbox, nor the site.

The cache of the embedded site belongs to one process, so that a limit may count double there: it stays a brake.
"""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

UNE_HEURE = 3600


def visitor_address(request: HttpRequest) -> str:
    """The visitor's network address, as told by the proxy when the site trusts one."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and settings.SECURE_PROXY_SSL_HEADER:
        # The last one was written by our own proxy; the ones before may be anything.
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")


def under_limit(sujet: str, valeur: str, limite: int) -> bool:
    """Count one more request of `valeur` about `sujet`; whether it is still under the limit of the hour."""
    # The cache holds no address in clear.
    key = f"limite:{sujet}:{salted_hmac('core.limits', valeur).hexdigest()}"
    if cache.add(key, 1, UNE_HEURE):
        return True
    try:
        return cache.incr(key) <= limite
    except ValueError:  # It expired in between.
        return True
