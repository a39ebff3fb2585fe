"""What the MOOC shows inside other rooms' pages: the episodes and the turns of speech that speak of them."""

from core.protocols import Encart
from core.version import request_version
from mooc import mentions, services


def episodes_naming(page, request) -> Encart | None:
    """At the end of a page: the episodes that send to it in « Allons plus loin », or follow it as a fil rouge."""
    references = services.references(request_version(request))
    reading, following = references.lectures.get(page.pk, ()), references.suivis.get(page.pk, ())
    if not reading and not following:
        return None
    return Encart("mooc/encart_episodes.html", {"lectures": reading, "suivis": following}, ordre=60)


def turns_naming(page, request) -> Encart | None:
    """At the end of a fil rouge or a resource: the interviews that name it, and at which seconds."""
    found = mentions.tours_qui_nomment(request_version(request)).get(page.pk)
    return Encart("mooc/encart_mentions.html", found, ordre=55) if found and found["entretiens"] else None


def companion_of(page, request) -> Encart | None:
    """On the kit's record of the MOOC: this site has its pages."""
    companion = services.references(request_version(request)).fiches.get(page.pk)
    return Encart("mooc/encart_compagnon.html", {"mooc": companion}, ordre=40) if companion else None
