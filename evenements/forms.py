"""What an editor is told when a programme does not hold together."""

from datetime import time

from django.utils.timezone import localtime
from wagtail.admin.forms import WagtailAdminPageForm


class RencontreForm(WagtailAdminPageForm):
    """Checks slots against the day and against one another, which no slot can do alone."""

    def clean(self) -> dict:
        cleaned = super().clean()
        formset = self.formsets.get("creneaux")
        if formset is None or not formset.is_valid():
            return cleaned
        slots = [form for form in formset.forms if form.has_changed() or form.instance.pk]
        slots = [form for form in slots if not form.cleaned_data.get("DELETE") and form.cleaned_data.get("debut")]
        named = set()
        for form in slots:
            name = form.cleaned_data.get("temps")
            if name in named:
                form.add_error("temps", f"Deux temps s’appellent « {name} » : donnez-leur des noms différents.")
            if name:
                named.add(name)
        phases = {form.cleaned_data["temps"]: form.cleaned_data for form in slots if form.cleaned_data.get("temps")}
        day = _day(cleaned)
        for form in slots:
            data = form.cleaned_data
            if day and not day[0] <= data["debut"] < data["fin"] <= day[1]:
                form.add_error("debut", f"Ce créneau sort de la rencontre, qui va de {day[0]:%H:%M} à {day[1]:%H:%M}.")
            phase = phases.get(data["parent"])
            if data["parent"] and phase is None:
                form.add_error("parent", f"Aucun temps du programme ne s’appelle « {data['parent']} ».")
            elif phase and not phase["debut"] <= data["debut"] < data["fin"] <= phase["fin"]:
                form.add_error("debut", f"Ce créneau sort du temps « {data['parent']} ».")
        return cleaned


def _day(cleaned: dict) -> tuple[time, time] | None:
    start, end = cleaned.get("debut"), cleaned.get("fin")
    return (localtime(start).time(), localtime(end).time()) if start and end else None
