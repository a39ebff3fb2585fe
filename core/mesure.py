"""Who is never counted: whoever asks not to be, programs, and the team."""

import re

from django.conf import settings
from django.http import HttpRequest

_ROBOTS = re.compile(
    r"bot\b|bot[/ _-]|crawl|spider|slurp|preview|scan|monitor|headless|fetch|archive|curl|wget|python|java/|ruby|perl|"
    r"go-http|okhttp|axios|libwww|httpclient|https?:",
    re.IGNORECASE,
)


def ne_pas_compter(request: HttpRequest) -> bool:
    """Whether nothing may be counted of a request: asked so by its browser, made by a program, or by the team.

    Do Not Track and Global Privacy Control are headers here; scripts look at them in the browser too.
    """
    entetes = request.headers
    navigateur = entetes.get("User-Agent", "")
    return (
        entetes.get("DNT") == "1"
        or entetes.get("Sec-GPC") == "1"
        or "prefetch" in entetes.get("Sec-Purpose", "")
        or not navigateur
        or bool(_ROBOTS.search(navigateur))
        or settings.SESSION_COOKIE_NAME in request.COOKIES
    )
