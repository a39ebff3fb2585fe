"""Packs are built again in the background, some seconds after the last of a burst of changes began."""

from __future__ import annotations

import atexit
import logging
from datetime import timedelta
from threading import Timer, current_thread

from django.conf import settings
from django.core.cache import cache
from django.db import connections, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone
from django_tasks import task, task_backends

from core.signals import contenu_change
from core.version import current_version
from parcours.emporter import packs

logger = logging.getLogger(__name__)

DELAI = 5
CLE = "emporter:prevu"
# The threads that wait for their time, or build.
_fils: set[Timer] = set()


@task()
def preparer_les_packs() -> None:
    """Build what is missing; nothing when the change touched no parcours."""
    packs.preparer(current_version(), [settings.BASE_URL] if settings.BASE_URL else [])


def _apres_un_changement(sender, **kwargs) -> None:
    if settings.EMPORTER_EN_FOND:
        transaction.on_commit(prevoir)


def prevoir() -> None:
    """Plan one building for all the changes of the next seconds."""
    # The mark goes before the building starts, so that a change that comes too late for it plans the next one.
    if not cache.add(CLE, True, DELAI - 1):
        return
    if task_backends[preparer_les_packs.backend].supports_defer:
        try:
            preparer_les_packs.using(run_after=timezone.now() + timedelta(seconds=DELAI)).enqueue()
        except Exception:
            # The content is saved, and its packs are built when they are asked. The cause is in the log.
            logger.exception("The building of packs could not be queued")
        return
    # Tasks run at once here, and the editor would wait: a thread of this process does it.
    fil = Timer(DELAI, _dans_un_fil)
    fil.daemon = True
    _fils.add(fil)
    fil.start()


def _arreter() -> None:
    """As the process ends: drop the building that has not begun, and wait for the one under way.

    What is dropped is built when it is asked. A thread that the interpreter leaves in the middle of a layout could
    bring the whole process down.
    """
    for fil in list(_fils):
        fil.cancel()
        fil.join()


atexit.register(_arreter)


def _dans_un_fil() -> None:
    try:
        preparer_les_packs.call()
    except Exception:
        logger.exception("The packs could not be prepared")
    finally:
        connections.close_all()
        _fils.discard(current_thread())  # type: ignore[arg-type]


def _ecouter(**kwargs) -> None:
    contenu_change.connect(_apres_un_changement, dispatch_uid="parcours.emporter")


def _ne_plus_ecouter(**kwargs) -> None:
    contenu_change.disconnect(dispatch_uid="parcours.emporter")


def connect() -> None:
    """Listen to the content, but while `migrate` changes its tables; called once, by `ParcoursConfig.ready`."""
    _ecouter()
    pre_migrate.connect(_ne_plus_ecouter, dispatch_uid="parcours.emporter.avant")
    post_migrate.connect(_ecouter, dispatch_uid="parcours.emporter.apres")
