"""Addresses of the whole site that are not pages."""

from django.urls import path

from home import machines, partage

urlpatterns = [
    path("partage/<int:page_id>.png", partage.image_de_partage, name="image_de_partage"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap_xml, name="sitemap"),
    path("sante/", machines.alive, name="sante"),
    path("sante/pret/", machines.ready, name="sante_pret"),
    path("api/v2/", machines.api_router.urls),
]
