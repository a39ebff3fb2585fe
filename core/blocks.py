"""Blocks that any page may hold: one meaning and one template each."""

from django.utils.text import slugify
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock

from core.cards import cards_for
from core.version import current_version, request_version

FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class IntertitreBlock(blocks.CharBlock):
    """A heading of level 2; its slug is the anchor of its section."""

    class Meta:
        icon = "title"
        label = "Intertitre"
        description = "Ouvre une nouvelle partie de la page."
        group = "Texte"
        template = "core/blocks/intertitre.html"
        preview_value = "Pourquoi co-construire ?"

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        context["ancre"] = slugify(value)
        return context


class TexteBlock(blocks.RichTextBlock):
    """Paragraphs, lists and links."""

    class Meta:
        icon = "pilcrow"
        label = "Texte"
        description = "Paragraphes, listes et liens."
        group = "Texte"
        template = "core/blocks/texte.html"
        preview_value = "<p>Une alliance répond aux enjeux communs d’un territoire.</p>"


class CitationBlock(blocks.StructBlock):
    """Words of somebody, always with their source."""

    texte = blocks.TextBlock(label="Citation")
    source = blocks.CharBlock(label="Source", help_text="Qui l’a dit ou écrit, et où.")

    class Meta:
        icon = "openquote"
        label = "Citation"
        description = "Les mots de quelqu’un, avec leur source."
        group = "Texte"
        template = "core/blocks/citation.html"
        preview_value = {"texte": "Une citation.", "source": "Son auteur"}


class EncadreBlock(blocks.StructBlock):
    """A remark set apart from the text."""

    titre = blocks.CharBlock(label="Titre")
    texte = blocks.RichTextBlock(label="Texte", features=FEATURES)

    class Meta:
        icon = "info-circle"
        label = "Encadré"
        description = "Une remarque ou un conseil, à part du texte."
        group = "Texte"
        template = "core/blocks/encadre.html"
        preview_value = {"titre": "Bon à savoir", "texte": "<p>Tout se lit sans compte.</p>"}


class PagesBlock(blocks.StructBlock):
    """Pages of the site, shown as cards."""

    titre = blocks.CharBlock(label="Titre", required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label="Page"), label="Pages")

    class Meta:
        icon = "doc-empty-inverse"
        label = "Pages à lire"
        description = "Des pages du site, montrées en cartes."
        group = "Liens"
        template = "core/blocks/pages.html"
        preview_value = {"titre": "À lire ensuite", "pages": []}

    def get_searchable_content(self, value) -> list[str]:
        return [value["titre"]] if value.get("titre") else []

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        ids = [page.pk for page in value.get("pages", []) if page is not None]
        request = (parent_context or {}).get("request")
        version = request_version(request) if request is not None else current_version()
        context["cartes"] = list(cards_for(ids, version).values())
        return context


class TableauBlock(TableBlock):
    """A table with a header row and a caption."""

    class Meta:
        icon = "table"
        label = "Tableau"
        description = "Un tableau simple, avec une ligne d’en-tête."
        group = "Données"
        template = "core/blocks/tableau.html"


class CorpsBlock(blocks.StreamBlock):
    """The body of an editorial page."""

    intertitre = IntertitreBlock()
    texte = TexteBlock(features=FEATURES)
    citation = CitationBlock()
    encadre = EncadreBlock()
    pages = PagesBlock()
    tableau = TableauBlock(
        table_options={"language": "fr", "contextMenu": True},
    )
