from django.contrib.auth.models import AbstractUser


class Utilisateur(AbstractUser):
    """A person of the editorial team. Ours from the first migration, so that it can grow."""

    hors_version = True

    class Meta(AbstractUser.Meta):
        verbose_name = "utilisateur"
        verbose_name_plural = "utilisateurs"
