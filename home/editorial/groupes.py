"""The two groups and the review between them, made once: afterwards they belong to the administrator."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail import hooks
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    TaskState,
    Workflow,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)
from wagtail.snippets.models import get_snippet_models

REDACTION, RELECTURE = "Rédaction", "Relecture"

# (app, codename); Wagtail attaches the rights on files to its own models, even when ours replace them.
ACCESS = [("wagtailadmin", "access_admin")]
PAGES = {
    REDACTION: ["add_page", "change_page"],
    RELECTURE: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page", "bulk_delete_page"],
}
FILES = {
    REDACTION: ["add_image", "choose_image", "add_document", "choose_document"],
    RELECTURE: ["add_image", "change_image", "choose_image", "add_document", "change_document", "choose_document"],
}
OTHERS = {
    # A writer names a new producer without leaving the resource.
    REDACTION: [
        ("core", "add_organisme"),
        ("mediatheque", "add_customdocument"),
        ("parcours", "view_etapedujour"),
        ("search", "view_recherchedujour"),
    ],
    RELECTURE: [
        ("core", "change_coordonnees"),
        ("mediatheque", "add_customdocument"),
        ("newsletter", "view_abonnement"),
        ("parcours", "view_etapedujour"),
        ("search", "view_recherchedujour"),
        ("wagtailredirects", "add_redirect"),
        ("wagtailredirects", "change_redirect"),
        ("wagtailredirects", "delete_redirect"),
    ],
}


def permissions(pairs: list[tuple[str, str]]) -> list[Permission]:
    """The permissions named by (app, codename)."""
    query = Q(pk__in=[])
    for app, codename in pairs:
        query |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(query))


def vocabulary_permissions() -> list[tuple[str, str]]:
    """Adding, changing and deleting in every vocabulary that the admin shows."""
    hooks.search_for_hooks()
    return [
        (model._meta.app_label, f"{action}_{model._meta.model_name}")
        for model in get_snippet_models()
        for action in ("add", "change", "delete")
    ]


def make_group(name: str, home: Page) -> Group:
    """The group `name` with its rights below `home`; one that somebody made by that name is left as it is."""
    group, created = Group.objects.get_or_create(name=name)
    if not created:
        return group
    others = OTHERS[name] + (vocabulary_permissions() if name == RELECTURE else [])
    group.permissions.set(permissions([*ACCESS, *others]))
    for permission in permissions([("wagtailcore", codename) for codename in PAGES[name]]):
        GroupPagePermission.objects.create(group=group, page=home, permission=permission)
    collection = Collection.get_first_root_node()
    pairs = [(app, codename) for app in ("wagtailimages", "wagtaildocs") for codename in FILES[name]]
    for permission in permissions(pairs):
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
    return group


def make_workflow(reviewers: Group, home: Page) -> Workflow:
    """« Relecture »: one approval by the reviewers, for the whole site."""
    workflow, created = Workflow.objects.get_or_create(name=RELECTURE)
    if created:
        task = GroupApprovalTask.objects.create(name=RELECTURE)
        task.groups.add(reviewers)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})
    return workflow


def remove_defaults() -> None:
    """Remove what Wagtail's migrations put there, in English, as long as nobody uses it."""
    for workflow in Workflow.objects.filter(name="Moderators approval"):
        if not WorkflowState.objects.filter(workflow=workflow).exists():
            workflow.delete()
    for task in GroupApprovalTask.objects.filter(name="Moderators approval"):
        if not TaskState.objects.filter(task=task).exists() and not task.workflow_tasks.exists():
            task.delete()
    for group in Group.objects.filter(name__in=["Editors", "Moderators"]):
        if not group.user_set.exists() and not GroupApprovalTask.objects.filter(groups=group).exists():
            group.delete()
