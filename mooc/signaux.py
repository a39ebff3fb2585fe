"""What the room does when a page changes: an interview, or one that an episode sends to."""

from collections.abc import Collection

from wagtail.signals import page_published

from mooc.mentions import recenser


def _interview_published(sender, instance, **kwargs) -> None:
    recenser(instance)


def episodes_qui_citent(page_ids: Collection[int]) -> set[int]:
    """The episodes that say in « Allons plus loin » why to read these pages."""
    from mooc.models import LienAllonsPlusLoin

    links = LienAllonsPlusLoin.objects.filter(cible_id__in=page_ids).exclude(note="")
    return set(links.values_list("page_id", flat=True))


def moocs_produits_par(organisation_ids: Collection[int]) -> set[int]:
    """The pages of MOOCs that these organisations made."""
    from mooc.models import ProducteurDuMooc

    producers = ProducteurDuMooc.objects.filter(organisme_id__in=organisation_ids)
    return set(producers.values_list("page_id", flat=True))


def connect() -> None:
    """Called once, by `MoocConfig.ready`."""
    from mooc.models import VideoPage

    page_published.connect(_interview_published, sender=VideoPage, dispatch_uid="mooc.interview_published")
