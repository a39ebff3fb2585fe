"""What Wagtail does in several steps is done wholly or not at all.

Wagtail commits a page, then tells it: stopped between the two, the site would find a page by its former text, or
show what was just made private until a cache expires. Here the page, the version of the content and the search
index change in one transaction, whatever starts the change: an editor, a scheduled publication, a script.
"""

from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.signals import collection_deplacee
from core.version import bump_version

ACTIONS = (
    CopyPageAction, CreatePageAliasAction, MovePageAction, PublishRevisionAction, UnpublishAction, UnpublishPageAction,
)  # fmt: skip


def connect() -> None:
    """Make each action of Wagtail one transaction; called once, by `CoreConfig.ready`."""
    for action in ACTIONS:
        action.execute = transaction.atomic(action.execute)
    for restriction in (CollectionViewRestriction, PageViewRestriction):
        # Django commits a saved object, then tells it.
        restriction.save = transaction.atomic(restriction.save)
    Collection.move = _telling(Collection.move)


def _telling(move):
    """Wagtail tells nothing of a collection that is moved, though its documents may become private."""

    @transaction.atomic
    def move_and_tell(self, *args, **kwargs):
        move(self, *args, **kwargs)
        bump_version()
        collection_deplacee.send(sender=Collection, collection=Collection.objects.get(pk=self.pk))

    return move_and_tell


class AtomicAdminMiddleware:
    """Each request by which an editor changes something is one transaction.

    Placed last: what it answers skips the `process_view` of the middleware that would follow.
    """

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponseBase | None:
        if request.method == "POST" and request.path.startswith("/admin/"):
            return transaction.atomic(view)(request, *args, **kwargs)
        return None
