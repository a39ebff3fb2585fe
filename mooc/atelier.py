"""The transcript beside its player, in the admin: heard, corrected, cut and joined; saved as a draft of the page."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from wagtail.admin import messages
from wagtail.models import Revision

from mooc import redaction
from mooc.lecteur import poster_of, versions_of
from mooc.models import TourDeParole, VideoPage
from mooc.transcription.temps import LONGEST, clock

TIME = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,4}):)?(\d{1,5})(?:[.,](\d{1,3}))?", re.ASCII)
# A transcript longer than this is not one interview; the form holds it all.
MOST_TURNS = 1_200
INCOMPLET = "Le formulaire est arrivé incomplet : rien n’a été enregistré. Rechargez la page."
CONFLIT = (
    "Cette transcription a été enregistrée ailleurs pendant que vous la corrigiez. Vos corrections sont ci-dessous, "
    "rien n’est encore enregistré : enregistrez pour garder votre version, ou rechargez la page pour reprendre l’autre."
)


class TempsField(forms.CharField):
    """A time as people write it, « 2:22 » or « 142,5 », in seconds."""

    def prepare_value(self, value):
        if not isinstance(value, (int, float)):
            return value
        text = clock(value).rstrip("0").rstrip(".") if value % 1 else clock(value)[:-4]
        return re.sub(r"^(00:0?|0)", "", text)

    def clean(self, value) -> float | None:
        text = super().clean(value).strip()
        if not text:
            return None
        match = TIME.fullmatch(text)
        if match is None:
            raise ValidationError("Écrivez un temps comme 2:22 ou 142,5.")
        hours, minutes, seconds, rest = match.groups()
        if minutes is not None and int(seconds) > 59:
            raise ValidationError("Après les minutes, les secondes vont de 0 à 59.")
        found = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds) + float(f"0.{rest or 0}")
        if found > LONGEST:
            raise ValidationError("Ce temps dépasse une journée.")
        return round(found, 3)


class TourForm(forms.ModelForm):
    """A turn of the workshop; `ancre` tells which one it was."""

    ancre = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    debut = TempsField(label="Début", required=False, max_length=20)
    fin = TempsField(label="Fin", required=False, max_length=20)

    class Meta:
        model = TourDeParole
        fields = ("texte", "locuteur", "role", "debut", "fin", "enchainement_incertain")
        labels = {"locuteur": "Voix", "enchainement_incertain": "Enchaînement incertain"}
        widgets = {"texte": forms.Textarea(attrs={"rows": 3, "data-texte": ""})}

    def clean_texte(self) -> str:
        return self.cleaned_data["texte"].replace("\r\n", "\n").replace("\x00", "")

    @property
    def seconde(self) -> float | None:
        """The start that the field shows, when it is one."""
        try:
            return self.fields["debut"].clean(str(self["debut"].value() or ""))
        except ValidationError:
            return None


def atelier(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the latest draft of an interview's turns, or save what an editor did of them."""
    live = get_object_or_404(VideoPage, pk=pk)
    if live.alias_of_id:
        # An alias follows its page, and keeps no draft of its own.
        return redirect("atelier_de_transcription", live.alias_of_id)
    if not live.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    page = live.get_latest_revision_as_object()
    lock = page.get_lock()
    locked = lock is not None and lock.for_user(request.user)
    forms_of_turns = _posted(request, page) if request.method == "POST" else None
    if forms_of_turns is None:
        if request.method == "POST":
            messages.error(request, INCOMPLET)
        return _show(request, page, [_form(rank, turn) for rank, turn in enumerate(page.tours.all())], locked)
    # Every form is asked, so that every mistake is told at once.
    invalid = [form for form in forms_of_turns if not form.is_valid()]
    if locked:
        messages.error(request, "Cette page est verrouillée : rien n’a été enregistré.")
    elif request.POST.get("revision", "") != state_of(page):
        messages.error(request, CONFLIT)
    elif invalid:
        messages.error(request, "Rien n’a été enregistré : corrigez les champs signalés en rouge.")
    else:
        page.tours = [_turn(rank, form) for rank, form in enumerate(forms_of_turns)]
        page.anchor_turns()
        try:
            said, place = _act(page, request.POST)
        except redaction.RedactionError as error:
            messages.error(request, f"Rien n’a été enregistré. {error}")
        else:
            saved = _save(page, request)
            messages.success(request, said)
            second = request.POST.get("temps", "")
            query = f"?brouillon={saved.pk}" + (f"&t={second}" if re.fullmatch(r"\d{1,6}", second, re.ASCII) else "")
            return redirect(reverse("atelier_de_transcription", args=[pk]) + query + (f"#{place}" if place else ""))
    return _show(request, page, forms_of_turns, locked)


def state_of(page: VideoPage) -> str:
    """Which draft this is. A sitting rewrites its own revision: the number alone would not tell two states apart."""
    if not page.latest_revision_id:
        return ""
    return f"{page.latest_revision_id}@{page.latest_revision.created_at.isoformat()}"


def _form(rank: int, turn: TourDeParole, data: Any = None) -> TourForm:
    return TourForm(data, prefix=f"tour-{rank}", instance=turn, initial={"ancre": turn.ancre})


def _posted(request: HttpRequest, page: VideoPage) -> list[TourForm] | None:
    """The forms that were sent, each on the turn that it shows, or on a new one when that turn is gone.

    None when they are not all there: those that lack would be removed from the transcript.
    """
    known = {turn.ancre: turn for turn in page.tours.all()}
    number = request.POST.get("nombre", "")
    if not re.fullmatch(r"\d{1,5}", number, re.ASCII) or int(number) > MOST_TURNS:
        return None
    if any(f"tour-{rank}-texte" not in request.POST for rank in range(int(number))):
        return None
    found = []
    for rank in range(int(number)):
        anchor = request.POST.get(f"tour-{rank}-ancre", "")
        found.append(_form(rank, known.pop(anchor, None) or TourDeParole(), request.POST))
    return found


def _turn(rank: int, form: TourForm) -> TourDeParole:
    turn = form.instance
    turn.sort_order = rank
    return turn


def _act(page: VideoPage, data) -> tuple[str, str]:
    """Do what the button says to the page; what to tell the editor, and the anchor to come back to.

    Raises:
        RedactionError: it cannot be done.
    """
    action, _, rank = data.get("action", "").partition(":")
    number = int(rank) if re.fullmatch(r"\d{1,5}", rank, re.ASCII) else -1
    if action == "renommer":
        old, new = data.get("ancien", ""), data.get("nouveau", "").strip()[:150].replace("\x00", "")
        many = redaction.renommer(page, old, new)
        tours = "1 tour de parole" if many == 1 else f"{many} tours de parole"
        return f"« {old} » s’appelle maintenant « {new} » ({tours})." if new else f"« {old} » n’a plus de nom.", ""
    if action == "couper":
        made = redaction.couper(page, number, _position(page, number, data.get("position", "")))
        return "Le tour est coupé en deux. Donnez son début au second quand vous l’avez entendu.", made.ancre
    if action == "joindre":
        return "Les deux tours n’en font plus qu’un.", redaction.joindre(page, number).ancre
    return "Le brouillon de la transcription est enregistré.", ""


def _position(page: VideoPage, rank: int, text: str) -> int:
    """The place of the cursor, which browsers count in UTF-16, in characters."""
    turns = list(page.tours.all())
    if not re.fullmatch(r"\d{1,7}", text, re.ASCII) or not 0 <= rank < len(turns):
        return 0
    units = turns[rank].texte.encode("utf-16-le")[: 2 * int(text)]
    return len(units.decode("utf-16-le", "ignore"))


def _save(page: VideoPage, request: HttpRequest) -> Revision:
    """A revision, or the one that this person has just made here: a cut and a name are no versions to keep."""
    latest = page.get_latest_revision()
    mine = (
        latest is not None
        and str(latest.pk) == request.POST.get("brouillon")
        and latest.user_id == request.user.pk
        and latest.pk != page.live_revision_id
        and latest.approved_go_live_at is None
        and not page.workflow_in_progress
    )
    # Only turns changed, and they were checked: an old fault elsewhere in the page does not lose them.
    return page.save_revision(
        user=request.user, log_action=True, clean=False, overwrite_revision=latest if mine else None
    )


def _show(request: HttpRequest, page: VideoPage, forms_of_turns: list[TourForm], locked: bool) -> HttpResponse:
    players = [version for version in versions_of(page) if version["genre"] != "externe"]
    uncertain = [form for form in forms_of_turns if form["enchainement_incertain"].value()]
    second = request.GET.get("t", "")
    context = {
        "page": page,
        "formulaires": forms_of_turns,
        "voix": redaction.voix(page),
        "incertains": uncertain,
        "lecteur": players[0] if players else None,
        "affiche": poster_of(page.affiche),
        "ailleurs": page.video_externe,
        "verrou": locked,
        "revision": state_of(page),
        "brouillon": request.POST.get("brouillon") or request.GET.get("brouillon", ""),
        "temps": second if re.fullmatch(r"\d{1,6}", second, re.ASCII) else "",
        "peut_publier": page.permissions_for_user(request.user).can_publish(),
    }
    return render(request, "mooc/admin/atelier.html", context)
