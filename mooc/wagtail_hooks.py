"""What Wagtail is told of interviews: the workshop where their transcript is corrected beside the player."""

from collections.abc import Iterator

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button

from mooc.atelier import atelier
from mooc.models import VideoPage


@hooks.register("register_admin_urls")
def adresse_de_l_atelier() -> list:
    return [path("mooc/entretiens/<int:pk>/transcription/", atelier, name="atelier_de_transcription")]


@hooks.register("register_page_listing_more_buttons")
def bouton_de_l_atelier(page, user, next_url=None) -> Iterator[Button]:
    if isinstance(page, VideoPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            "Corriger la transcription",
            reverse("atelier_de_transcription", args=[page.pk]),
            icon_name="openquote",
            priority=5,
        )
