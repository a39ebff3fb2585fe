"""The newsletter: sign-up pages, archive of issues, subscriptions."""

from newsletter.models.abonnement import Abonnement
from newsletter.models.lettres import LettrePage, LettresIndexPage
from newsletter.models.pages import LandingPage, NewsletterIndexPage, PageInscription

__all__ = [
    "Abonnement",
    "LandingPage",
    "LettrePage",
    "LettresIndexPage",
    "NewsletterIndexPage",
    "PageInscription",
]
