"""Public addresses of mediatheque."""

from django.urls import path
from django.views.decorators.http import require_safe

from mediatheque.diffusion import media

urlpatterns = [path("media/<path:chemin>", require_safe(media), name="media")]
