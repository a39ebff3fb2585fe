"""Public addresses of newsletter: what receives the form, and the links of the e-mails.

The first part of each below /newsletter/ is in `newsletter.adresses.RESERVEES`.
"""

from django.urls import path

from newsletter import views

urlpatterns = [
    path("newsletter/inscription/", views.inscription, name="newsletter_inscription"),
    path("newsletter/verification/", views.verification, name="newsletter_verification"),
    path("newsletter/confirmer/<str:token>/", views.confirmer, name="newsletter_confirmer"),
    path("newsletter/desinscription/<str:token>/", views.desinscription, name="newsletter_desinscription"),
]
