"""Structured data of a page, for machines: schema.org as JSON-LD."""

import json

from django import template
from django.utils.safestring import mark_safe

from core.context import absolute_base
from core.templatetags.navigation import breadcrumb_of

register = template.Library()
# As django.utils.html.json_script does: no text can close the script element.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def donnees_structurees(context) -> str:
    """The page's own JSON-LD objects and its breadcrumb, in one script element of data."""
    request, page = context.get("request"), context.get("page")
    graph = list(context.get("schema_org") or [])
    if request is not None and page is not None and page.pk:
        base = absolute_base(request)
        trail = breadcrumb_of(page, request)
        if len(trail) > 1:
            graph.append(
                {
                    "@type": "BreadcrumbList",
                    "itemListElement": [
                        {"@type": "ListItem", "position": rank, "name": title, "item": f"{base}{url}"}
                        for rank, (title, url) in enumerate(trail, start=1)
                    ],
                }
            )
    if not graph:
        return ""
    data = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{data.translate(ESCAPES)}</script>')  # noqa: S308
