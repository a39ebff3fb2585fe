"""What Wagtail is told of interviews: the workshop of their transcript, what their turns name, and other names."""

from collections.abc import Iterator

from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from mooc.atelier import atelier
from mooc.models import AutreNom, VideoPage
from mooc.renvois import renvois


@hooks.register("register_admin_urls")
def adresses_des_entretiens() -> list:
    return [
        path("mooc/entretiens/<int:pk>/transcription/", atelier, name="atelier_de_transcription"),
        path("mooc/entretiens/<int:pk>/renvois/", renvois, name="renvois_de_l_entretien"),
    ]


@hooks.register("register_page_listing_more_buttons")
def boutons_d_un_entretien(page, user, next_url=None) -> Iterator[Button]:
    if isinstance(page, VideoPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            "Corriger la transcription",
            reverse("atelier_de_transcription", args=[page.pk]),
            icon_name="openquote",
            priority=5,
        )
        yield Button(
            "Décider des renvois", reverse("renvois_de_l_entretien", args=[page.pk]), icon_name="link", priority=6
        )


class AutreNomViewSet(SnippetViewSet):
    """How people call a fil rouge or a resource when they speak."""

    model = AutreNom
    icon = "tag"
    menu_label = "Autres noms"
    menu_order = 420
    add_to_admin_menu = True
    list_display = ["nom", "page"]
    list_per_page = 50


register_snippet(AutreNomViewSet)
