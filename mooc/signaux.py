"""What the room does when an interview is published."""

from wagtail.signals import page_published

from mooc.mentions import recenser


def _interview_published(sender, instance, **kwargs) -> None:
    recenser(instance)


def connect() -> None:
    """Called once, by `MoocConfig.ready`."""
    from mooc.models import VideoPage

    page_published.connect(_interview_published, sender=VideoPage, dispatch_uid="mooc.interview_published")
