"""The first panel of the dashboard: the commonest tasks, one click away."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from home.models import HomePage
from kit.models import NaturePage


class BienvenuePanel(Component):
    """« Publier une ressource », « Corriger une page », « Voir les abonnements »: what this person may do."""

    name = "bienvenue"
    template_name = "home/admin/bienvenue.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict:
        request: HttpRequest = (parent_context or {})["request"]
        user = request.user
        home = HomePage.objects.first()
        may_read_subscriptions = user.has_perm("newsletter.view_abonnement")
        return {
            "natures": [
                {
                    "titre": nature.title,
                    "url": reverse("wagtailadmin_pages:add", args=["kit", "ressourcepage", nature.pk]),
                }
                for nature in NaturePage.objects.live().order_by("path")
                if nature.permissions_for_user(user).can_add_subpage()
            ],
            "pages": reverse("wagtailadmin_explore", args=[home.pk]) if home else "",
            "recherche": reverse("wagtailadmin_pages:search"),
            "abonnements": "/admin/abonnements/" if may_read_subscriptions else "",
        }
