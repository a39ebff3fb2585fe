"""Fils rouges: the case studies."""

from core.models import BasePage


class FilsRougesIndexPage(BasePage):
    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["fils_rouges.FilRougePage"]
    max_count = 1


class FilRougePage(BasePage):
    genre, genre_label = "fil-rouge", "Fil rouge"
    parent_page_types = ["fils_rouges.FilsRougesIndexPage"]
    subpage_types = []
