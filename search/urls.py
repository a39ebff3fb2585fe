"""Public addresses of search."""

from django.urls import path

from search import clics, flux, views

urlpatterns = [
    path("recherche/", views.recherche, name="recherche"),
    path("recherche/suggestions/", views.suggestions, name="recherche_suggestions"),
    path("recherche/clic/", clics.clic, name="recherche_clic"),
    path("api/recherche/", views.api, name="recherche_api"),
    path("flux/recherche/", flux.FluxDeRecherche(), name="recherche_flux"),
]
