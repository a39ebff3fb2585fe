"""What the turns of an interview name: found at each publication, decided by editors, shown as links.

Rooms never import one another: pages are known by their kind (`genre`) and their title, whatever room they are of.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from django.db import transaction
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from wagtail.models import get_page_models

from core.cards import cards_for
from core.lexique import TermeLie, termes_lies
from core.models import ExclusionDeTerme, Organisme, Terme
from core.noms import Repertoire, folded
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

    titles: dict[int, str] = {}
    for model in get_page_models():
        if getattr(model, "genre", "") in GENRES:
            titles |= dict(model.objects.live().public().values_list("pk", "title"))
    names = [(f"page:{pk}", title) for pk, title in titles.items()]
    names += [(f"page:{pk}", short) for pk, short in _short_names(titles)]
    for pk, name in AutreNom.objects.values_list("page_id", "nom"):
        if pk in titles:
            names.append((f"page:{pk}", name))
    names += [(f"organisme:{pk}", name) for pk, name in Organisme.objects.values_list("pk", "nom")]
    for term in Terme.objects.filter(lier=True):
        names += [(f"terme:{term.pk}", name) for name in (term.nom, *term.autres_formes)]
    return Repertoire(names)


def _short_names(titles: dict[int, str]) -> Iterator[tuple[int, str]]:
    """What comes before the colon of a title, when that is more than a word and opens no other title.

    « Retour d’expérience » tells nothing of a page when it opens five titles.
    """
    shorts = {pk: title.partition(" : ")[0] for pk, title in titles.items()}
    bearers = Counter(folded(short) for short in shorts.values())
    for pk, short in shorts.items():
        if short != titles[pk] and len(short.split()) > 1 and bearers[folded(short)] == 1:
            yield pk, short


@transaction.atomic
def recenser(page: VideoPage, names: Repertoire | None = None) -> int:
    """Propose what the published turns of `page` name and that nobody has decided yet; how many are new.

    What was approved or refused stays so, and follows its turn when that is joined to another.
    """
    from mooc.models import Mention

    turns = list(page.tours.all())
    known = _follow_joined_turns(page, turns)
    excluded = {f"terme:{pk}" for pk in ExclusionDeTerme.objects.filter(page=page).values_list("terme_id", flat=True)}
    found = _named(turns, known, names or repertoire(), excluded)
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
    turns: list[TourDeParole], known: dict[tuple[str, str], Mention], names: Repertoire, excluded: set[str]
) -> dict[tuple[str, str], str]:
    """The words by (turn, target); a term counts in the first turn that says it, unless it was decided in another."""
    anchors = {turn.ancre for turn in turns}
    # A decision on a turn that is gone settles nothing: nobody would see its link.
    settled = {key for (anchor, key), one in known.items() if one.decidee and anchor in anchors}
    seen: set[str] = set()
    found: dict[tuple[str, str], str] = {}
    for turn in turns:
        for name in names.find(turn.texte):
            place = (turn.ancre, name.cle)
            if name.cle in excluded:
                continue
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
    terme: TermeLie | None = None

    def html(self) -> str:
        words = conditional_escape(self.mention.mots)
        if self.terme is not None:
            return self.terme.link(words)
        return format_html('<a href="{}">{}</a>', self.url, words)


def liens(page: VideoPage) -> dict[str, list[Lien]]:
    """The approved mentions of a page by turn; what the public may not see is named without a link.

    So is a term that is no longer approved, or not for this page.
    """
    from mooc.models import Mention

    if page.pk is None:
        return {}
    mentions = page.mentions.filter(etat=Mention.Etat.APPROUVEE).order_by("pk")
    approved = list(mentions.select_related("organisme", "terme"))
    if not approved:
        return {}
    version = current_version()
    cards = cards_for({one.cible_id for one in approved if one.cible_id}, version)
    terms = {term.slug: term for term in termes_lies(version) if page.pk not in term.sauf}
    found: dict[str, list[Lien]] = defaultdict(list)
    for one in approved:
        if one.organisme is not None:
            found[one.ancre].append(Lien(one, f"/recherche/?q={quote(one.organisme.nom)}"))
        elif one.terme is not None:
            if term := terms.get(one.terme.slug):
                found[one.ancre].append(Lien(one, "", term))
        elif card := cards.get(one.cible_id):
            found[one.ancre].append(Lien(one, card.url))
    return found


def said_in(words: str, text: str) -> re.Match[str] | None:
    """Where a turn first says the words of a mention; nowhere when it has been corrected since."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text)


def html_du_tour(text: str, links: list[Lien]) -> str:
    """The words of a turn as its page shows them, each link at the first place of its words."""
    places = []
    for link in links:
        # An approved mention whose words have been corrected since waits for the next count.
        if at := said_in(link.mention.mots, text):
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
                "page_id", "ancre", "cible_id", "mots"
            )
        )
        asked = {page_id for page_id, *_ in mentions}
        pages = {page.pk: page for page in VideoPage.objects.filter(pk__in=asked).live().public().order_by("path")}
        turns = {(turn.page_id, turn.ancre): turn for turn in TourDeParole.objects.filter(page_id__in=pages)}
        by_target: dict[int, dict[int, list[TourDeParole]]] = defaultdict(lambda: defaultdict(list))
        for page_id, anchor, target, words in mentions:
            turn = turns.get((page_id, anchor))
            if turn is not None and said_in(words, turn.texte):
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
