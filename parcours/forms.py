"""What the editor of a parcours, or of the levers, is told before saving."""

from wagtail.admin.forms import WagtailAdminPageForm


class ParcoursForm(WagtailAdminPageForm):
    """Refuses the same page twice among the steps: « étape n sur N » would have two answers."""

    def clean(self) -> dict:
        cleaned = super().clean()
        steps = self.formsets.get("etapes")
        if steps is None:
            return cleaned
        # The formset is judged after its page: its forms are cleaned here, once, to be compared.
        steps.is_valid()
        seen: set[int] = set()
        for form in steps.forms:
            data = getattr(form, "cleaned_data", None) or {}
            page = data.get("page")
            if page is None or data.get("DELETE"):
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
        levels = self.formsets.get("niveaux")
        if levels is None:
            return cleaned
        # As for the steps: the formset is judged after its page.
        levels.is_valid()
        seen: set[str] = set()
        for form in levels.forms:
            data = getattr(form, "cleaned_data", None) or {}
            label = " ".join(data.get("libelle", "").split())
            if not label or data.get("DELETE"):
                continue
            if label.casefold() in seen:
                form.add_error("libelle", f"« {label} » est déjà un niveau.")
                self.add_error(None, f"Deux niveaux s’appellent « {label} » : donnez à chacun son libellé.")
            seen.add(label.casefold())
        return cleaned
