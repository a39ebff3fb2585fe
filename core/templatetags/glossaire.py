"""Links to the glossary in the running text of a page."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.lexique import link_terms, termes_lies
from core.version import request_version

register = template.Library()


@register.simple_block_tag(takes_context=True)
def termes_du_glossaire(context, content) -> str:
    """What is between the tags, with approved terms linked; the script that opens them comes with the first one."""
    request, page = context.get("request"), context.get("page")
    if request is None or ("prose" not in content and 'class="terme"' not in content):
        return content
    linked = link_terms(str(content), termes_lies(request_version(request)), getattr(page, "pk", None))
    if 'class="terme"' in linked:
        linked += format_html('<script type="module" src="{}"></script>', static("js/glossaire.js"))
    # The content was rendered by templates, and what is added is escaped.
    return mark_safe(linked)  # noqa: S308
