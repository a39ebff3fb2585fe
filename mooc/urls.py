"""Public addresses of the MOOC that are not pages: the transcript of an interview, to read and as files."""

from django.urls import re_path

from mooc import views

INTERVIEW = r"^mooc/episode-(?P<numero>[0-9]{1,2})/(?P<video>[\w-]+)/"

urlpatterns = [
    # Wagtail's catch-all comes after: it would take « transcription.vtt » for a page.
    re_path(
        INTERVIEW + r"transcription\.(?P<extension>vtt|srt|txt|pdf)$", views.transcription, name="mooc_transcription"
    ),
    re_path(INTERVIEW + r"transcription/$", views.lecture, name="mooc_lecture"),
]
