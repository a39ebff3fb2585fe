"""What enters a pack: what everybody may read, whoever asks."""

import pytest

from core.version import current_version
from parcours.emporter.contenu import INTROUVABLE, RESERVE, lire_le_livret
from parcours.emporter.packs import SORTES
from tests.parcours.emporter.conftest import ADRESSE, BASE, avec_fichier
from tests.parcours.emporter.outils import octets, texte_de_l_archive, texte_du_pdf
from tests.parcours.factories import parcours, ressource


def lire(sorte: str, contenu: bytes) -> str:
    return texte_du_pdf(contenu) if sorte == "pdf" else texte_de_l_archive(contenu)


@pytest.mark.parametrize("sorte", SORTES)
def test_drafts_private_pages_and_private_files_never_enter_a_pack(client, monde, sorte):
    texte = lire(sorte, octets(client.get(ADRESSE + sorte)))
    assert "Étape publique" in texte
    for mot in monde.secrets:
        assert mot not in texte, mot


@pytest.mark.parametrize("sorte", SORTES)
def test_an_administrator_gets_the_same_pack_as_everybody(client, admin_client, monde, sorte):
    assert octets(admin_client.get(ADRESSE + sorte)) == octets(client.get(ADRESSE + sorte))


def test_a_draft_change_of_a_step_stays_out(client, monde):
    monde.public.resume = "resume-secret du brouillon"
    monde.public.save_revision()
    assert "resume-secret" not in texte_du_pdf(octets(client.get(f"{ADRESSE}pdf")))


def test_steps_keep_their_order_and_numbers(livret):
    assert [(etape.numero, etape.titre) for etape in livret.etapes] == [
        (1, "Étape publique"),
        (2, "Étape sans fichier"),
        (3, "Étape au fichier réservé"),
        (4, "1. Épisode d’essai 1"),
    ]


def test_what_the_site_does_not_hold_is_said(livret):
    publique, sans, reserve, _ = livret.etapes
    assert not publique.sans_fichier
    assert "".join(morceau["t"] for morceau in sans.absence) == "Ce site n’a pas ce document."
    assert reserve.sans_fichier
    assert [piece.manque for piece in reserve.pieces] == [RESERVE]
    assert reserve.pieces[0].url.startswith(f"{BASE}/documents/")


def test_a_file_that_has_gone_is_said(home, monde):
    from tests.mooc.factories import document

    perdu = document("perdu.pdf")
    page = avec_fichier(ressource(home, title="Au fichier perdu"), perdu)
    parcours(home, [page], slug="q")
    perdu.file.storage.delete(perdu.file.name)
    (etape,) = lire_le_livret("q", BASE, current_version()).etapes
    assert [piece.manque for piece in etape.pieces] == [INTROUVABLE]


def test_two_files_of_the_same_title_have_two_names(home):
    from tests.mooc.factories import document

    page = avec_fichier(ressource(home), document("été.pdf", b"a"), document("ete.pdf", b"b"))
    parcours(home, [page], slug="p")
    (etape,) = lire_le_livret("p", BASE, current_version()).etapes
    assert [piece.nom for piece in etape.pieces] == ["documents/01-etepdf.pdf", "documents/01-etepdf-2.pdf"]


def test_the_same_content_has_the_same_digest_and_any_change_another(monde, livret):
    encore = lire_le_livret("p", BASE, current_version())
    assert encore.empreinte == livret.empreinte
    monde.public.resume = "Un autre résumé."
    monde.public.save_revision().publish()
    assert lire_le_livret("p", BASE, current_version()).empreinte != livret.empreinte
    assert lire_le_livret("p", "https://autre.example", current_version()).empreinte != livret.empreinte


@pytest.mark.parametrize("slug", ["inconnu", "", "../p"])
def test_another_word_is_no_parcours(monde, slug):
    assert lire_le_livret(slug, BASE, current_version()) is None


def test_a_large_parcours_is_read_with_few_queries_a_step(home, django_assert_max_num_queries):
    pages = [ressource(home) for _ in range(40)]
    parcours(home, pages, slug="grand")
    with django_assert_max_num_queries(40 * 12 + 60):
        lire_le_livret("grand", BASE, current_version())
