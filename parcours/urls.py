"""Public addresses of parcours that are not pages.

The first part of each below /parcours/ is in `parcours.adresses.RESERVEES`.
"""

from django.urls import path, re_path

from parcours.attestation import views as attestation
from parcours.carnet import views as carnet
from parcours.emporter.views import choisir, emporter
from parcours.entonnoir.views import mesurer
from parcours.hors_ligne import views as hors_ligne
from parcours.matrice import matrice

urlpatterns = [
    path("kit/matrice/", matrice, name="matrice"),
    path("parcours/carnet/", carnet.carnet, name="carnet"),
    path("parcours/carnet/marquer/", carnet.marquer, name="carnet_marquer"),
    path("parcours/carnet/temoin/", carnet.du_temoin, name="carnet_temoin"),
    path("parcours/carnet/code/", carnet.creer, name="carnet_code"),
    path("parcours/carnet/reprendre/", carnet.reprendre, name="carnet_reprendre"),
    path("parcours/carnet/courriel/", carnet.envoyer, name="carnet_courriel"),
    path("parcours/carnet/lien/<str:token>/", carnet.lien, name="carnet_lien"),
    path("parcours/carnet/effacer/", carnet.effacer, name="carnet_effacer"),
    path("attestation/<str:token>/", attestation.verifier, name="attestation"),
    path("parcours/<slug:slug>/attestation/", attestation.demander, name="attestation_demander"),
    path("parcours/carnet/mesure/", mesurer, name="carnet_mesure"),
    path("hors-ligne.js", hors_ligne.service, name="hors_ligne_service"),
    path("hors-ligne/", hors_ligne.hors_ligne, name="hors_ligne"),
    path("parcours/<slug:slug>/hors-ligne.json", hors_ligne.lister, name="hors_ligne_liste"),
    path("parcours/<slug:slug>/emporter/", choisir, name="choisir"),
    re_path(r"^parcours/(?P<slug>[-a-zA-Z0-9_]+)/emporter/(?P<sorte>[a-z-]+)/?$", emporter, name="emporter"),
]
