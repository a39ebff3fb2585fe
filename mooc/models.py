"""The MOOC, its episodes and their interviews."""

from core.models import BasePage


class MoocPage(BasePage):
    genre, genre_label = "mooc", "MOOC"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["mooc.EpisodePage"]
    max_count = 1


class EpisodePage(BasePage):
    genre, genre_label = "episode", "Épisode"
    parent_page_types = ["mooc.MoocPage"]
    subpage_types = ["mooc.VideoPage"]


class VideoPage(BasePage):
    genre, genre_label = "entretien", "Entretien"
    parent_page_types = ["mooc.EpisodePage"]
    subpage_types = []
