"""Models of the base: user, page, vocabularies, version. They name no feature and hold no key to mediatheque."""

from core.models.coordonnees import Coordonnees, courriel_de_contact
from core.models.page import BasePage
from core.models.user import Utilisateur
from core.models.version import VersionDuContenu
from core.models.vocabulary import ExclusionDeTerme, Organisme, Terme, Territoire

__all__ = [
    "BasePage",
    "Coordonnees",
    "ExclusionDeTerme",
    "Organisme",
    "Terme",
    "Territoire",
    "Utilisateur",
    "VersionDuContenu",
    "courriel_de_contact",
]
