"""Loading of the initial content: idempotent, and never over what an editor changed.

Each thing loaded leaves a mark (`home.models.ContenuCharge`): the fingerprint of what was loaded, and the state
in which the load left it. A later load updates a thing only when its source changed and nobody touched it since;
a thing that an editor deleted stays deleted.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.core.files import File
from django.db import models
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

CONTENU = Path(__file__).resolve().parent.parent / "contenu"
# Permanent identifiers derive from addresses, so that two installations agree on them.
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://alliances-en-territoire/contenu")

M = TypeVar("M", bound=models.Model)
P = TypeVar("P", bound=Page)


def read_yaml(name: str) -> Any:
    """The parsed `home/contenu/<name>.yaml`."""
    return yaml.safe_load((CONTENU / f"{name}.yaml").read_text(encoding="utf-8"))


def fingerprint(value: Any) -> str:
    """A stable digest of fields to load; model instances count by their type and key."""

    def plain(item: Any) -> Any:
        if isinstance(item, models.Model):
            return f"{item._meta.label_lower}:{item.pk}"
        return str(item)

    text = json.dumps(value, default=plain, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:40]


class Chargeur:
    """Loads pages, vocabulary and documents, and tells what it did in `compte` (created, updated, kept)."""

    def __init__(self) -> None:
        self.compte = {"créés": 0, "mis à jour": 0, "laissés tels quels": 0}

    @cached_property
    def kit(self) -> dict:
        return read_yaml("kit")

    @cached_property
    def mooc(self) -> dict:
        return read_yaml("mooc")

    @cached_property
    def territoires(self) -> dict:
        return read_yaml("territoires")

    # --- vocabulary and other plain models

    def objet(self, model: type[M], cle: Mapping[str, Any], **champs: Any) -> M | None:
        """Create or refresh one row found by `cle`; None when an editor deleted it."""
        from home.models import ContenuCharge

        name = f"{model._meta.label_lower}:{json.dumps(cle, default=str, ensure_ascii=False, sort_keys=True)}"[:500]
        mark = ContenuCharge.objects.filter(cle=name).first()
        found = model._default_manager.filter(**cle).first()
        source = fingerprint(champs)
        if found is None and mark is not None:
            self.compte["laissés tels quels"] += 1
            return None
        if found is not None and (mark is None or mark.source == source or mark.etat != self._state(found, champs)):
            self.compte["laissés tels quels"] += 1
            return found
        self.compte["mis à jour" if found else "créés"] += 1
        target = found or model(**cle)
        for field, value in champs.items():
            setattr(target, field, value)
        target.save()
        ContenuCharge.objects.update_or_create(
            cle=name, defaults={"source": source, "etat": self._state(target, champs)}
        )
        return target

    @staticmethod
    def _state(target: models.Model, champs: Mapping[str, Any]) -> str:
        fresh = type(target)._default_manager.get(pk=target.pk)
        return fingerprint({field: getattr(fresh, field) for field in champs})

    # --- pages

    def page(
        self,
        parent: Page | None,
        model: type[P],
        slug: str,
        *,
        enfants: Mapping[str, Iterable[models.Model]] | None = None,
        source: Any = None,
        **champs: Any,
    ) -> P | None:
        """Create or refresh and publish the page `slug` below `parent`.

        Args:
            parent: None when an editor deleted it: then nothing is loaded below.
            enfants: unsaved children by the name of their relation (inline panels), replaced as a whole.
            source: what the children are made from, when their content is not in `champs`; part of the fingerprint.
            champs: values of the page's fields; StreamFields take lists of `{"type", "value"}`.

        Returns:
            The page, edited by somebody or not; None when an editor deleted it.
        """
        from home.models import ContenuCharge

        if parent is None:
            return None
        name = f"page:{parent.url_path}{slug}"
        mark = ContenuCharge.objects.filter(cle=name).first()
        digest = fingerprint([champs, source])
        page: P | None
        if mark is not None:
            page = model.objects.filter(pk=mark.page_id).first()
        else:
            existing = parent.get_children().filter(slug=slug).first()
            page = existing.specific if existing else None
        untouched = (
            mark is not None
            and page is not None
            and page.live
            and not page.has_unpublished_changes
            and page.latest_revision_id == mark.revision_id
        )
        if (mark is not None or page is not None) and not (untouched and mark and mark.source != digest):
            self.compte["laissés tels quels"] += 1
            return page
        self.compte["mis à jour" if page else "créés"] += 1
        target = page or model(slug=slug, translation_key=uuid.uuid5(NAMESPACE, f"{parent.url_path}{slug}"))
        for field, value in champs.items():
            setattr(target, field, value)
        for relation, children in (enfants or {}).items():
            setattr(target, relation, list(children))
        if page is None:
            parent.add_child(instance=target)
        revision: Revision = target.save_revision()
        revision.publish()
        ContenuCharge.objects.update_or_create(
            cle=name, defaults={"source": digest, "page_id": target.pk, "revision_id": revision.pk}
        )
        return model.objects.get(pk=target.pk)

    # --- documents

    def document(self, titre: str, fichier: Path):
        """The document made from `fichier`; a new file replaces the old one unless an editor changed it."""
        from wagtail.documents import get_document_model

        from home.models import ContenuCharge

        model = get_document_model()
        name = f"document:{fichier.name}"
        mark = ContenuCharge.objects.filter(cle=name).first()
        digest = hashlib.sha1(fichier.read_bytes(), usedforsecurity=False).hexdigest()
        found = model.objects.filter(pk=mark.page_id).first() if mark else None
        if mark is not None and (found is None or mark.source == digest or found.file_hash != mark.etat):
            self.compte["laissés tels quels"] += 1
            return found
        self.compte["mis à jour" if found else "créés"] += 1
        target = found or model(title=titre)
        with fichier.open("rb") as stream:
            target.file.save(fichier.name, File(stream), save=False)
        target._set_document_file_metadata()
        target.save()
        ContenuCharge.objects.update_or_create(
            cle=name, defaults={"source": digest, "page_id": target.pk, "etat": target.file_hash}
        )
        return target


def instant(text: str):
    """An ISO date and time of Europe/Paris."""
    from django.utils.timezone import make_aware

    value = parse_datetime(text)
    return make_aware(value) if value else None
