"""Public addresses of parcours that are not pages."""

from django.urls import path

from parcours.matrice import matrice

urlpatterns = [
    path("kit/matrice/", matrice, name="matrice"),
]
