"""The newsletter: landing pages, issues, subscriptions."""

from core.models import BasePage


class NewsletterIndexPage(BasePage):
    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.LandingPage"]
    max_count = 1


class LandingPage(BasePage):
    hors_recherche = True
    parent_page_types = ["newsletter.NewsletterIndexPage"]
    subpage_types = []


class LettresIndexPage(BasePage):
    hors_recherche = True
    parent_page_types = ["home.HomePage"]
    subpage_types = ["newsletter.LettrePage"]
    max_count = 1


class LettrePage(BasePage):
    genre, genre_label = "lettre", "Lettre"
    parent_page_types = ["newsletter.LettresIndexPage"]
    subpage_types = []
