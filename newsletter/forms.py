"""The sign-up form: one field to fill, and one that only robots see."""

from django import forms

from newsletter.models.abonnement import normalise

INVALIDE = (
    "Cette adresse n’est pas complète ou contient un caractère interdit. Vérifiez-la : elle a la forme nom@exemple.fr."
)


class InscriptionForm(forms.Form):
    """An address, cleaned as it is kept.

    `site_web` is a trap: a person neither sees it nor reaches it with the keyboard.
    """

    courriel = forms.EmailField(
        label="Adresse électronique",
        max_length=254,
        error_messages={
            "required": "Saisissez votre adresse électronique, par exemple nom@exemple.fr.",
            "invalid": INVALIDE,
            "null_characters_not_allowed": INVALIDE,
            "max_length": "Cette adresse est trop longue : une adresse électronique a 254 caractères au plus.",
        },
    )
    site_web = forms.CharField(required=False)

    def clean_courriel(self) -> str:
        return normalise(self.cleaned_data["courriel"])

    @property
    def saisie(self) -> str:
        """What was typed, shown again; a NUL cannot stand in a page."""
        return str(self["courriel"].value() or "").replace("\x00", "")

    @property
    def erreur(self) -> str:
        """What is wrong with the address, in one sentence."""
        return str(next(iter(self.errors.get("courriel", [])), "")) if self.is_bound else ""

    @property
    def est_un_robot(self) -> bool:
        return bool(self.data.get("site_web"))
