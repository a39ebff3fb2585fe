"""The standard pages, the glossary, the map of the site; the order of the sections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import escape

from wagtail.models import Page

from home.chargement.base import Chargeur, read_yaml
from home.models import ContenuCharge, GlossairePage, HomePage, PlanDuSitePage, StandardPage

Blocs = list[dict]
# Sections in the order of the menu and of the map of the site; the others keep their order, after them.
ORDRE = (
    "kit",
    "parcours",
    "mooc",
    "fils-rouges",
    "rencontres",
    "reperes",
    "demarche",
    "reseau",
    "leviers",
    "glossaire",
)
MOIS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def charger(c: Chargeur) -> None:
    textes = read_yaml("textes_pages")
    home = HomePage.objects.first()
    for texte in textes["pages"]:
        c.page(
            home,
            StandardPage,
            texte["slug"],
            title=texte["titre"],
            seo_title=texte.get("titre_des_moteurs", ""),
            chapo=texte["chapo"].strip(),
            show_in_menus=texte.get("menu", False),
            corps=_blocs(c, texte["corps"]),
        )
    c.page(home, GlossairePage, "glossaire", title=textes["glossaire"]["titre"], chapo=textes["glossaire"]["chapo"])
    c.page(home, PlanDuSitePage, "plan-du-site", title=textes["plan"]["titre"], chapo=textes["plan"]["chapo"])
    if home is not None:
        _ordonner(home)


def _ordonner(home: HomePage) -> None:
    """Put the sections in order, once: afterwards the order is the editors'."""
    _mark, first_time = ContenuCharge.objects.get_or_create(cle="ordre:/", defaults={"source": "1"})
    if not first_time:
        return
    children = {page.slug: page.pk for page in home.get_children()}
    wanted = [slug for slug in ORDRE if slug in children] + [slug for slug in children if slug not in ORDRE]
    for slug in wanted:
        Page.objects.get(pk=children[slug]).move(HomePage.objects.get(pk=home.pk), pos="last-child")


def _blocs(c: Chargeur, corps: Blocs) -> Blocs:
    """The body of a page, where each `{faits: nom}` becomes the blocks that tell these facts."""
    found: Blocs = []
    for bloc in corps:
        found += FAITS[bloc["faits"]](c) if "faits" in bloc else [bloc]
    return found


def _fiches(fiches: list[dict], numerotees: bool = False) -> Blocs:
    items = [
        {"titre": fiche["titre"], "texte": fiche.get("texte", ""), "pages": fiche.get("pages", [])} for fiche in fiches
    ]
    return [{"type": "fiches", "value": {"fiches": items, "numerotees": numerotees}}]


def _phrase(text: str) -> str:
    return text[:1].upper() + text[1:]


def _liste(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(_phrase(item), quote=False)}</li>" for item in items) + "</ul>"


def _texte(html: str) -> dict:
    return {"type": "texte", "value": html}


def _cles(*slugs: str) -> list[int]:
    """The keys of pages by slug, in order; one that an editor deleted is left out."""
    keys = dict(Page.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return [keys[slug] for slug in slugs if slug in keys]


def _enjeux(c: Chargeur) -> Blocs:
    return _fiches([{"titre": one["titre"], "texte": one["detail"]} for one in c.mooc["enjeux_developpement_local"]])


def _comparaison(c: Chargeur) -> Blocs:
    rows = c.mooc["partenariat_ou_alliance"]
    table = [["Critère", "Partenariat", "Alliance"]]
    table += [[row["critere"], _phrase(row["partenariat"]), _phrase(row["alliance"])] for row in rows]
    value = {
        "data": table,
        "cell": [],
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "table_caption": "Ce qui distingue un partenariat d'une alliance",
    }
    source = "<p>Source : l'entretien d'ouverture du MOOC « Les alliances qui changent les territoires ».</p>"
    return [{"type": "tableau", "value": value}, _texte(source)]


def _formes(c: Chargeur) -> Blocs:
    return _fiches(
        [
            {
                "titre": forme["titre"],
                "texte": forme["detail"],
                "pages": _cles(forme["fil_rouge"], forme["exemple_annexe"]),
            }
            for forme in c.mooc["formes_de_co_construction"]
        ]
    )


def _articulations(c: Chargeur) -> Blocs:
    intro = "<p>Ces trois formes traduisent trois façons d'articuler ce qui avance souvent séparément :</p>"
    return [_texte(intro + _liste(c.mooc["articulations"]))]


def _typologie(c: Chargeur) -> Blocs:
    facts = c.mooc["typologie_partenariats"]
    intro = (
        f"<p>On en distingue {facts['modalites']} modalités, groupées en {len(facts['categories'])} catégories :</p>"
    )
    return [_texte(intro + _liste(facts["categories"]))]


def _graphique(c: Chargeur) -> Blocs:
    modes = c.mooc["modes_de_partenariat_2015"]
    value = {
        "titre": "Catégories de partenariat des entreprises d'au moins 10 salariés, en 2015",
        "unite": "%",
        "colonne": "Part des partenariats",
        "barres": [{"libelle": _phrase(mode["mode"]), "valeur": Decimal(mode["pourcentage"])} for mode in modes],
        "source": "le kit « co-construction territoriale », données de 2015",
        "note": f"Un partenariat peut relever de plusieurs catégories : modes cumulables, "
        f"{sum(mode['pourcentage'] for mode in modes)} % au total.",
    }
    return [{"type": "graphique", "value": value}]


def _chiffres(c: Chargeur) -> Blocs:
    sources = {"kit": "le kit", "MOOC": "le MOOC"}
    figures = [
        {
            "valeur": f"{str(figure['valeur']).replace('.', ',')} {figure['unite']}",
            "libelle": figure["libelle"],
            "source": sources[figure["source"]],
        }
        for figure in c.mooc["chiffres_cles"]
    ]
    return [{"type": "chiffres", "value": {"chiffres": figures}}]


def _lectures(c: Chargeur) -> Blocs:
    slugs = ("referentiel-co-construction-territoire", "etat-des-lieux-partenariats-france", "etudes-phare",
             "etude-etat-des-lieux-co-construction")  # fmt: skip
    keys = _cles(*slugs)
    return [{"type": "pages", "value": {"titre": "À lire dans le kit", "pages": keys}}] if keys else []


def _intentions(c: Chargeur) -> Blocs:
    return [_texte(_liste(c.territoires["approche_alliances"]["intentions"]))]


def _methode(c: Chargeur) -> Blocs:
    return [_texte("<p>Elle tient en trois principes :</p>" + _liste(c.territoires["approche_alliances"]["methode"]))]


def _questions(c: Chargeur) -> Blocs:
    return _fiches(
        [{"titre": _phrase(one["theme"]), "texte": one["question"]} for one in c.territoires["questions_communes"]]
    )


def _accompagnateurs(c: Chargeur) -> Blocs:
    names = c.territoires["approche_alliances"]["accompagnateurs"]
    return [_texte("<p>Deux structures accompagnent cette démarche :</p>" + _liste(names))]


def _reseau(c: Chargeur) -> Blocs:
    facts = c.territoires["reseau_des_pionniers"]
    html = (
        f"<p>Créé en {facts['creation']}, le réseau réunit {facts['catalyseurs']} "
        '<a href="/glossaire/#catalyseur-territorial">catalyseurs territoriaux</a>, venus de '
        f"{len(facts['familles'])} familles d'acteurs :</p>" + _liste(facts["familles"])
    )
    return [_texte(html)]


def _outils(c: Chargeur) -> Blocs:
    facts = c.territoires["reseau_des_pionniers"]
    platform = facts["plateforme"]
    html = (
        "<p>Le réseau échange et apprend par :</p>"
        + _liste(facts["outils"])
        + "<p>Il s'appuie aussi sur une plateforme "
        f'de capitalisation : <a href="{escape(platform["adresse"])}">{escape(platform["nom"], quote=False)}</a>.</p>'
    )
    return [_texte(html)]


def _rencontres(c: Chargeur) -> Blocs:
    lines = []
    for one in c.territoires["reseau_des_pionniers"]["rencontres_precedentes"]:
        day = one["date"] if isinstance(one["date"], date) else date.fromisoformat(str(one["date"]))
        lines.append(f"{one['numero']}e rencontre, {day.day} {MOIS[day.month - 1]} {day.year} : « {one['theme']} »")
    intro = '<p>La rencontre suivante, avec son programme, est sur la page <a href="/rencontres/">Rencontres</a>.</p>'
    return [_texte(_liste(lines) + intro)]


def _partenaires(c: Chargeur) -> Blocs:
    return [
        _texte(
            "<p>Partenaires du kit « co-construction territoriale » :</p>" + _liste(c.territoires["partenaires_du_kit"])
        )
    ]


FAITS: dict[str, Callable[[Chargeur], Blocs]] = {
    "enjeux": _enjeux,
    "comparaison": _comparaison,
    "formes": _formes,
    "articulations": _articulations,
    "typologie": _typologie,
    "graphique": _graphique,
    "chiffres": _chiffres,
    "lectures": _lectures,
    "intentions": _intentions,
    "methode": _methode,
    "questions": _questions,
    "accompagnateurs": _accompagnateurs,
    "reseau": _reseau,
    "outils_du_reseau": _outils,
    "rencontres": _rencontres,
    "partenaires": _partenaires,
}
