"""Videos that another host keeps: which addresses we know how to show, without asking the host anything."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

YOUTUBE_HOSTS = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be", "www.youtube-nocookie.com"}
YOUTUBE_ID = re.compile(r"[\w-]{11}", re.ASCII)
YOUTUBE_PATH = re.compile(r"/(?:embed|shorts|live|v)/([^/]+)/?")
PEERTUBE_PATH = re.compile(r"/(?:w|videos/watch|videos/embed)/([A-Za-z0-9-]{8,40})/?")
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:[0-9]{1,5})?", re.ASCII)


class VideoExterne(NamedTuple):
    """A video kept elsewhere.

    Attributes:
        hebergeur: the host as people call it.
        page: where it is watched over there.
        integration: what to put in a frame, once the reader asked for it; `start=<seconds>` may be added.
        origine: scheme and host of the frame, all that a page needs to let in.
    """

    hebergeur: str
    page: str
    integration: str
    origine: str


def video_externe(adresse: str) -> VideoExterne | None:
    """The video at an address of YouTube or of a PeerTube, or None when it is not one."""
    try:
        parts = urlsplit(adresse.strip())
    except ValueError:
        return None
    host = parts.netloc.lower()
    if parts.scheme != "https" or not HOST.fullmatch(host):
        return None
    if host in YOUTUBE_HOSTS:
        return _youtube(host, parts.path, parts.query)
    return _peertube(host, parts.path)


def _youtube(host: str, path: str, query: str) -> VideoExterne | None:
    if host == "youtu.be":
        found = path.strip("/")
    elif match := YOUTUBE_PATH.fullmatch(path):
        found = match[1]
    else:
        found = parse_qs(query).get("v", [""])[0]
    if not YOUTUBE_ID.fullmatch(found):
        return None
    # The captions in French when there are some, and no video of others at the end.
    options = urlencode({"autoplay": 1, "rel": 0, "hl": "fr", "cc_load_policy": 1, "cc_lang_pref": "fr"})
    origin = "https://www.youtube-nocookie.com"
    return VideoExterne(
        "YouTube", f"https://www.youtube.com/watch?v={found}", f"{origin}/embed/{found}?{options}", origin
    )


def _peertube(host: str, path: str) -> VideoExterne | None:
    match = PEERTUBE_PATH.fullmatch(path)
    if match is None:
        return None
    origin = f"https://{host}"
    # Without p2p=0, the reader's address would be given to the others who watch.
    options = urlencode({"autoplay": 1, "p2p": 0, "warningTitle": 0})
    return VideoExterne("PeerTube", f"{origin}/w/{match[1]}", f"{origin}/videos/embed/{match[1]}?{options}", origin)
