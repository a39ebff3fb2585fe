"""Public addresses of mediatheque."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from mediatheque.diffusion import couverture, document, media

urlpatterns = [
    path("media/<path:chemin>", require_safe(media), name="media"),
    path("documents/<int:document_id>/couverture.webp", require_safe(couverture), name="couverture"),
    # The same address as Wagtail's own view, before it in config.urls.
    re_path(r"^documents/(\d+)/(.*)$", require_safe(document), name="document"),
]
