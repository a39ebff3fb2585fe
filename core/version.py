"""One number that grows with every change of public content, and the caches keyed by it.

A fragment cached under the current number can never be stale, in any number of processes, at the price of one
small query per request.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models import F
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

from core.signals import contenu_change

T = TypeVar("T")
ONE_DAY = 86_400
# Models of other apps whose change is visible to the public.
WATCHED = {
    "wagtailcore.page", "wagtailcore.pageviewrestriction", "wagtailcore.collection",
    "wagtailcore.collectionviewrestriction", "wagtailcore.site",
}  # fmt: skip


def current_version() -> int:
    """The number of the content as this transaction sees it: one query."""
    from core.models import VersionDuContenu

    return VersionDuContenu.objects.values_list("numero", flat=True).filter(pk=1).first() or 0


def bump_version() -> None:
    """Make every fragment cached so far unreachable; part of the caller's transaction."""
    from core.models import VersionDuContenu

    if not VersionDuContenu.objects.filter(pk=1).update(numero=F("numero") + 1):
        VersionDuContenu.objects.get_or_create(pk=1)
    contenu_change.send(sender=VersionDuContenu)


def hold_version() -> None:
    """Make the other writers of public content wait for the end of this transaction; readers never do.

    Whoever changes content takes the same row by `bump_version`: what is read after this call is the last word.
    SQLite has one writer at a time, and needs none of it.
    """
    from core.models import VersionDuContenu

    if not list(VersionDuContenu.objects.select_for_update().filter(pk=1)):
        bump_version()


def cached(version: int, key: str, compute: Callable[[], T]) -> T:
    """The value of `compute()` for this version of the content, computed at most once a day per version."""
    full_key = f"v{version}:{key}"
    value = cache.get(full_key)
    if value is None:
        value = compute()
        cache.set(full_key, value, ONE_DAY)
    return value


def request_version(request) -> int:
    """The version seen by this request, asked once."""
    if not hasattr(request, "_content_version"):
        request._content_version = current_version()
    return request._content_version


def _is_public_content(sender) -> bool:
    if getattr(sender, "hors_version", False):
        return False
    meta = sender._meta
    return meta.label_lower in WATCHED or meta.app_label in settings.LOCAL_APPS


def _content_changed(sender, **kwargs) -> None:
    if not kwargs.get("raw") and _is_public_content(sender):
        bump_version()


def _relation_changed(sender, instance, action, **kwargs) -> None:
    if action.startswith("post_") and _is_public_content(type(instance)):
        bump_version()


def _page_moved(sender, **kwargs) -> None:
    bump_version()


def connect() -> None:
    """Listen to every change; called once, by `CoreConfig.ready`."""
    post_save.connect(_content_changed, dispatch_uid="core.version.save")
    post_delete.connect(_content_changed, dispatch_uid="core.version.delete")
    m2m_changed.connect(_relation_changed, dispatch_uid="core.version.m2m")
    post_page_move.connect(_page_moved, dispatch_uid="core.version.move")
