"""The one field of an attestation: a name, as it is printed and as it is checked."""

import re
import unicodedata

from django import forms

MAX = 100
# What the fonts of the PDF draw: European alphabets, Hebrew, Arabic and the signs of names.
_LETTRES = (
    r"A-Za-zªºÀ-ÖØ-öø-\u024f\u1e00-\u1eff\u02b0-\u02ff\u0300-\u036fͰ-ϿЀ-ӿ\u0531-\u0556\u0561-\u0587\u10d0-\u10ff"
    r"\u05d0-\u05ea\u0621-\u063a\u0641-\u0655"
)
_NOM = re.compile(rf"[{_LETTRES}0-9 '’.,·()‑–-]+")
_UNE_LETTRE = re.compile(rf"[{_LETTRES}]")
TROP_LONG = f"Ce nom est trop long : {MAX} caractères au plus."
ILLISIBLE = "Ce nom contient un caractère qui ne s’imprime pas. Effacez-le, puis recommencez."


class NomForm(forms.Form):
    """A name, its spaces put in order."""

    nom = forms.CharField(
        max_length=MAX,
        error_messages={
            "required": "Saisissez le nom, tel qu’il est imprimé sur l’attestation.",
            "max_length": TROP_LONG,
            "null_characters_not_allowed": ILLISIBLE,
        },
    )

    def clean_nom(self) -> str:
        return " ".join(unicodedata.normalize("NFC", self.cleaned_data["nom"]).split())

    @property
    def saisie(self) -> str:
        """What was typed, shown again; a NUL cannot stand in a page."""
        return str(self["nom"].value() or "").replace("\x00", "")[:1000]

    @property
    def erreur(self) -> str:
        """What is wrong with the name, in one sentence."""
        return str(next(iter(self.errors.get("nom", [])), "")) if self.is_bound else ""


class DemandeForm(NomForm):
    """The name to print: two characters at least, all of which the fonts draw."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nom"].error_messages["required"] = "Saisissez votre nom, par exemple : Camille Martin."

    def clean_nom(self) -> str:
        nom = super().clean_nom()
        if len(nom) < 2 or not _UNE_LETTRE.search(nom):
            raise forms.ValidationError("Ce nom est trop court : saisissez au moins deux caractères, dont une lettre.")
        if not _NOM.fullmatch(nom):
            signe = next(signe for signe in nom if not _NOM.fullmatch(signe))
            raise forms.ValidationError(
                f"Le signe « {signe} » ne peut pas être imprimé dans un nom : écrivez-le avec des lettres de notre "
                "alphabet, des espaces, des traits d’union ou des apostrophes."
                if signe.isprintable()
                else ILLISIBLE
            )
        return nom
