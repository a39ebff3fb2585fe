"""The MOOC, its four episodes, and the presentation of the kit that this site made."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from wagtail.images import get_image_model

from core.models import Organisme
from fils_rouges.models import FilRougePage
from home.chargement.base import Chargeur, read_yaml
from home.models import ContenuCharge, HomePage
from kit.models import RessourcePage
from mooc.mentions import decider, recenser
from mooc.models import (
    AutreNom,
    Chapitre,
    EpisodePage,
    FilRougeSuivi,
    LienAllonsPlusLoin,
    Mention,
    MoocPage,
    ProducteurDuMooc,
    VideoPage,
)
from mooc.transcription import read_transcript

FICHIERS = Path(settings.BASE_DIR) / "mooc" / "contenu"


def charger(c: Chargeur) -> None:
    textes = read_yaml("textes_mooc")
    mooc = _mooc(c, textes)
    for slug, names in textes["autres_noms"].items():
        thread = FilRougePage.objects.filter(slug=slug).first()
        for name in names if thread else []:
            c.objet(AutreNom, {"nom": name}, page=thread.page_ptr)
    for facts in c.mooc["episodes"]:
        episode = _episode(c, mooc, facts, textes["episodes"][facts["numero"]])
        if facts["numero"] == 1:
            _approve(_presentation(c, episode, textes["video"]), textes["video"]["renvois"])


def _mooc(c: Chargeur, textes: dict[str, Any]) -> MoocPage | None:
    facts = c.mooc["mooc"]
    producers = [c.objet(Organisme, {"nom": name}) for name in facts["producteurs"]]
    sessions, minutes = 4, 120  # « 4 sessions de 2 heures »
    return c.page(
        HomePage.objects.first(),
        MoocPage,
        "mooc",
        title="MOOC",
        seo_title=f"{facts['titre']}, le MOOC",
        show_in_menus=True,
        chapo=textes["mooc"]["chapo"],
        titre_du_mooc=facts["titre"],
        sous_titre=facts["sous_titre"],
        annee=facts["annee"],
        sessions=sessions,
        minutes_par_session=minutes,
        temoignages=facts["temoignages"],
        pour_qui=facts["pour_qui"],
        entretiens_detenus=textes["mooc"]["entretiens"],
        rubriques=[
            {"type": "rubrique", "value": {"titre": rubric["titre"], "role": rubric["role"]}}
            for rubric in facts["rubriques_recurrentes"]
        ],
        fiche=RessourcePage.objects.filter(slug="mooc-alliances-qui-changent-les-territoires").first(),
        suite_de=RessourcePage.objects.filter(slug=facts["suite_de"]).first(),
        enfants={"producteurs": [ProducteurDuMooc(organisme=one) for one in producers if one is not None]},
        source=facts["producteurs"],
    )


def _episode(c: Chargeur, mooc: MoocPage | None, facts: dict[str, Any], textes: dict[str, Any]) -> EpisodePage | None:
    common = {entry["theme"]: entry["question"] for entry in c.territoires["questions_communes"]}
    reflection = [common[theme] for theme in textes["questions_communes"]] + textes["recul"]
    resources = {page.slug: page for page in RessourcePage.objects.filter(slug__in=[s for s, _ in textes["lectures"]])}
    threads = {page.slug: page for page in FilRougePage.objects.filter(slug__in=facts["fils_rouges"])}
    return c.page(
        mooc,
        EpisodePage,
        f"episode-{facts['numero']}",
        title=facts["titre"],
        seo_title=f"Épisode {facts['numero']} : {facts['titre_court']}",
        numero=facts["numero"],
        titre_court=facts["titre_court"],
        chapo=textes["chapo"],
        resume=textes["resume"],
        questions=_questions(facts["questions"]),
        idees_cles=[{"type": "idee", "value": _idea(c, idea)} for idea in textes["idees"]],
        corps=_comparison(c) if textes.get("comparaison") else [],
        autocontrole=[{"type": "question", "value": _check(question)} for question in textes["autocontrole"]],
        prenons_du_recul=_questions(reflection),
        enfants={
            "liens": [
                LienAllonsPlusLoin(sort_order=rank, cible=resources[slug].page_ptr, note=note)
                for rank, (slug, note) in enumerate(textes["lectures"])
                if slug in resources
            ],
            "fils_rouges": [
                FilRougeSuivi(sort_order=rank, fil_rouge=threads[slug])
                for rank, slug in enumerate(facts["fils_rouges"])
                if slug in threads
            ],
        },
        source=[textes["lectures"], facts["fils_rouges"], sorted(resources), sorted(threads)],
    )


def _questions(texts: list[str]) -> list[dict[str, Any]]:
    return [{"type": "question", "value": text} for text in texts]


def _check(question: dict[str, Any]) -> dict[str, Any]:
    """A question to check oneself; each answer is written with its truth."""
    answers = [{"texte": text, "juste": right} for text, right in question["reponses"]]
    return {"question": question["question"], "reponses": answers, "explication": question["explication"]}


def _idea(c: Chargeur, idea: dict[str, Any]) -> dict[str, str]:
    """A key idea of our own, or one made of a fact: a stake, a form of co-construction, the seven levers."""
    if "enjeu" in idea:
        stake = c.mooc["enjeux_developpement_local"][idea["enjeu"]]
        return {"titre": stake["titre"], "texte": stake["detail"]}
    if "forme" in idea:
        form = c.mooc["formes_de_co_construction"][idea["forme"]]
        return {"titre": form["titre"], "texte": form["detail"]}
    if "leviers" in idea:
        names = ", ".join(lever["titre"][0].lower() + lever["titre"][1:] for lever in c.territoires["leviers"])
        return {"titre": idea["titre"], "texte": f"{names[0].upper()}{names[1:]}."}
    return {"titre": idea["titre"], "texte": idea["texte"]}


def _comparison(c: Chargeur) -> list[dict[str, Any]]:
    """Partnership and alliance side by side, as a table."""
    rows = [[row["critere"], row["partenariat"], row["alliance"]] for row in c.mooc["partenariat_ou_alliance"]]
    table = {
        "data": [["", "Partenariat", "Alliance"], *rows],
        "table_caption": "Ce qui distingue un partenariat d’une alliance",
        "first_row_is_table_header": True,
        "first_col_is_header": True,
        "table_header_choice": "both",
        "cell": [],
        "mergeCells": [],
    }
    return [{"type": "intertitre", "value": "Partenariat ou alliance ?"}, {"type": "tableau", "value": table}]


def _presentation(c: Chargeur, episode: EpisodePage | None, textes: dict[str, Any]) -> VideoPage | None:
    """The silent video that presents the kit, with its captions and the turns read from them."""
    files = {extension: FICHIERS / f"{textes['fichier']}{extension}" for extension in (".mp4", ".vtt", "-affiche.jpg")}
    if not all(path.exists() for path in files.values()):
        return None
    turns = read_transcript(files[".vtt"].read_bytes(), files[".vtt"].name)
    # Turns are made by the page, which gives them their anchors.
    draft = VideoPage()
    draft.replace_turns(turns)
    return c.page(
        episode,
        VideoPage,
        textes["slug"],
        title=textes["titre"],
        chapo=textes["chapo"],
        resume=textes["resume"],
        origine=textes["origine"],
        credit=textes["credit"],
        duree=textes["duree"],
        video=c.document(f"{textes['titre']} (vidéo)", files[".mp4"]),
        sous_titres=c.document(f"{textes['titre']} (sous-titres)", files[".vtt"]),
        affiche=_image(textes["titre"], files["-affiche.jpg"]),
        enfants={
            "tours": list(draft.tours.all()),
            "chapitres": [
                Chapitre(sort_order=rank, titre=chapter["titre"], debut=chapter["debut"])
                for rank, chapter in enumerate(textes["chapitres"])
            ],
        },
        source=[[turn.texte, turn.locuteur, turn.debut] for turn in turns] + textes["chapitres"],
    )


def _approve(page: VideoPage | None, mots: list[str]) -> None:
    """Approve once the cross-references that the team of the site has read; editors decide of the next ones."""
    if page is None or ContenuCharge.objects.filter(cle=f"renvois:{page.url_path}").exists():
        return
    recenser(page)
    read = page.mentions.filter(etat=Mention.Etat.PROPOSEE, mots__in=mots).values_list("pk", flat=True)
    decider(page, list(read), Mention.Etat.APPROUVEE, None)
    ContenuCharge.objects.create(cle=f"renvois:{page.url_path}", source="", page_id=page.pk)


def _image(titre: str, path: Path):
    """The image made from `path`, loaded once; an editor may then change or delete it."""
    model = get_image_model()
    name = f"image:{path.name}"
    mark = ContenuCharge.objects.filter(cle=name).first()
    if mark is not None:
        return model.objects.filter(pk=mark.page_id).first()
    image = model(title=titre)
    with path.open("rb") as stream:
        image.file.save(path.name, File(stream), save=False)
        image._set_image_file_metadata()
    image.save()
    digest = hashlib.sha1(path.read_bytes(), usedforsecurity=False).hexdigest()
    ContenuCharge.objects.create(cle=name, source=digest, page_id=image.pk)
    return image
