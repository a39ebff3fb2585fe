"""All addresses of the site; the contract is in docs/architecture.md."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("", include("mediatheque.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("search.urls")),
    path("", include("parcours.urls")),
    path("", include("kit.urls")),
    path("", include("mooc.urls")),
    path("", include("fils_rouges.urls")),
    path("", include("evenements.urls")),
    path("", include("newsletter.urls")),
    path("", include("home.urls")),
]

if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()

urlpatterns += [path("", include(wagtail_urls))]

handler400 = "home.errors.bad_request"
handler404 = "home.errors.not_found"
handler500 = "home.errors.server_error"
