"""Meetings of the network and their programmes."""

from core.models import BasePage


class RencontresIndexPage(BasePage):
    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["evenements.RencontrePage"]
    max_count = 1


class RencontrePage(BasePage):
    genre, genre_label = "rencontre", "Rencontre"
    parent_page_types = ["evenements.RencontresIndexPage"]
    subpage_types = []
