"""Menus and breadcrumb: generic questions about the page tree, answered once per version of the content."""

from django import template
from django.db.models import Q
from wagtail.models import Page, Site

from core.version import cached, request_version

register = template.Library()


def _menu_entries(request) -> list[tuple[str, str, str]]:
    """(title, url, url_path) of the pages of the main menu, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return []

    def compute():
        children = site.root_page.get_children().live().public().in_menu()
        return [(page.title, page.get_url(request), page.url_path) for page in children]

    return cached(request_version(request), f"menu:{site.pk}", compute)


@register.inclusion_tag("includes/menu.html", takes_context=True)
def menu(context) -> dict:
    """The main menu; the entry of the current section is marked."""
    request = context.get("request")
    if request is None:
        return {"entries": []}
    return {
        "entries": [
            {"titre": title, "url": url, "actif": bool(url) and request.path.startswith(url)}
            for title, url, _ in _menu_entries(request)
        ]
    }


def breadcrumb_of(page: Page, request) -> list[tuple[str, str]]:
    """(title, url) from the home page down to `page` itself."""

    def compute():
        # Of an ancestor that is not published, nothing is told.
        visible = Q(live=True) | Q(pk=page.pk)
        ancestors = page.get_ancestors(inclusive=True).filter(visible, depth__gte=2).order_by("path")
        trail = [(ancestor.title, ancestor.get_url(request)) for ancestor in ancestors]
        # The title of the home page is a promise, not the name of a place.
        return [("Accueil", "/"), *trail[1:]]

    return cached(request_version(request), f"ariane:{page.pk}", compute)


@register.inclusion_tag("includes/ariane.html", takes_context=True)
def ariane(context, titre: str = "") -> dict:
    """The breadcrumb of a page, or « Accueil › titre » for a view without a page."""
    page, request = context.get("page"), context["request"]
    if page is not None and page.pk and not titre:
        trail = breadcrumb_of(page, request)
    else:
        trail = [("Accueil", "/"), (titre, request.path)]
    return {"trail": trail[:-1], "courant": trail[-1][0] if trail else ""}


@register.inclusion_tag("includes/encarts.html", takes_context=True)
def encarts(context, emplacement: str) -> dict:
    """The insets that other rooms show in a slot of this page."""
    return {"encarts": context.get("encarts", {}).get(emplacement, []), "request": context.get("request")}


@register.simple_tag(takes_context=True)
def bloc(context, nom: str) -> str:
    """A named inset of another room (the subscription form), or nothing."""
    from django.template.loader import render_to_string

    from core.registry import registry

    request = context["request"]
    inset = registry.bloc(nom, request)
    return render_to_string(inset.template, inset.context, request=request) if inset else ""
