"""Public addresses of fils_rouges that are not pages; their last part is in `models.fil_rouge.SLUGS_RESERVES`."""

from django.urls import path

from fils_rouges import views

urlpatterns = [
    path("fils-rouges/comparer/", views.comparer, name="comparer"),
]
