"""Public addresses of evenements."""

from django.urls import path

from evenements import views

# Wagtail allows accented slugs, which Django's `slug` converter refuses.
urlpatterns = [
    path("rencontres/<str:slug>/programme.ics", views.programme_ics, name="programme_ics"),
]
