"""Public addresses of the MOOC that are not pages: the files of a transcript."""

from django.urls import re_path

from mooc import views

urlpatterns = [
    # Wagtail's catch-all comes after: it would take « transcription.vtt » for a page.
    re_path(
        r"^mooc/episode-(?P<numero>[0-9]{1,2})/(?P<video>[\w-]+)/transcription\.(?P<extension>vtt|srt|txt)$",
        views.transcription,
        name="mooc_transcription",
    ),
]
