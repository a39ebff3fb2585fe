"""What the turns of an interview name: found at each publication, decided by editors, shown as links.

Rooms never import one another: pages are known by their kind (`genre`) and their title, whatever room they are of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from django.db import transaction
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from wagtail.models import get_page_models

from core.cards import cards_for
from core.lexique import lie
from core.models import Organisme, Terme
from core.noms import Repertoire
from core.templatetags.typo import horodatage
from core.typography import typo_html
from core.version import bump_version, cached, current_version

if TYPE_CHECKING:
    from mooc.models import Mention, TourDeParole, VideoPage

# The kinds of pages that a turn may name.
GENRES = {"fil-rouge", "ressource"}
# Beyond this, a page says how many turns are left: nobody reads a list of a hundred seconds.
MOST_TURNS_SHOWN = 40


def repertoire() -> Repertoire:
    """The names of everything that a turn may name: public pages, organisations, approved terms."""
    from mooc.models import AutreNom

    names: list[tuple[str, str]] = []
    visible = set()
    for model in get_page_models():
        if getattr(model, "genre", "") in GENRES:
            for pk, title in model.objects.live().public().values_list("pk", "title"):
                visible.add(pk)
                names += [(f"page:{pk}", name) for name in _names_of(title)]
    for pk, name in AutreNom.objects.values_list("page_id", "nom"):
        if pk in visible:
            names.append((f"page:{pk}", name))
    names += [(f"organisme:{pk}", name) for pk, name in Organisme.objects.values_list("pk", "nom")]
    for term in Terme.objects.filter(lier=True):
        names += [(f"terme:{term.pk}", name) for name in (term.nom, *term.autres_formes)]
    return Repertoire(names)


def _names_of(title: str) -> Iterator[str]:
    """A title, and what comes before its colon when that is more than a word."""
    yield title
    short, colon, _ = title.partition(" : ")
    if colon and len(short.split()) > 1:
        yield short


@transaction.atomic
def recenser(page: VideoPage, names: Repertoire | None = None) -> int:
    """Propose what the published turns of `page` name and that nobody has decided yet; how many are new.

    What was approved or refused stays so, and follows its turn when that is joined to another.
    """
    from mooc.models import Mention

    turns = list(page.tours.all())
    known = _follow_joined_turns(page, turns)
    found = _named(turns, known, names or repertoire())
    new = [
        Mention(page=page, ancre=anchor, mots=words[:300], **_target(key))
        for (anchor, key), words in found.items()
        if (anchor, key) not in known
    ]
    # Two publications at once find the same.
    Mention.objects.bulk_create(new, ignore_conflicts=True)
    gone = [one.pk for place, one in known.items() if place not in found and not one.decidee]
    Mention.objects.filter(pk__in=gone).delete()
    return len(new)


def _follow_joined_turns(page: VideoPage, turns: list[TourDeParole]) -> dict[tuple[str, str], Mention]:
    """The mentions of a page by turn and target, those of a joined turn moved to the one that it joined."""
    joined = {old: turn.ancre for turn in turns for old in turn.anciennes_ancres}
    mentions = list(page.mentions.all())
    known = {(one.ancre, one.cle): one for one in mentions if one.ancre not in joined}
    for one in mentions:
        if one.ancre not in joined:
            continue
        place = (joined[one.ancre], one.cle)
        other = known.get(place)
        if other is None or (one.decidee and not other.decidee):
            if other is not None:
                other.delete()
            one.ancre = joined[one.ancre]
            one.save(update_fields=["ancre"])
            known[place] = one
        else:
            one.delete()
    return known


def _named(
    turns: list[TourDeParole], known: dict[tuple[str, str], Mention], names: Repertoire
) -> dict[tuple[str, str], str]:
    """The words by (turn, target); a term counts in the first turn that says it, unless it was decided in another."""
    settled = {key for (_, key), one in known.items() if one.decidee}
    seen: set[str] = set()
    found: dict[tuple[str, str], str] = {}
    for turn in turns:
        for name in names.find(turn.texte):
            place = (turn.ancre, name.cle)
            if name.cle.startswith("terme:"):
                if name.cle in seen or (name.cle in settled and place not in known):
                    continue
                seen.add(name.cle)
            found.setdefault(place, turn.texte[name.debut : name.fin])
    return found


def _target(key: str) -> dict[str, int]:
    kind, _, pk = key.partition(":")
    return {("cible_id" if kind == "page" else f"{kind}_id"): int(pk)}


def decider(page: VideoPage, ids: Collection[int], etat: Mention.Etat, user) -> int:
    """Approve, refuse or put back to be decided some mentions of `page`; how many changed."""
    from mooc.models import Mention

    decided = etat != Mention.Etat.PROPOSEE
    with transaction.atomic():
        changed = (
            page.mentions.filter(pk__in=ids)
            .exclude(etat=etat)
            .update(
                etat=etat,
                decidee_par=user if decided else None,
                decidee_le=timezone.now() if decided else None,
            )
        )
        if changed:
            bump_version()
    return changed


# --- shown


class Lien(NamedTuple):
    """An approved mention, placed by its words; `mention` has its target at hand."""

    mention: Mention
    url: str

    def html(self) -> str:
        words = conditional_escape(self.mention.mots)
        if self.mention.terme is not None:
            return lie(self.mention.terme).link(words)
        return format_html('<a href="{}">{}</a>', self.url, words)


def liens(page: VideoPage) -> dict[str, list[Lien]]:
    """The approved mentions of a page by turn; what the public may not see is named without a link."""
    from mooc.models import Mention

    if page.pk is None:
        return {}
    approved = list(page.mentions.filter(etat=Mention.Etat.APPROUVEE).select_related("organisme", "terme"))
    cards = cards_for({one.cible_id for one in approved if one.cible_id}, current_version()) if approved else {}
    found: dict[str, list[Lien]] = defaultdict(list)
    for one in approved:
        if one.cible_id and one.cible_id not in cards:
            continue
        if one.organisme is not None:
            url = f"/recherche/?q={quote(one.organisme.nom)}"
        else:
            url = cards[one.cible_id].url if one.cible_id else ""
        found[one.ancre].append(Lien(one, url))
    return found


def html_du_tour(text: str, links: list[Lien]) -> str:
    """The words of a turn as its page shows them, each link at the first place of its words."""
    places = []
    for link in links:
        # An approved mention whose words have been corrected since waits for the next count.
        at = re.search(rf"(?<!\w){re.escape(link.mention.mots)}(?!\w)", text)
        if at:
            places.append((at.start(), -at.end(), link))
    pieces, position = [], 0
    for start, end, link in sorted(places, key=lambda place: place[:2]):
        if start >= position:
            pieces += [conditional_escape(text[position:start]), link.html()]
            position = -end
    return typo_html("".join([*pieces, conditional_escape(text[position:])]))


def tours_qui_nomment(version: int) -> dict[int, dict[str, Any]]:
    """By page: the interviews whose approved turns name it, and their seconds."""
    from mooc.models import Mention, TourDeParole, VideoPage

    def compute() -> dict[int, dict[str, Any]]:
        mentions = list(
            Mention.objects.filter(etat=Mention.Etat.APPROUVEE, cible__isnull=False).values_list(
                "page_id", "ancre", "cible_id"
            )
        )
        asked = {page_id for page_id, *_ in mentions}
        pages = {page.pk: page for page in VideoPage.objects.filter(pk__in=asked).live().public().order_by("path")}
        turns = {(turn.page_id, turn.ancre): turn for turn in TourDeParole.objects.filter(page_id__in=pages)}
        by_target: dict[int, dict[int, list[TourDeParole]]] = defaultdict(lambda: defaultdict(list))
        for page_id, anchor, target in mentions:
            if turn := turns.get((page_id, anchor)):
                by_target[target][page_id].append(turn)
        order = {pk: rank for rank, pk in enumerate(pages)}
        return {
            target: _places([(pages[pk], found[pk]) for pk in sorted(found, key=order.__getitem__)])
            for target, found in by_target.items()
        }

    return cached(version, "mooc:tours-qui-nomment", compute)


def _places(found: list[tuple[VideoPage, list[TourDeParole]]]) -> dict[str, Any]:
    left, interviews = MOST_TURNS_SHOWN, []
    for page, turns in found:
        shown = sorted(turns, key=lambda turn: turn.sort_order or 0)[:left]
        left -= len(shown)
        url = page.get_url() or ""
        if shown:
            interviews.append(
                {
                    "titre": page.title,
                    "url": url,
                    "tours": [
                        {
                            "locuteur": turn.locuteur,
                            "temps": horodatage(turn.debut) if turn.debut is not None else "",
                            "url": f"{url}{turn.adresse}",
                        }
                        for turn in shown
                    ],
                }
            )
    total = sum(len(turns) for _, turns in found)
    return {"entretiens": interviews, "autres": max(0, total - MOST_TURNS_SHOWN)}
