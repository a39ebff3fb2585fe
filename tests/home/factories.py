"""Builders of the home room: standard pages, glossary, map of the site, a home page with all its sections."""

from home.chargement.base import read_yaml
from home.models import GlossairePage, HomePage, PlanDuSitePage, StandardPage
from tests.factories import published


def standard_page(parent, slug: str = "texte", *, title: str = "Une page de texte", corps=(), **fields) -> StandardPage:
    return published(parent, StandardPage(title=title, slug=slug, corps=list(corps), **fields))


def glossaire_page(parent) -> GlossairePage:
    return published(parent, GlossairePage(title="Glossaire", slug="glossaire", chapo="Les mots du site."))


def plan_page(parent) -> PlanDuSitePage:
    return published(parent, PlanDuSitePage(title="Plan du site", slug="plan-du-site", chapo="Toutes les pages."))


def with_sections(home: HomePage) -> HomePage:
    """The home page with the sections of the initial content."""
    home.sections = read_yaml("textes_pages")["accueil"]
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)
