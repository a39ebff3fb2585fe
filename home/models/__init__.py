"""The home page, the standard pages, and the marks of the initial content."""

from home.models.accueil import HomePage
from home.models.charge import ContenuCharge
from home.models.pages import GlossairePage, PlanDuSitePage, StandardPage

__all__ = ["ContenuCharge", "GlossairePage", "HomePage", "PlanDuSitePage", "StandardPage"]
