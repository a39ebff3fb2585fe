"""Blocks of the home page and of the standard pages: one meaning and one template each."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.utils.text import slugify
from wagtail import blocks

from core.blocks import CorpsBlock
from core.cards import cards_for
from core.version import current_version, request_version

# Geometry of a chart, in units of its SVG: wide enough for a phone, where one unit is about a pixel.
CHART_WIDTH, ROW, BAR, LABEL, VALUE = 320, 60, 22, 22, 64


class BarreBlock(blocks.StructBlock):
    """A bar of a chart."""

    libelle = blocks.CharBlock(label="Libellé", max_length=80)
    valeur = blocks.DecimalBlock(label="Valeur", validators=[MinValueValidator(Decimal(0))])


class GraphiqueBlock(blocks.StructBlock):
    """Bars drawn on the server, with the same figures as a table and their source."""

    titre = blocks.CharBlock(label="Titre", help_text="Ce que montre le graphique, en une phrase.")
    unite = blocks.CharBlock(label="Unité", required=False, max_length=20, help_text="Par exemple : %")
    colonne = blocks.CharBlock(label="Ce que compte une barre", max_length=80, default="Valeur")
    barres = blocks.ListBlock(BarreBlock(label="Barre"), label="Barres", min_num=1, max_num=20)
    source = blocks.CharBlock(label="Source", help_text="D’où viennent les chiffres, et de quand ils datent.")
    note = blocks.CharBlock(label="Note de lecture", required=False)

    class Meta:
        icon = "table"
        label = "Graphique en barres"
        description = "Des barres horizontales, avec les mêmes chiffres en tableau et leur source."
        group = "Données"
        template = "home/blocs/graphique.html"
        preview_value = {
            "titre": "Répartition d’exemple",
            "unite": "%",
            "colonne": "Part",
            "barres": [{"libelle": "Première", "valeur": Decimal(60)}, {"libelle": "Seconde", "valeur": Decimal(40)}],
            "source": "exemple",
            "note": "",
        }

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        bars = list(value["barres"])
        top = max((bar["valeur"] for bar in bars), default=0) or 1
        scale = Decimal(CHART_WIDTH - VALUE) / top
        context["ancre"] = f"graphique-{slugify(value['titre'])[:60]}"
        context["largeur"], context["hauteur"] = CHART_WIDTH, ROW * len(bars)
        context["barres"] = [
            {
                "libelle": bar["libelle"],
                "valeur": f"{bar['valeur'].normalize():f}".replace(".", ","),
                "y_texte": rank * ROW + 16,
                "y": rank * ROW + LABEL,
                "largeur": round(bar["valeur"] * scale, 1),
                "x_valeur": round(bar["valeur"] * scale + 8, 1),
                "y_valeur": rank * ROW + LABEL + BAR - 5,
            }
            for rank, bar in enumerate(bars)
        ]
        context["epaisseur"] = BAR
        return context


class ChiffreBlock(blocks.StructBlock):
    """A figure, what it counts and where it comes from."""

    valeur = blocks.CharBlock(label="Valeur", max_length=30, help_text="Avec son unité : « 69 % », « 1,2 million ».")
    libelle = blocks.CharBlock(label="Ce que dit ce chiffre")
    source = blocks.CharBlock(label="Source", max_length=120)


class ChiffresBlock(blocks.StructBlock):
    """Key figures side by side, each with its source."""

    chiffres = blocks.ListBlock(ChiffreBlock(label="Chiffre"), label="Chiffres", min_num=1)

    class Meta:
        icon = "order"
        label = "Chiffres clés"
        description = "Quelques chiffres en grand, chacun avec sa source."
        group = "Données"
        template = "home/blocs/chiffres.html"
        preview_value = {"chiffres": [{"valeur": "4", "libelle": "natures de ressources", "source": "le kit"}]}


class FicheBlock(blocks.StructBlock):
    """A titled item, and where to read more."""

    titre = blocks.CharBlock(label="Titre", max_length=120)
    texte = blocks.TextBlock(label="Texte", required=False)
    pages = blocks.ListBlock(blocks.PageChooserBlock(label="Page"), label="À lire", required=False, default=[])


class FichesBlock(blocks.StructBlock):
    """A few items of the same kind, side by side, each with links to the pages that illustrate it."""

    fiches = blocks.ListBlock(FicheBlock(label="Élément"), label="Éléments", min_num=1)
    numerotees = blocks.BooleanBlock(label="Numéroter", required=False, help_text="Quand l’ordre compte.")

    class Meta:
        icon = "list-ul"
        label = "Éléments"
        description = "Quelques éléments de même rang : enjeux, formes, étapes…"
        group = "Texte"
        template = "home/blocs/fiches.html"
        preview_value = {"fiches": [{"titre": "Un élément", "texte": "Ce qu’il est.", "pages": []}]}

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        request = (parent_context or {}).get("request")
        version = request_version(request) if request is not None else current_version()
        keys = {page.pk for item in value["fiches"] for page in item["pages"] if page is not None}
        cards = cards_for(keys, version)
        context["par_trois"] = " par-trois" if len(value["fiches"]) % 3 == 0 else ""
        context["fiches"] = [
            {
                "titre": item["titre"],
                "texte": item["texte"],
                "liens": [cards[page.pk] for page in item["pages"] if page is not None and page.pk in cards],
            }
            for item in value["fiches"]
        ]
        return context


class ACompleterBlock(blocks.StructBlock):
    """A fact that only the operator knows: marked in the page until it is filled."""

    intitule = blocks.CharBlock(label="Information attendue", max_length=200)
    valeur = blocks.TextBlock(
        label="Réponse",
        required=False,
        help_text="Tant que ce champ est vide, la page montre « À compléter par l’exploitant ».",
    )

    class Meta:
        icon = "warning"
        label = "À compléter par l’exploitant"
        description = "Une information que seul l’exploitant du site connaît."
        group = "Données"
        template = "home/blocs/a_completer.html"
        preview_value = {"intitule": "Nom de l’éditeur du site", "valeur": ""}

    def get_searchable_content(self, value) -> list[str]:
        """A blank to fill says nothing to a searcher."""
        return [f"{value['intitule']} : {value['valeur']}"] if value.get("valeur") else []


class CorpsDePageBlock(CorpsBlock):
    """The body of a standard page."""

    fiches = FichesBlock()
    chiffres = ChiffresBlock()
    graphique = GraphiqueBlock()
    a_completer = ACompleterBlock()


class SectionBlock(blocks.StructBlock):
    """A section of the home page: its words are the editor's, its content comes from the rooms."""

    titre = blocks.CharBlock(label="Titre", max_length=120)
    texte = blocks.TextBlock(label="Texte", required=False, max_length=400)

    class Meta:
        group = "Sections de l’accueil"

    def get_context(self, value, parent_context=None) -> dict:
        context = super().get_context(value, parent_context)
        # A block previewed alone has no page around it.
        context.setdefault("accueil", {})
        return context


def _section(label: str, icon: str, template: str, description: str) -> SectionBlock:
    return SectionBlock(label=label, icon=icon, template=f"home/sections/{template}.html", description=description)


class SectionsBlock(blocks.StreamBlock):
    """The sections of the home page."""

    parcours = _section("Parcours", "list-ol", "parcours", "Les trois premiers parcours, et la progression du lecteur.")
    kit = _section("Kit", "folder-open-inverse", "kit", "Les natures du kit et leur nombre de ressources.")
    mooc = _section("MOOC", "media", "mooc", "Les épisodes du MOOC.")
    territoires = _section("Territoires", "site", "territoires", "La carte des fils rouges et la liste des cas.")
    nouveautes = _section("Nouveautés", "history", "nouveautes", "Les dernières ressources mises en ligne.")
    rencontre = _section("Rencontre", "calendar", "rencontre", "La prochaine rencontre, ou la dernière.")
    lettre = blocks.StaticBlock(
        label="Lettre",
        icon="mail",
        group="Sections de l’accueil",
        admin_text="Le formulaire d’inscription. Ses textes se modifient sur la page « newsletter ».",
        template="home/sections/lettre.html",
    )
    texte = CorpsBlock(
        label="Texte libre", icon="pilcrow", group="Sections de l’accueil", template="home/sections/texte.html"
    )

    class Meta:
        block_counts = {
            name: {"max_num": 1}
            for name in ("parcours", "kit", "mooc", "territoires", "nouveautes", "rencontre", "lettre")
        }
