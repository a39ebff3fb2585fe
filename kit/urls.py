"""Public addresses of kit."""

from django.urls import URLPattern, URLResolver, path

from kit.feeds import RessourcesFeed

urlpatterns: list[URLPattern | URLResolver] = [
    path("flux/ressources/", RessourcesFeed(), name="flux_ressources"),
]
