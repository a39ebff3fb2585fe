"""The base of every page type: the protocol of search and parcours, metadata, addresses, one-query routing."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import slugify
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.search import index

from core.context import absolute_base
from core.protocols import Carte, Feuillet, Passage, Temps, reading_minutes
from core.registry import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

_END_OF_LINE = re.compile(r"</(?:p|li|h[1-6]|blockquote|td|dt|dd)>|<br\s*/?>")


def route_from(root: Page, request, path_components: list[str]):
    """Find the deepest page below `root` on a path in one query, and let it route the rest.

    Wagtail's own routing asks two queries per level; `url_path` is indexed and unique among siblings' trees.

    Raises:
        Http404: no page there.
    """
    prefixes, path = [], root.url_path
    for component in path_components:
        path += component + "/"
        prefixes.append(path)
    page = Page.objects.filter(url_path__in=prefixes).order_by("-depth").first()
    if page is None:
        raise Http404
    rest = path_components[page.depth - root.depth :]
    return page.specific.route(request, rest)


class BasePage(Page):
    """What every page of this site is.

    A page type sets `genre` (key of its kind, in search and lists) and `genre_label`, or `hors_recherche`,
    and overrides the methods below where it has more to say.
    """

    genre: ClassVar[str] = ""
    genre_label: ClassVar[str] = ""
    hors_recherche: ClassVar[bool] = False

    chapo = models.TextField(
        "chapô",
        max_length=600,
        blank=True,
        help_text="Une ou deux phrases qui disent à quoi sert la page. Elles ouvrent la page et la résument "
        "dans les listes et les moteurs de recherche.",
    )

    content_panels: ClassVar[list] = [*Page.content_panels, FieldPanel("chapo")]
    promote_panels: ClassVar[list] = [
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("show_in_menus"),
            ],
            heading="Adresse et référencement",
        )
    ]
    search_fields: ClassVar[list] = [*Page.search_fields, index.SearchField("chapo")]

    class Meta:
        abstract = True

    # --- the protocol: what search and parcours ask of a page

    @property
    def uuid(self) -> str:
        """The page's permanent identifier, key of the reader's progress: Wagtail's translation key."""
        return str(self.translation_key)

    def passages(self) -> Iterable[Passage]:
        """What may be found in this page, cut in passages: the lead, then each section of the body."""
        if self.chapo:
            yield Passage(self.chapo)
        body = getattr(self, "corps", None)
        if body:
            yield from sections_of(body)

    def facettes(self) -> dict[str, list[str]]:
        """The values of the search facets that this page knows of itself.

        `demande` is shown beside a result and narrows nothing: where the page tells whom to ask for a document that
        the site does not hold, and who they are (« fichiers|Le RAMEAU »).
        """
        return {}

    def date_propre(self) -> date | None:
        """When what this page tells of was written or takes place, as a day or an instant; search sorts by it.

        The first day of what is known to the month or the year only. None, and it is when the page was published.
        """
        return None

    def documents(self) -> Sequence:
        """The documents (`mediatheque.CustomDocument`) that this page carries, in order."""
        return ()

    def temps_de_lecture(self) -> Temps:
        """The time that this page asks for."""
        return Temps(lecture=reading_minutes(" ".join(passage.texte for passage in self.passages())))

    def carte(self) -> Carte:
        """How this page shows in a list."""
        return Carte(
            page_id=self.pk,
            uuid=self.uuid,
            titre=self.title,
            url=self.get_url(),
            genre=self.genre_label,
            resume=self.chapo,
        )

    def feuillet(self) -> Feuillet:
        """This page as it is taken away, with nothing that only its readers of the day may see."""
        return Feuillet(html=render_to_string("core/feuillet.html", {"corps": getattr(self, "corps", None)}))

    @classmethod
    def pour_cartes(cls, queryset):
        """`queryset` with what `carte` reads fetched along, so that a list costs the same for one or a thousand."""
        return queryset

    # --- metadata

    @property
    def meta_description(self) -> str:
        return self.search_description or self.chapo

    def schema_org(self, request) -> list[dict]:
        """JSON-LD objects that describe this page; the breadcrumb is added by the base template."""
        return []

    def image_de_partage(self) -> str:
        """Root-relative address of the picture that social networks show."""
        return reverse("image_de_partage", args=[self.pk])

    # --- Wagtail

    def get_context(self, request, *args, **kwargs) -> dict:
        context = super().get_context(request, *args, **kwargs)
        context["encarts"] = registry.encarts(self, request) if self.pk else {}
        context["schema_org"] = self.schema_org(request)
        return context

    def get_full_url(self, request=None):
        """Absolute address: it follows BASE_URL, or the address that the visitor asked."""
        url = self.get_url(request)
        if url is None or request is None or not url.startswith("/"):
            return super().get_full_url(request)
        return absolute_base(request) + url

    def completer(self) -> None:
        """Fill what no editor types, before any check of the page, that of a draft included."""

    def minimal_clean(self) -> None:
        self.completer()
        super().minimal_clean()

    def full_clean(self, *args, **kwargs) -> None:
        self.completer()
        # Wagtail makes the slug from the title only for an empty one; a title without any letter gives none.
        if not self.slug and self.title and not slugify(self.title):
            self.slug = self._get_autogenerated_slug("page")
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if "\x00" in self.title:
            raise ValidationError({"title": "Le titre contient un caractère interdit."})


def sections_of(body) -> Iterable[Passage]:
    """Cut a StreamField at its headings: one passage per section, whose anchor is the heading's slug."""
    heading, anchor, texts = "", "", []
    for block in body:
        if block.block_type == "intertitre":
            if texts:
                yield Passage(" ".join(texts), heading, anchor)
            heading, texts = str(block.value), []
            anchor = f"#{slugify(heading)}"
        else:
            text = _text_of(block)
            if text:
                texts.append(text)
    if texts:
        yield Passage(" ".join(texts), heading, anchor)


def text_of_rich(source: str) -> str:
    """The words of a rich text, each paragraph on its line."""
    return unescape(strip_tags(_END_OF_LINE.sub("\n", source))).strip()


def _text_of(block) -> str:
    """The words of a block; the items of a list and the paragraphs stay apart, each on its line."""
    if isinstance(block.value, RichText):
        return text_of_rich(block.value.source)
    return strip_tags("\n".join(block.block.get_searchable_content(block.value))).strip()
