"""The editors' form of a resource."""

from wagtail.admin.forms import WagtailAdminPageForm


class RessourceForm(WagtailAdminPageForm):
    """A summary is asked for, and only the rubriques of the resource's own nature are offered.

    `resume` may stay empty in a draft and in an import of drafts: so the model allows it, this form does not.
    """

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "resume" in self.fields:
            self.fields["resume"].required = True
        if "rubrique" in self.fields:
            field = self.fields["rubrique"]
            parent = self.parent_page
            field.queryset = field.queryset.filter(nature_id=parent.pk if parent is not None else None)
            field.error_messages["invalid_choice"] = (
                "Cette rubrique n’est pas de la nature où se trouve la ressource : choisissez-en une autre."
            )
            field.empty_label = "Aucune rubrique" if field.queryset.exists() else "Cette nature n’a pas de rubrique"
