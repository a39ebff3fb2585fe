"""What machines read: robots.txt, sitemap, health, Wagtail's read-only API."""

from typing import ClassVar

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.serializers import PageHtmlUrlField, PageSerializer
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.search.query import PlainText

from core.context import absolute_base
from core.version import request_version


@cache_control(max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        f"Sitemap: {absolute_base(request)}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Wagtail's sitemap of live, public pages; addresses come from `BasePage.get_full_url`."""
    return sitemap(request)


def alive(request: HttpRequest) -> JsonResponse:
    """Liveness: this process answers."""
    return JsonResponse({"etat": "ok"})


def ready(request: HttpRequest) -> JsonResponse:
    """Readiness: the database answers, and the content is there."""
    try:
        version = request_version(request)
        connection.ensure_connection()
    except DatabaseError:
        return JsonResponse({"etat": "base de données injoignable"}, status=503)
    if not version:
        return JsonResponse({"etat": "contenu absent : lancez charger_contenu"}, status=503)
    return JsonResponse({"etat": "ok", "version_du_contenu": version})


class HtmlUrlField(PageHtmlUrlField):
    """The public address of a page, always filled, on the host that the client asked."""

    def to_representation(self, page):
        return page.specific.get_full_url(self.context["request"])


class PublicPageSerializer(PageSerializer):
    html_url = HtmlUrlField(read_only=True)


class KnownOperatorFilter(BaseFilterBackend):
    """Wagtail fails on an operator of search that it does not know."""

    def filter_queryset(self, request, queryset, view):
        if request.GET.get("search_operator", "").lower() not in ("", *PlainText.OPERATORS):
            raise BadRequestError("search_operator must be 'and' or 'or'")
        return queryset


class PublicPagesAPI(PagesAPIViewSet):
    """Public, live pages, read-only."""

    base_serializer_class = PublicPageSerializer
    filter_backends: ClassVar[list] = [KnownOperatorFilter, *PagesAPIViewSet.filter_backends]


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PublicPagesAPI)
