"""What follows from a change elsewhere: at once for some pages, in the background for many.

A name that changes is told wherever it stands. What hides a page never waits: see `search.signaux`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection
from functools import partial

from django.db import DatabaseError, transaction
from django_tasks import task

from search import index

logger = logging.getLogger(__name__)

# Seconds between two lots: whoever publishes meanwhile goes first.
PAUSE = 0.05


def essayer(action: Callable[[], object], sinon: Callable[[], object] | None = None) -> None:
    """Follow a change; failing that, do `sinon`: rather not found than found by what is no longer true."""
    try:
        with transaction.atomic():
            action()
    except (ArithmeticError, AttributeError, DatabaseError, LookupError, TypeError, ValueError):
        logger.exception("The search index could not follow; run `manage.py indexer`.")
        if sinon:
            essayer(sinon)


def suivre(page_ids: Collection[int]) -> None:
    """Index these pages again: within the transaction when they are few, after it by short ones when they are many."""
    if len(page_ids) <= index.PAGES_PAR_LOT or index.dans_un_lot():
        essayer(lambda: index.indexer_pages(page_ids))
    else:
        transaction.on_commit(partial(_mettre_en_file, sorted(page_ids)))


def _mettre_en_file(page_ids: list[int]) -> None:
    try:
        suivre_par_lots.enqueue(page_ids)
    except Exception:
        # The content is saved; the cause is in the log.
        logger.exception("The indexing of %s pages could not be queued; run `manage.py indexer`.", len(page_ids))


@task()
def suivre_par_lots(page_ids: list[int]) -> None:
    """Index these pages again, each lot in its transaction."""
    for rang, lot in enumerate(index.par_lots(page_ids)):
        if rang:
            time.sleep(PAUSE)
        essayer(partial(index.indexer_pages, lot))
