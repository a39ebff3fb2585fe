"""Builders of the MOOC's pages."""

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from mooc.models import EpisodePage, FilRougeSuivi, LienAllonsPlusLoin, MoocPage, TourDeParole, VideoPage


def mooc_page(home, **fields) -> MoocPage:
    return home.add_child(instance=MoocPage(title="MOOC", slug="mooc", **fields))


def episode_page(mooc, numero: int = 1, **fields) -> EpisodePage:
    fields.setdefault("title", f"Question de l’épisode {numero} ?")
    fields.setdefault("titre_court", f"Épisode d’essai {numero}")
    return mooc.add_child(instance=EpisodePage(numero=numero, **fields))


def video_page(episode, slug: str = "entretien", turns: int = 0, **fields) -> VideoPage:
    fields.setdefault("title", "Un entretien d’essai")
    page = VideoPage(slug=slug, **fields)
    page.tours = [
        TourDeParole(
            sort_order=rank, locuteur="Question" if rank % 2 == 0 else "Réponse", debut=rank * 10, fin=rank * 10 + 9,
            texte=f"Voici le tour numéro {rank}.", role="question" if rank % 2 == 0 else "reponse",
        )
        for rank in range(turns)
    ]  # fmt: skip
    return episode.add_child(instance=page)


def document(name: str, content: bytes = b"contenu"):
    made = get_document_model()(title=name)
    made.file.save(name, ContentFile(content), save=False)
    made._set_document_file_metadata()
    made.save()
    return made


def read_further(episode, page, note: str = "") -> None:
    LienAllonsPlusLoin.objects.create(page=episode, cible=page, note=note)


def follow(episode, fil_rouge) -> None:
    FilRougeSuivi.objects.create(page=episode, fil_rouge=fil_rouge)
