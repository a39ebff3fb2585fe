"""What a room tells about the pages of another that does not know it."""

from collections.abc import Collection

from core.protocols import Lien
from mooc.services import references


def episodes(page_ids: Collection[int], version: int) -> dict[int, list[Lien]]:
    """The public episodes that follow each page as a fil rouge, then those that send to it, as its own page says."""
    known = references(version)
    found = {}
    for page_id in page_ids:
        links = [
            Lien(f"Épisode {each.numero} : {each.titre_court}", each.url) for each in known.suivis.get(page_id, ())
        ]
        links += [
            Lien(f"Épisode {each.numero}, Allons plus loin : {each.titre_court}", each.url)
            for each in known.lectures.get(page_id, ())
        ]
        found[page_id] = links
    return found
