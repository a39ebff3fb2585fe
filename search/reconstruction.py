"""The whole index made true, without holding readers or editors up, whatever stopped it the last time."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator

from django.db import transaction

from core.models import Terme
from core.version import bump_version, hold_version
from search.analyse import ANALYSE_VERSION
from search.index import accorder, des_pages, des_termes, differences, indexables, par_lots, retirer
from search.models import Etiquettes, Mot, SearchEntry
from search.vocabulaire import cles_de, compter, ecarts

logger = logging.getLogger(__name__)

# Seconds between two transactions: a writer of SQLite asks again every tenth of a second at least, and would wait
# for the last of them otherwise.
PAUSE = 0.05


def reconstruire(*, complet: bool = False) -> int:
    """Make the whole index true: some pages at a time, or everything at once when the analysis has changed.

    Some pages at a time, each lot in a short transaction: what is already true is neither analysed nor written, so
    that it may be interrupted at any instant and goes on from there; readers always see each source whole.
    At once (`complet`, or rows of another analysis): one transaction; readers see the old index until its end.

    Returns:
        The number of passages of the index.
    """
    if complet or SearchEntry.objects.exclude(empreinte__startswith=f"{ANALYSE_VERSION}:").exists():
        changees = _tout_refaire()
    else:
        changees = sum(_par_lots())
    corriges = _corriger_les_mots()
    logger.info("Index: %s rows written or taken away, %s words mended", changees, corriges)
    return SearchEntry.objects.count()


@transaction.atomic
def _tout_refaire() -> int:
    hold_version()
    SearchEntry.objects.all()._raw_delete(using="default")
    Mot.objects.all()._raw_delete(using="default")
    Etiquettes.objects.all()._raw_delete(using="default")
    comptes: Counter[tuple[str, str]] = Counter()
    changees = sum(accorder(des_pages(lot), comptes) for lot in par_lots(_pages()))
    changees += sum(accorder(des_termes(lot), comptes) for lot in par_lots(_termes()))
    compter(comptes)
    bump_version()
    return changees


def _par_lots() -> Iterator[int]:
    """The number of rows changed by each lot; what is already true is read without holding any writer up."""
    for etat, champ, cles in ((des_pages, "page_id", _pages()), (des_termes, "source", _termes())):
        for lot in par_lots(cles):
            connues = etat(lot).en_place.values_list(champ, flat=True).order_by().distinct().count()
            if connues == len(lot) and not any(differences(etat(lot))):
                continue
            with transaction.atomic():
                hold_version()
                changees = accorder(etat(lot))
                bump_version()
            yield changees
            time.sleep(PAUSE)
    sans_source = SearchEntry.objects.filter(page=None).exclude(source__startswith="terme:")
    sans_ligne = Etiquettes.objects.exclude(pk__in=SearchEntry.objects.values("etiquettes_id"))
    if sans_source.exists() or sans_ligne.exists():
        with transaction.atomic():
            hold_version()
            changees = retirer(sans_source)
            sans_ligne.delete()
            bump_version()
        yield changees


def _pages() -> set[int]:
    """Keys of the pages that may be found, and of those that the index finds."""
    return set(indexables().values_list("pk", flat=True).order_by()).union(
        SearchEntry.objects.exclude(page=None).values_list("page_id", flat=True).order_by().distinct()
    )


def _termes() -> set[int]:
    sources = SearchEntry.objects.filter(source__startswith="terme:").values_list("source", flat=True)
    return set(Terme.objects.values_list("pk", flat=True)).union(int(source[6:]) for source in sources)


def _corriger_les_mots() -> int:
    """Make the table of words true; the number of words that were not."""
    faux = ecarts()
    if faux:
        with transaction.atomic():
            hold_version()
            compter(faux)
            bump_version()
    return len(faux) + _corriger_les_cles()


def _corriger_les_cles() -> int:
    """Write again what the words are looked for by, where the rules have changed."""
    faux = []
    for mot in Mot.objects.iterator(chunk_size=1000):
        cles = cles_de(mot.mot, mot.jeton)
        if cles != (mot.forme, mot.son, mot.famille):
            mot.forme, mot.son, mot.famille = cles
            faux.append(mot)
    if faux:
        with transaction.atomic():
            hold_version()
            Mot.objects.bulk_update(faux, ["forme", "son", "famille"], batch_size=200)
            bump_version()
    return len(faux)
