"""Ways on for a reader who found nothing: the great entrances of the site."""

from wagtail.models import Page, Site

from search.models import SearchEntry
from search.presentation import adresse

GENRES = ("parcours", "kit", "mooc", "glossaire")


def portes() -> list[dict[str, str]]:
    """Title, address and kind of the entrances that help most, those that exist and are public."""
    entrees = (
        SearchEntry.objects.filter(position=0, source__startswith="page:", page__live=True)
        .select_related("page")
        .order_by("page__depth", "page__path")
    )
    trouvees = [
        {"titre": e.titre, "url": adresse(e), "genre": e.genre_label, "resume": e.texte}
        for e in entrees.filter(genre__in=GENRES)[:8]
    ]
    if trouvees:
        return trouvees
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    enfants = Page.objects.child_of(site.root_page).live().public().in_menu() if site else Page.objects.none()
    return [{"titre": page.title, "url": page.get_url(), "genre": "", "resume": ""} for page in enfants[:8]]
