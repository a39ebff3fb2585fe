"""The case studies: their facts come from `territoires.yaml`, their prose from `textes_fils_rouges.yaml`."""

from core.models import Organisme, Territoire
from core.models.vocabulary import REGIONS
from fils_rouges.models import Acteur, Chiffre, FilRougePage, FilsRougesIndexPage, Jalon, RessourceLiee
from fils_rouges.vocabulaire import Origine
from home.chargement.base import Chargeur, read_yaml
from home.chargement.socle import home_page
from kit.models import RessourcePage

FAMILLES = {"collectivité": "collectivite", "réseau": "reseau", "acteur académique": "academique"}
CODES = {nom: code for code, nom in REGIONS}


def charger(c: Chargeur) -> None:
    textes = read_yaml("textes_fils_rouges")
    index = c.page(
        home_page(c),
        FilsRougesIndexPage,
        "fils-rouges",
        title=textes["index"]["titre"],
        chapo=textes["index"]["chapo"],
        show_in_menus=True,
    )
    for facts in c.territoires["fils_rouges"]:
        _fil_rouge(c, index, facts, textes["cas"][facts["slug"]])


def _fil_rouge(c: Chargeur, index: FilsRougesIndexPage | None, facts: dict, texte: dict) -> None:
    goals = {goal["acteur"]: goal["objectif"] for goal in facts.get("objectifs_de_chacun", ())}
    forme = facts["forme"] or ""
    # A case whose sources disagree names the other reading; the one it keeps is then the other source's.
    by_kit, by_mooc = facts.get("forme_selon_le_kit", ""), facts.get("forme_selon_le_mooc", "")
    resources = {page.slug: page for page in RessourcePage.objects.filter(slug__in=facts["ressources"])}
    region = CODES[facts["region"]]
    c.page(
        index,
        FilRougePage,
        facts["slug"],
        title=facts["titre"],
        chapo=texte["chapo"],
        origine=Origine.KIT if facts.get("source") else Origine.MOOC,
        region=region,
        territoires=[place for nom in texte["territoires"] if (place := _territoire(c, nom, region))],
        porteur=_organisme(c, texte["porteur"]),
        porteur_note=texte.get("porteur_note", ""),
        site=facts.get("site", ""),
        annee=facts.get("annee"),
        date_note=facts.get("date_note", ""),
        forme=forme,
        forme_selon_le_mooc=by_mooc or (forme if by_kit else ""),
        forme_selon_le_kit=by_kit or (forme if by_mooc else ""),
        enjeu=facts["enjeu"],
        objectif=facts.get("objectif", ""),
        dispositif=facts.get("dispositif", ""),
        axes="\n".join(facts.get("axes", ())),
        initiative=facts.get("initiative", ""),
        exemple=facts.get("exemple", "").strip(),
        evaluation=texte.get("evaluation", ""),
        site_evaluation=facts.get("site_evaluation", ""),
        corps=texte["corps"],
        source=[facts, texte.get("chiffres"), sorted(resources)],
        enfants={
            "acteurs": [
                Acteur(
                    sort_order=rank,
                    nom=acteur["nom"],
                    famille=FAMILLES.get(acteur["famille"], acteur["famille"]),
                    role=acteur.get("role", ""),
                    objectif=goals.get(acteur["nom"], ""),
                )
                for rank, acteur in enumerate(facts["acteurs"])
            ],
            "jalons": [
                Jalon(sort_order=rank, date=str(jalon["date"] or ""), fait=jalon["fait"])
                for rank, jalon in enumerate(facts.get("chronologie", ()))
            ],
            "chiffres": [Chiffre(sort_order=rank, **chiffre) for rank, chiffre in enumerate(texte.get("chiffres", ()))],
            "ressources": [
                RessourceLiee(sort_order=rank, ressource=resources[slug])
                for rank, slug in enumerate(facts["ressources"])
                if slug in resources
            ],
        },
    )


def _territoire(c: Chargeur, nom: str, region: str) -> Territoire | None:
    """The kit's resources may have brought this territory already."""
    return Territoire.objects.filter(nom=nom).first() or c.objet(Territoire, {"nom": nom}, region=region)


def _organisme(c: Chargeur, nom: str) -> Organisme | None:
    return Organisme.objects.filter(nom=nom).first() or c.objet(Organisme, {"nom": nom}, site="")
