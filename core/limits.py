"""Brakes on public forms, kept in the cache: nobody may flood a mailbox, nor the site.

The cache of the embedded site belongs to one process, so that a limit may count double there: it stays a brake.
"""

from ipaddress import IPv6Network, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

UNE_HEURE = 3600


def visitor_address(request: HttpRequest) -> str:
    """The visitor's network address, as told by the proxy when the site trusts one.

    Of IPv6, the first 64 bits: that is what a visitor is given, who chooses the others at will.
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if forwarded and settings.SECURE_PROXY_SSL_HEADER:
        # The last one was written by our own proxy; the ones before may be anything.
        address = forwarded.rpartition(",")[2].strip()
    return _network(address)


def _network(address: str) -> str:
    try:
        known = ip_address(address.strip("[]"))
    except ValueError:  # A socket has none.
        return address
    if known.version == 4:
        return str(known)
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), 64), strict=False))


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
