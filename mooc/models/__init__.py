"""The MOOC, its episodes and their interviews."""

from mooc.models.episode import EpisodePage, FilRougeSuivi, LienAllonsPlusLoin
from mooc.models.mooc import MoocPage, ProducteurDuMooc
from mooc.models.video import Chapitre, TourDeParole, VideoPage

__all__ = [
    "Chapitre",
    "EpisodePage",
    "FilRougeSuivi",
    "LienAllonsPlusLoin",
    "MoocPage",
    "ProducteurDuMooc",
    "TourDeParole",
    "VideoPage",
]
