"""Words of the room: forms of co-construction, families of actors, where a case comes from."""

from django.db import models


class Forme(models.TextChoices):
    """The three forms of action of territorial co-construction; a case may have none of them."""

    DIALOGUE = "dialogue-territorial", "Dialogue territorial"
    EXPERIMENTATION = "experimentation-collective", "Expérimentation collective"
    PARTENARIATS = "partenariats", "Partenariats entre organisations"


# The same with an article, for a sentence.
FORMES_EN_PHRASE = {
    Forme.DIALOGUE: "un dialogue territorial",
    Forme.EXPERIMENTATION: "une expérimentation collective",
    Forme.PARTENARIATS: "des partenariats entre organisations",
}


class Famille(models.TextChoices):
    """The world that an actor comes from. Each has its own shape and colour in the constellation."""

    ASSOCIATION = "association", "Association"
    ENTREPRISE = "entreprise", "Entreprise"
    COLLECTIVITE = "collectivite", "Collectivité"
    FONDATION = "fondation", "Fondation"
    RESEAU = "reseau", "Réseau"
    ACADEMIQUE = "academique", "Acteur académique"


FAMILLES_AU_PLURIEL = {
    Famille.ASSOCIATION: "Associations",
    Famille.ENTREPRISE: "Entreprises",
    Famille.COLLECTIVITE: "Collectivités",
    Famille.FONDATION: "Fondations",
    Famille.RESEAU: "Réseaux",
    Famille.ACADEMIQUE: "Acteurs académiques",
}


class Origine(models.TextChoices):
    """Where the case is told: not every case of the kit is a fil rouge of the MOOC."""

    MOOC = "mooc", "Fil rouge du MOOC"
    KIT = "kit", "Cas du kit"
