"""The MOOC, its episodes and their interviews."""

from mooc.models.episode import EpisodePage, FilRougeSuivi, LienAllonsPlusLoin
from mooc.models.mention import AutreNom, Mention
from mooc.models.mooc import MoocPage, ProducteurDuMooc
from mooc.models.video import Chapitre, TourDeParole, VideoPage

__all__ = [
    "AutreNom",
    "Chapitre",
    "EpisodePage",
    "FilRougeSuivi",
    "LienAllonsPlusLoin",
    "Mention",
    "MoocPage",
    "ProducteurDuMooc",
    "TourDeParole",
    "VideoPage",
]
