"""Facts of the kit, the MOOC and the territories, read from the YAML files, ready for layout."""

from pathlib import Path
from typing import Any

import yaml
from typographie import francais_partout

MOIS = ["janvier", "février", "mars", "avril", "mai", "juin"]
MOIS += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]


def date_lisible(date: Any) -> str:
    """Turn `2016-11` into `novembre 2016`; years and pairs of years stay as they are."""
    annee, _, mois = str(date).partition("-")
    return f"{MOIS[int(mois) - 1]} {annee}" if mois else annee


def nombre_lisible(valeur: float) -> str:
    """Write a number with the French decimal comma."""
    return str(valeur).replace(".", ",")


def lire(dossier: Path) -> dict[str, Any]:
    """Read the three YAML files and return what the guide prints.

    Args:
        dossier: folder that holds `kit.yaml`, `mooc.yaml` and `territoires.yaml`.

    Returns:
        A JSON-serialisable dictionary, its strings in French typography.

    Raises:
        ValueError: when a step of a parcours names an unknown resource.
    """
    kit, mooc, territoires = (
        yaml.safe_load((dossier / f"{nom}.yaml").read_text(encoding="utf-8")) for nom in ("kit", "mooc", "territoires")
    )
    donnees = francais_partout({"kit": kit, "mooc": mooc, "territoires": territoires})
    # Slugs hold neither spaces nor apostrophes: typography leaves them whole.
    _completer_ressources(donnees["kit"])
    _completer_natures(donnees["kit"])
    for fil in donnees["territoires"]["fils_rouges"]:
        for etape in fil.get("chronologie", []):
            etape["date"] = date_lisible(etape["date"]) if etape["date"] else None
    for chiffre in donnees["mooc"]["chiffres_cles"]:
        chiffre["valeur"] = nombre_lisible(chiffre["valeur"])
    donnees["ressources"] = {ressource["slug"]: ressource for ressource in donnees["kit"]["ressources"]}
    return donnees


def _completer_ressources(kit: dict[str, Any]) -> None:
    """Add to each resource its readable date, its place in the parcours and its labels."""
    natures = {nature["slug"]: nature for nature in kit["natures"]}
    ressources = {ressource["slug"]: ressource for ressource in kit["ressources"]}
    for ressource in ressources.values():
        nature = natures[ressource["nature"]]
        rubriques = {rubrique["slug"]: rubrique["titre"] for rubrique in nature["rubriques"]}
        ressource["date"] = date_lisible(ressource["date"])
        ressource["producteurs"] = ", ".join(ressource["producteurs"])
        ressource["nature_titre"] = nature["titre"]
        ressource["rubrique_titre"] = rubriques.get(ressource.get("rubrique"))
        ressource["parcours"] = []
    for numero, parcours in enumerate(kit["parcours"], start=1):
        inconnues = [slug for slug in parcours["etapes"] if slug not in ressources]
        if inconnues:
            raise ValueError(f"Étapes inconnues dans « {parcours['titre']} » : {', '.join(inconnues)}")
        for rang, slug in enumerate(parcours["etapes"], start=1):
            ressources[slug]["parcours"].append({"numero": numero, "rang": rang})


def _completer_natures(kit: dict[str, Any]) -> None:
    """Add counts to natures and rubriques."""
    for nature in kit["natures"]:
        siennes = [ressource for ressource in kit["ressources"] if ressource["nature"] == nature["slug"]]
        nature["compte"] = len(siennes)
        for rubrique in nature["rubriques"]:
            rubrique["compte"] = sum(ressource.get("rubrique") == rubrique["slug"] for ressource in siennes)
