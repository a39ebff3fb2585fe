"""Models of the base: user, page, vocabularies, version. They name no feature and hold no key to mediatheque."""

from core.models.page import BasePage
from core.models.user import Utilisateur
from core.models.version import VersionDuContenu
from core.models.vocabulary import Organisme, Terme, Territoire

__all__ = ["BasePage", "Organisme", "Terme", "Territoire", "Utilisateur", "VersionDuContenu"]
