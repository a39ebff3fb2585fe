"""Builders of the smallest objects that a test needs; each room adds its own in tests/<room>/."""

import uuid

from django.utils.timezone import now
from wagtail.models import Page, Site
from wagtail.signals import page_published

from core.version import bump_version
from home.models import HomePage


def site_with_home(title: str = "Accueil d’essai") -> HomePage:
    """A home page as root of the default site, alone in the tree."""
    root = Page.objects.get(depth=1)
    home = root.add_child(instance=HomePage(title=title, slug="accueil-essai"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "root_page": home}
    )
    for other in root.get_children().exclude(pk=home.pk):
        other.delete()
    return HomePage.objects.get(pk=home.pk)


def published(parent: Page, page: Page):
    """This page below its parent, published as the rest of the site sees it, but without a revision.

    Three times quicker than through a revision, of which most tests need nothing.
    """
    page.live = True
    page.first_published_at = page.last_published_at = now()
    type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    page_published.send(sender=type(page), instance=page, revision=None)
    return type(page).objects.get(pk=page.pk)


def clone_page(source: Page, count: int) -> list[int]:
    """Put `count` live copies of a page beside it, with few queries and no signal; the keys of the copies.

    Children rows of inline panels are not copied. Meant for tests of cost: hundreds of pages in a second.
    """
    source = source.specific
    parent = source.get_parent()
    model = type(source)
    first = parent.numchild + 1
    base_fields = {
        field.attname: getattr(source, field.attname) for field in Page._meta.concrete_fields if not field.primary_key
    }
    pages = []
    for rank in range(first, first + count):
        slug = f"{source.slug}-copie-{rank}"
        pages.append(
            Page(
                **base_fields
                | {
                    "path": Page._get_path(parent.path, parent.depth + 1, rank + 500),
                    "slug": slug,
                    "url_path": f"{parent.url_path}{slug}/",
                    "translation_key": uuid.uuid4(),
                    "title": f"{source.title} {rank}",
                    "draft_title": f"{source.title} {rank}",
                    "latest_revision_id": None,
                    "live_revision_id": None,
                }
            )
        )
    Page.objects.bulk_create(pages)
    own_fields = [field.attname for field in model._meta.local_concrete_fields if not field.primary_key]
    for page in pages:
        copy = model(page_ptr_id=page.pk, **{name: getattr(source, name) for name in own_fields})
        copy.save_base(raw=True, force_insert=True)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    bump_version()
    return [page.pk for page in pages]
