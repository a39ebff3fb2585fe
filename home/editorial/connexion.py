"""The admin's login form."""

from wagtail.admin.forms.auth import LoginForm


class ConnexionForm(LoginForm):
    """Wagtail's form, with the one label that its French translation lacks."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "Mot de passe"
