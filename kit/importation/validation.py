"""Checking of rows against the kit as it is: every fault of every row is told at once, nothing is changed."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from wagtail.utils.file import hash_filelike

from kit.catalogue import fold
from kit.dates import validate_date
from kit.importation.lecture import Ligne, Tableau, excel_day
from kit.importation.projet import Projet
from kit.models import NaturePage, RessourcePage

if TYPE_CHECKING:
    from pathlib import Path

SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
# Control characters, tabulation and ends of line aside: no text holds any, and databases refuse the first.
INTERDITS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LONGUEURS = {"slug": 255, "titre": 255, "resume": 2000}
LIBELLES = {"slug": "slug", "titre": "titre", "resume": "résumé"}
STATUTS = {"publie": True, "brouillon": False}
NOM_MAX, MOT_CLE_MAX = 200, 100
OCTETS_MAX = 100 * 1000 * 1000


def check_rows(table: Tableau, dossier: Path) -> list[Projet]:
    """What each row asks for, with its faults; `dossier` is where the files named are."""
    return Controle(table, dossier).projets()


def same_name(name: str) -> str:
    """What two spellings of one organisation have in common."""
    return " ".join(fold(name).split())


class Controle:
    """The kit as it stands when the import begins, against which rows are checked."""

    def __init__(self, table: Tableau, dossier: Path) -> None:
        self.table = table
        self.dossier = dossier
        self.natures = {nature.slug: nature for nature in NaturePage.objects.prefetch_related("rubriques")}
        self.existing: dict[str, list[RessourcePage]] = defaultdict(list)
        slugs = {line.valeurs["slug"] for line in table.lignes}
        for page in RessourcePage.objects.all():
            if page.slug in slugs:
                self.existing[page.slug].append(page)
        self.seen: dict[str, int] = {}

    def projets(self) -> list[Projet]:
        return [self._check(line) for line in self.table.lignes]

    def _check(self, line: Ligne) -> Projet:
        projet = Projet(line.numero, erreurs=list(line.erreurs))
        values = line.valeurs
        forbidden = [name for name, text in values.items() if INTERDITS.search(text)]
        if forbidden:
            projet.erreurs.append(f"caractère interdit dans : {', '.join(forbidden)}")
        if projet.erreurs:
            return projet
        self._texts(projet, values)
        self._place(projet, values)
        self._lists(projet, values)
        self._file(projet, values.get("fichier", ""))
        self._existing_page(projet)
        return projet

    # --- one aspect each

    def _texts(self, projet: Projet, values: dict[str, str]) -> None:
        projet.slug, projet.titre, projet.resume = values["slug"], " ".join(values["titre"].split()), values["resume"]
        projet.date = excel_day(values["date"])
        for name, limit in LONGUEURS.items():
            if len(values[name]) > limit:
                projet.erreurs.append(f"{LIBELLES[name]} trop long : {len(values[name])} caractères, {limit} au plus")
        if not projet.slug:
            projet.erreurs.append("slug vide")
        elif not SLUG.fullmatch(projet.slug):
            projet.erreurs.append(
                f"slug invalide : « {projet.slug[:60]} » (minuscules sans accent, chiffres et traits d’union)"
            )
        elif projet.slug in self.seen:
            projet.erreurs.append(f"slug en double : « {projet.slug} » est déjà à la ligne {self.seen[projet.slug]}")
        else:
            self.seen[projet.slug] = projet.numero
        if not projet.titre:
            projet.erreurs.append("titre vide")
        if projet.date:
            try:
                validate_date(projet.date)
            except ValidationError as error:
                projet.erreurs.append(f"date « {projet.date[:40]} » : {error.messages[0]}")
        status = fold(values.get("statut", ""))
        if status and status not in STATUTS:
            projet.erreurs.append(f"statut inconnu : « {status[:40]} » (publie ou brouillon)")
        projet.publie = STATUTS.get(status)
        if projet.publie and not projet.resume:
            projet.erreurs.append("résumé vide : il en faut un pour publier")

    def _place(self, projet: Projet, values: dict[str, str]) -> None:
        nature = self.natures.get(values["nature"])
        if nature is None:
            told = f"nature inconnue : « {values['nature'][:60]} »" if values["nature"] else "nature vide"
            projet.erreurs.append(f"{told} (natures : {', '.join(sorted(self.natures)) or 'aucune'})")
            return
        projet.nature_id = nature.pk
        if "rubrique" not in values:
            return
        projet.rubrique_dite = True
        rubriques = {rubrique.slug: rubrique.pk for rubrique in nature.rubriques.all()}
        wanted = values["rubrique"]
        if wanted and wanted not in rubriques:
            projet.erreurs.append(
                f"rubrique inconnue dans « {nature.slug} » : « {wanted[:60]} » "
                f"(rubriques : {', '.join(rubriques) or 'aucune'})"
            )
        projet.rubrique_id = rubriques.get(wanted)

    def _lists(self, projet: Projet, values: dict[str, str]) -> None:
        projet.producteurs = _unique(values["producteurs"].split(";"))
        long_names = [name for name in projet.producteurs if len(name) > NOM_MAX]
        if long_names:
            projet.erreurs.append(f"nom de producteur trop long : « {long_names[0][:60]}… » ({NOM_MAX} au plus)")
        if "mots_cles" in values:
            projet.mots_cles = _unique(re.split(r"[;,]", values["mots_cles"]))
            if any(len(word) > MOT_CLE_MAX for word in projet.mots_cles):
                projet.erreurs.append(f"mot-clé trop long ({MOT_CLE_MAX} caractères au plus)")

    def _file(self, projet: Projet, name: str) -> None:
        if not name:
            return
        try:
            projet.fichier = self._locate(name)
        except ValueError as error:
            projet.erreurs.append(f"fichier « {name[:120]} » : {error}")
        except OSError as error:
            projet.erreurs.append(f"fichier « {name[:120]} » : illisible ({error.strerror or error})")

    def _locate(self, name: str) -> Path:
        """The file called `name` in the folder of files, and nowhere else.

        Raises:
            ValueError: it may not or cannot be used; the message says why.
        """
        root = self.dossier.resolve()
        found = (root / name.replace("\\", "/")).resolve()
        if not found.is_relative_to(root):
            raise ValueError("il sort du dossier des fichiers")
        if not found.is_file():
            raise ValueError("introuvable dans le dossier des fichiers")
        extension = found.suffix[1:].lower()
        if extension not in settings.WAGTAILDOCS_EXTENSIONS:
            raise ValueError(f"format refusé (formats acceptés : {', '.join(settings.WAGTAILDOCS_EXTENSIONS)})")
        with found.open("rb") as stream:
            if not stream.read(1):
                raise ValueError("il est vide")
        if found.stat().st_size > OCTETS_MAX:
            raise ValueError("il pèse plus de 100 Mo")
        return found

    # --- against what exists

    def _existing_page(self, projet: Projet) -> None:
        found = self.existing.get(projet.slug, [])
        if len(found) > 1:
            projet.erreurs.append(f"plusieurs ressources du kit ont le slug « {projet.slug} » : renommez-en une")
        if not found or projet.erreurs:
            return
        page = found[0]
        if page.locked:
            projet.erreurs.append("cette ressource est verrouillée par la rédaction")
            return
        projet.page_id = page.pk
        projet.changements = differences(projet, page)
        if page.live and page.has_unpublished_changes and projet.publie is not False and projet.changements:
            projet.remarques.append("les modifications en attente sont publiées avec")
        if page.live and projet.publie is False:
            projet.remarques.append("la version en ligne le reste, le changement est un brouillon")


def differences(projet: Projet, page: RessourcePage) -> list[str]:
    """Labels of what `projet` changes in the latest state of `page`."""
    draft = page.get_latest_revision_as_object()
    keywords = None if projet.mots_cles is None else {fold(word) for word in projet.mots_cles}
    checks = {
        "titre": draft.title != projet.titre,
        "nature": page.get_parent().pk != projet.nature_id,
        "rubrique": projet.rubrique_dite and draft.rubrique_id != projet.rubrique_id,
        "producteurs": [same_name(name) for name in draft.noms_des_producteurs]
        != [same_name(name) for name in projet.producteurs],
        "date": draft.date != projet.date,
        "résumé": draft.resume.replace("\r\n", "\n") != projet.resume.replace("\r\n", "\n"),
        "mots-clés": keywords is not None and {fold(tag.name) for tag in draft.mots_cles.all()} != keywords,
        "fichier": projet.fichier is not None and not _holds(draft, projet.fichier),
        "publication": projet.publie is True and (not page.live or page.has_unpublished_changes),
    }
    return [label for label, changed in checks.items() if changed]


def _holds(page: RessourcePage, fichier: Path) -> bool:
    with fichier.open("rb") as stream:
        digest = hash_filelike(stream)
    return any(document.get_file_hash() == digest for document in page.documents())


def _unique(names: list[str]) -> list[str]:
    """The names without blanks around nor repetition, in order."""
    cleaned = [" ".join(name.split()) for name in names]
    return list({same_name(name): name for name in reversed(cleaned) if name}.values())[::-1]
