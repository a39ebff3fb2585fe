"""Writing of checked rows, in one transaction: the database and the stored files go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex
from wagtail.signal_handlers import disable_reference_index_auto_update

from core.models import Organisme
from kit.importation.projet import CREEE, ERREUR, INCHANGEE, Projet
from kit.importation.validation import same_name
from kit.models import FichierRessource, NaturePage, ProducteurDeRessource, RessourcePage

if TYPE_CHECKING:
    from pathlib import Path

    from django.core.files.storage import Storage


def write(projets: list[Projet], *, ignorer_erreurs: bool = False) -> bool:
    """Write the rows without faults; tell whether anything was kept.

    A row that the database or a page's own rules refuse at last is added its fault. Then, unless errors are
    ignored, everything is undone.
    """
    return Ecriture(ignorer_erreurs).run(projets)


class Ecriture:
    """One run: what it knows of organisations, and the files that it stored."""

    def __init__(self, ignorer_erreurs: bool) -> None:
        self.ignorer_erreurs = ignorer_erreurs
        self.stored: list[tuple[Storage, str]] = []
        self.organisations: dict[str, Organisme] = {}

    def run(self, projets: list[Projet]) -> bool:
        self._read_organisations()
        kept = False
        try:
            with transaction.atomic():
                for projet in projets:
                    if projet.etat not in (ERREUR, INCHANGEE):
                        self._try(projet)
                kept = self.ignorer_erreurs or not any(projet.erreurs for projet in projets)
                transaction.set_rollback(not kept)
        finally:
            if not kept:
                self._forget_files(0)
        return kept

    def _try(self, projet: Projet) -> None:
        """Write one row, or leave no trace of it."""
        mark = len(self.stored)
        try:
            # The index of references follows once per row, not once per thing that the row saves.
            with transaction.atomic():
                with disable_reference_index_auto_update():
                    page = self._write(projet)
                ReferenceIndex.create_or_update_for_object(page)
        except ValidationError as error:
            projet.erreurs.extend(error.messages)
            self._forget_files(mark)
            self._read_organisations()

    def _forget_files(self, mark: int) -> None:
        for storage, name in self.stored[mark:]:
            storage.delete(name)
        del self.stored[mark:]

    def _read_organisations(self) -> None:
        self.organisations = {same_name(each.nom): each for each in Organisme.objects.all()}

    # --- one resource

    def _write(self, projet: Projet) -> RessourcePage:
        # Read anew each time: a row undone would leave a wrong count of children in memory.
        nature = NaturePage.objects.get(pk=projet.nature_id)
        created = projet.etat == CREEE
        if created:
            page = RessourcePage(slug=projet.slug, live=False)
            self._fill(page, projet)
            nature.add_child(instance=page)
        else:
            live = RessourcePage.objects.get(pk=projet.page_id)
            if not live.is_child_of(nature):
                live.move(nature, pos="last-child")
                live = RessourcePage.objects.get(pk=live.pk)
            page = live.get_latest_revision_as_object()
            self._fill(page, projet)
        revision = page.save_revision(log_action=not created)
        publish = projet.publie if projet.publie is not None else not created and page.live
        if publish:
            revision.publish()
        return RessourcePage.objects.get(pk=page.pk)

    def _fill(self, page: RessourcePage, projet: Projet) -> None:
        page.title = projet.titre
        page.draft_title = projet.titre
        page.resume = projet.resume
        page.date = projet.date
        if projet.rubrique_dite or "nature" in projet.changements:
            page.rubrique_id = projet.rubrique_id
        page.producteurs = [
            ProducteurDeRessource(sort_order=rank, organisme=self._organisation(name))
            for rank, name in enumerate(projet.producteurs)
        ]
        if projet.mots_cles is not None:
            page.mots_cles.set(projet.mots_cles)
        if projet.fichier is not None and (page.pk is None or "fichier" in projet.changements):
            self._attach(page, projet.fichier, projet.titre)

    def _organisation(self, name: str) -> Organisme:
        key = same_name(name)
        if key not in self.organisations:
            self.organisations[key] = Organisme.objects.create(nom=name)
        return self.organisations[key]

    def _attach(self, page: RessourcePage, fichier: Path, titre: str) -> None:
        """Make `fichier` the first file of `page`, in place of the first one; the others stay.

        The file replaced remains in the library: an earlier revision may need it.
        """
        document = get_document_model()(title=titre)
        with fichier.open("rb") as stream:
            document.file.save(fichier.name, File(stream), save=False)
        self.stored.append((document.file.storage, document.file.name))
        document._set_document_file_metadata()
        document.file.close()
        document.save()
        others = list(page.fichiers.all())[1:] if page.pk else []
        for rank, other in enumerate(others, start=1):
            other.sort_order = rank
        page.fichiers = [FichierRessource(sort_order=0, document=document), *others]
