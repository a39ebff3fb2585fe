"""Where parcours live in the tree, what an editor may put in them, and what stays out of their lists."""

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import PageViewRestriction
from wagtail.test.utils import WagtailPageTestCase

from core.cards import cards_for
from core.protocols import Temps
from core.version import current_version
from home.models import HomePage, StandardPage
from parcours.fil import Etape, Fil
from parcours.models import EtapeParcours, LeviersPage, ParcoursIndexPage, ParcoursPage
from parcours.services import fil_de
from tests.parcours.factories import parcours, ressource


class TestTree(WagtailPageTestCase):
    def test_a_parcours_lives_below_the_list_of_parcours_only(self):
        self.assertCanCreateAt(HomePage, ParcoursIndexPage)
        self.assertCanCreateAt(ParcoursIndexPage, ParcoursPage)
        self.assertCanNotCreateAt(HomePage, ParcoursPage)
        self.assertAllowedSubpageTypes(ParcoursPage, {})

    def test_the_levers_live_below_the_home_page(self):
        self.assertCanCreateAt(HomePage, LeviersPage)
        self.assertCanNotCreateAt(ParcoursIndexPage, LeviersPage)
        self.assertAllowedSubpageTypes(LeviersPage, {})


def test_a_step_is_a_resource_or_a_piece_of_the_mooc(home):
    text = home.add_child(instance=StandardPage(title="Mentions", slug="mentions"))
    page = parcours(home, [ressource(home)])
    with pytest.raises(ValidationError, match="Une étape est une ressource"):
        EtapeParcours(parcours=page, page=text).clean()


def etape(numero: int, groupe: str) -> Etape:
    return Etape(numero, numero, f"uuid-{numero}", f"Étape {numero}", f"/{numero}/", "", groupe, (), "", True, Temps())


def test_steps_that_follow_one_another_are_grouped_by_nature_in_their_order():
    groups = ["Cadre", "Méthode", "Méthode", "Cadre"]
    steps = tuple(etape(rank, group) for rank, group in enumerate(groups, start=1))
    fil = Fil("p", "", "Titre", "Court", "/p/", "", "", steps)
    assert [(groupe.titre, groupe.debut, len(groupe.etapes)) for groupe in fil.groupes] == [
        ("Cadre", 1, 1),
        ("Méthode", 2, 2),
        ("Cadre", 4, 1),
    ]


def test_the_first_step_has_none_before_and_the_last_none_after():
    fil = Fil("p", "", "Titre", "Court", "/p/", "", "", tuple(etape(rank, "Cadre") for rank in (1, 2, 3)))
    first, second, third = fil.etapes
    assert (fil.avant(first), fil.apres(first)) == (None, second)
    assert (fil.avant(third), fil.apres(third)) == (second, None)


def test_the_steps_keep_the_order_of_the_editor(home):
    steps = [ressource(home) for _ in range(4)]
    parcours(home, reversed(steps), slug="p")
    titles = [etape.titre for etape in fil_de("p", current_version()).etapes]
    assert titles == [step.title for step in reversed(steps)]


def test_an_unpublished_or_private_step_is_left_out_of_the_numbering(home):
    steps = [ressource(home) for _ in range(4)]
    parcours(home, steps, slug="p")
    steps[1].unpublish()
    PageViewRestriction.objects.create(page=steps[2], restriction_type="login")
    fil = fil_de("p", current_version())
    assert [(etape.numero, etape.titre) for etape in fil.etapes] == [(1, steps[0].title), (2, steps[3].title)]


def test_a_draft_or_private_parcours_is_unknown_to_readers(home):
    page = parcours(home, [ressource(home)], slug="p")
    assert fil_de("p", current_version())
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert fil_de("p", current_version()) is None
    PageViewRestriction.objects.all().delete()
    page.unpublish()
    assert fil_de("p", current_version()) is None


def test_a_step_whose_page_is_deleted_disappears_for_readers_and_stays_for_its_editor(home):
    steps = [ressource(home) for _ in range(2)]
    page = parcours(home, steps, slug="p")
    steps[0].delete()
    assert [etape.titre for etape in fil_de("p", current_version()).etapes] == [steps[1].title]
    assert [step.page_id for step in ParcoursPage.objects.get(pk=page.pk).etapes.all()] == [None, steps[1].pk]


def test_the_time_of_a_parcours_is_the_sum_of_its_steps(home):
    steps = [ressource(home) for _ in range(3)]
    parcours(home, steps, slug="p")
    times = [step.specific.temps_de_lecture() for step in steps]
    assert fil_de("p", current_version()).temps == sum(times[1:], times[0])


def test_search_finds_the_reason_of_a_step_at_its_own_anchor(home):
    steps = [ressource(home) for _ in range(3)]
    page = parcours(home, steps)
    steps[0].unpublish()
    found = {passage.ancre: (passage.titre, passage.texte) for passage in page.passages()}
    assert found["#etape-2"] == (steps[2].title, "Raison 3.")
    assert "#etape-3" not in found


def test_a_parcours_shows_in_lists_with_the_number_of_its_public_steps(home):
    steps = [ressource(home) for _ in range(3)]
    page = parcours(home, steps, titre_court="Court")
    steps[0].unpublish()
    assert cards_for([page.pk], current_version())[page.pk].details == ("2\u00a0étapes",)
    assert page.carte().details == ("2\u00a0étapes",)
