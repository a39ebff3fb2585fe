"""The kit: its natures, its resources, and the documents that the site wrote itself."""

from kit.models.documents import DocumentDuSite, DocumentsDuSitePage
from kit.models.ressource import FichierRessource, MotCleDeRessource, ProducteurDeRessource, RessourcePage
from kit.models.sections import KitPage, NaturePage, Rubrique

__all__ = [
    "DocumentDuSite",
    "DocumentsDuSitePage",
    "FichierRessource",
    "KitPage",
    "MotCleDeRessource",
    "NaturePage",
    "ProducteurDeRessource",
    "RessourcePage",
    "Rubrique",
]
