"""What Wagtail's read-only API says of a parcours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.fields import Field
from wagtail.models import Page

from core.version import request_version
from parcours.fil import visible_steps

if TYPE_CHECKING:
    from parcours.models import ParcoursPage


class EtapesField(Field):
    """The steps that readers see, written as Wagtail writes children; it would name drafts and private pages too."""

    def get_attribute(self, instance: ParcoursPage) -> ParcoursPage:
        return instance

    def to_representation(self, value: ParcoursPage) -> list[dict]:
        steps = visible_steps(value, request_version(self.context["request"]))
        pages = Page.objects.in_bulk([row.page_id for row, _ in steps])
        return [
            {
                "id": row.pk,
                "meta": {"type": row._meta.label},
                "page": self._page(pages[row.page_id]),
                "raison": row.raison,
                "essentielle": row.essentielle,
            }
            for row, _ in steps
        ]

    def _page(self, page: Page) -> dict:
        # That module wants the models loaded, and this one is loaded with them.
        from wagtail.api.v2.utils import get_object_detail_url

        model = page.specific_class or Page
        detail = get_object_detail_url(self.context["router"], self.context["request"], model, page.pk)
        return {"id": page.pk, "meta": {"type": model._meta.label, "detail_url": detail}, "title": page.title}
