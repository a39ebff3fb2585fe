"""The cross-references of an interview, in the admin: what its turns name, to approve or refuse."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin import messages

from core.templatetags.typo import horodatage, pluriel_fr
from mooc.mentions import decider, recenser, said_in
from mooc.models import Mention, VideoPage

# A form that somebody can read to its end; the next ones come once these are decided.
MOST_SHOWN = 200
AROUND = 140
ACTIONS = {
    "approuver": (Mention.Etat.APPROUVEE, "renvoi approuvé,renvois approuvés"),
    "refuser": (Mention.Etat.REFUSEE, "renvoi refusé,renvois refusés"),
    "reprendre": (Mention.Etat.PROPOSEE, "renvoi à décider de nouveau,renvois à décider de nouveau"),
}


def renvois(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the turns of an interview name, or do what an editor decided of it; publishers decide."""
    page = get_object_or_404(VideoPage, pk=pk)
    permissions = page.permissions_for_user(request.user)
    if not permissions.can_edit():
        raise PermissionDenied
    may_decide = permissions.can_publish()
    if request.method == "POST":
        if not may_decide:
            raise PermissionDenied
        messages.success(request, _act(page, request))
        return redirect(request.path)
    turns = {turn.ancre: turn for turn in page.tours.all()}
    mentions = page.mentions.select_related("cible__content_type", "organisme", "terme", "decidee_par")
    rows = [_row(one, turns.get(one.ancre)) for one in mentions]
    order = {anchor: rank for rank, anchor in enumerate(turns)}
    rows.sort(key=lambda row: order.get(row["mention"].ancre, len(order)))
    waiting = [row for row in rows if not row["mention"].decidee]
    context = {
        "page": page,
        "a_decider": waiting[:MOST_SHOWN],
        "autres": max(0, len(waiting) - MOST_SHOWN),
        "decidees": [row for row in rows if row["mention"].decidee],
        "peut_decider": may_decide,
    }
    return render(request, "mooc/admin/renvois.html", context)


def _act(page: VideoPage, request: HttpRequest) -> str:
    """Do what the button says, of one mention or of those that the form showed; what to tell the editor."""
    action, _, which = request.POST.get("action", "").partition(":")
    if action == "chercher":
        found = recenser(page) if page.live else 0
        return f"{pluriel_fr(found, 'nouveau renvoi proposé,nouveaux renvois proposés')}."
    if action not in ACTIONS:
        return "Rien n’a changé."
    # « All » is what the editor had under the eyes, not what was found since.
    asked = request.POST.getlist("vues") if which == "tout" else [which]
    ids = [int(text) for text in asked if re.fullmatch(r"\d{1,18}", text, re.ASCII)]
    state, words = ACTIONS[action]
    return f"{pluriel_fr(decider(page, ids, state, request.user), words)}."


def _row(mention: Mention, turn) -> dict[str, Any]:
    """A mention as the list shows it: its target, and its words within their sentence."""
    text = turn.texte if turn else ""
    at = said_in(mention.mots, text)
    if mention.cible:
        kind, name = getattr(mention.cible.specific_class, "genre_label", "Page"), mention.cible.title
    elif mention.organisme:
        kind, name = "Organisme", mention.organisme.nom
    else:
        kind, name = "Glossaire", mention.terme.nom if mention.terme else ""
    before, after = (text[: at.start()], text[at.end() :]) if at else ("", "")
    return {
        "mention": mention,
        "genre": kind,
        "nom": name,
        "temps": horodatage(turn.debut) if turn and turn.debut is not None else "",
        "avant": f"…{before[-AROUND:]}" if len(before) > AROUND else before,
        "apres": f"{after[:AROUND]}…" if len(after) > AROUND else after,
        "perdue": at is None,
    }
