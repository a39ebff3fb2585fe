"""The kit: its natures and its resources."""

from core.models import BasePage


class KitPage(BasePage):
    genre, genre_label = "kit", "Kit"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["kit.NaturePage"]
    max_count = 1


class NaturePage(BasePage):
    genre, genre_label = "nature", "Nature"
    parent_page_types = ["kit.KitPage"]
    subpage_types = ["kit.RessourcePage"]


class RessourcePage(BasePage):
    genre, genre_label = "ressource", "Ressource"
    parent_page_types = ["kit.NaturePage"]
    subpage_types = []


class DocumentsDuSitePage(BasePage):
    genre, genre_label = "documents", "Documents du site"
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count = 1
