"""Parcours de lecture, and the seven-lever tool."""

from core.models import BasePage


class ParcoursIndexPage(BasePage):
    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["parcours.ParcoursPage"]
    max_count = 1


class ParcoursPage(BasePage):
    genre, genre_label = "parcours", "Parcours"
    parent_page_types = ["parcours.ParcoursIndexPage"]
    subpage_types = []


class LeviersPage(BasePage):
    genre, genre_label = "leviers", "Les sept leviers"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
