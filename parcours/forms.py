"""What the editor of a parcours, or of the levers, is told before saving."""

from collections.abc import Iterator

from wagtail.admin.forms import WagtailAdminPageForm


def _kept_rows(form, name: str) -> Iterator[tuple]:
    """Each form of the formset `name` that is not being removed, with what it holds.

    The formset is judged after its page: its forms are cleaned here, once, to be compared.
    """
    formset = form.formsets.get(name)
    if formset is None:
        return
    formset.is_valid()
    for row in formset.forms:
        data = getattr(row, "cleaned_data", None) or {}
        if not data.get("DELETE"):
            yield row, data


class ParcoursForm(WagtailAdminPageForm):
    """Refuses the same page twice among the steps: « étape n sur N » would have two answers."""

    def clean(self) -> dict:
        cleaned = super().clean()
        seen: set[int] = set()
        for form, data in _kept_rows(self, "etapes"):
            page = data.get("page")
            if page is None:
                continue
            if page.pk in seen:
                form.add_error("page", f"« {page.title} » est déjà une étape de ce parcours.")
                self.add_error(None, f"La page « {page.title} » est deux fois parmi les étapes : gardez-en une.")
            seen.add(page.pk)
        return cleaned


class LeviersForm(WagtailAdminPageForm):
    """Refuses two levels of the same wording: the reader's device keeps an answer in the words of its level."""

    def clean(self) -> dict:
        cleaned = super().clean()
        seen: set[str] = set()
        for form, data in _kept_rows(self, "niveaux"):
            label = " ".join(data.get("libelle", "").split())
            if not label:
                continue
            if label.casefold() in seen:
                form.add_error("libelle", f"« {label} » est déjà un niveau.")
                self.add_error(None, f"Deux niveaux s’appellent « {label} » : donnez à chacun son libellé.")
            seen.add(label.casefold())
        return cleaned
