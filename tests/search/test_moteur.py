"""The contract that every engine keeps; these tests run on SQLite, PostgreSQL and OpenSearch."""

import unicodedata

import pytest

from core.version import current_version
from search import index
from search.analyse import analyser, racine
from search.comprendre import comprendre, nettoyer
from search.corrections import corrigee
from search.models import Mot, SearchEntry
from search.moteurs import base, moteur, postgresql
from tests.search.factories import page

pytestmark = pytest.mark.contrat


@pytest.fixture
def corpus(home):
    page(home, "Évaluer un partenariat", "Comment mesurer ce que l’alliance apporte.")
    page(
        home,
        "Monter un comité de pilotage",
        "Qui inviter et que décider.",
        (("Préparer l’ordre du jour", "Évaluer ensemble le partenariat."),),
    )
    page(home, "Partenariats et territoires", "Un partenariat, des partenariats, encore un partenariat.")
    page(home, "Mise en œuvre d’une démarche", "Les étapes de la co-construction territoriale.")
    page(home, "Boîte à outils", "Des check-lists pour l’ODD17 et les PTCE.")
    return home


@pytest.mark.parametrize(
    ("question", "premier"),
    [
        ("evaluation partenariats", "Évaluer un partenariat"),
        ("ÉVALUATION DES PARTENARIATS", "Évaluer un partenariat"),
        ("comment évaluer un partenariat ?", "Évaluer un partenariat"),
        ("mise en oeuvre", "Mise en œuvre d’une démarche"),
        ("coconstruction", "Mise en œuvre d’une démarche"),
        ("co construction", "Mise en œuvre d’une démarche"),
        ("l'ordre du jour", "Monter un comité de pilotage"),
        ("checklist", "Boîte à outils"),
        ("ODD 17", "Boîte à outils"),
        ("ptce", "Boîte à outils"),
        ("P.T.C.E.", "Boîte à outils"),
        ("lévaluation dun partenariat", "Évaluer un partenariat"),
        ("comitepilotage", "Monter un comité de pilotage"),
        ("komité de pilottage", "Monter un comité de pilotage"),
        ("pilotante", "Monter un comité de pilotage"),
        ("comite pilot", "Monter un comité de pilotage"),
        ("comitté de pilotage", "Monter un comité de pilotage"),
    ],
)
def test_the_best_answer_comes_first(corpus, trouver, question, premier):
    assert trouver(question)[0] == premier


def test_passages_with_every_word_come_before_those_with_one_word_often(corpus, trouver):
    trouves = trouver("évaluer partenariat")
    assert set(trouves[:2]) == {"Évaluer un partenariat", "Monter un comité de pilotage"}
    assert trouves[2] == "Partenariats et territoires"


def test_a_title_outweighs_a_heading_and_a_heading_the_text(home, trouver):
    page(home, "Premier guide", "", (("Première partie", "On y parle d’un baromètre."),))
    page(home, "Deuxième guide", "", (("Un baromètre", "On y parle de tout."),))
    page(home, "Troisième baromètre", "", (("Première partie", "On y parle de tout."),))
    assert trouver("baromètre") == ["Troisième baromètre", "Deuxième guide", "Premier guide"]


def test_words_near_one_another_come_before_words_far_apart(home, trouver):
    entre = "Une phrase qui dit tout autre chose. " * 6
    page(home, "Loin", f"Le comité. {entre} Le pilotage.")
    page(home, "Près", f"{entre} Le comité de pilotage.")
    assert trouver("comité pilotage") == ["Près", "Loin"]


def test_a_rare_word_weighs_more_than_a_common_one(home, trouver):
    for numero in range(8):
        page(home, f"Page {numero}", "Une alliance de plus.")
    page(home, "Une autre page", "Un baromètre de plus.")
    assert trouver("alliance baromètre")[0] == "Une autre page"


def test_a_word_typed_without_accents_is_known_even_where_its_stem_differs(home, repondre):
    page(home, "Assurer la pérennité")
    assert analyser("perennite")[0] != analyser("pérennité")[0]
    reponse = repondre("perennite")
    assert [hit.passages[0].titre for hit in reponse.hits] == ["Assurer la pérennité"]
    assert not reponse.requete.inconnus


def test_a_phrase_is_required_as_it_is(corpus, trouver):
    assert trouver("« comité de pilotage »") == ["Monter un comité de pilotage"]
    assert trouver('"pilotage de comité"') == []


def test_a_phrase_may_be_typed_without_accents(home, repondre):
    page(home, "Une page", "Assurer la pérennité.")
    page(home, "Une autre", "La pérennité, assurer.")
    assert analyser("perennite")[0] != analyser("pérennité")[0]
    for phrase in ('"assurer la pérennité"', '"assurer la perennite"', "« ASSURER LA PERENNITE »"):
        (hit,) = repondre(phrase).hits
        assert hit.passages[0].titre == "Une page"


def test_a_phrase_of_one_word_is_found_inside_compounds_as_the_word_is(corpus, trouver):
    assert trouver('"checklists"') == trouver("checklists") == ["Boîte à outils"]


def test_a_minus_word_is_left_out(corpus, trouver):
    assert "Partenariats et territoires" in trouver("partenariat")
    assert "Partenariats et territoires" not in trouver("partenariat -territoires")


def test_a_minus_phrase_leaves_out_the_phrase_not_its_words(home, trouver):
    page(home, "Alliance une", "Le territoire entier.")
    page(home, "Alliance deux", "Le comité de ce territoire.")
    page(home, "Alliance trois", "Le comité.")
    assert set(trouver('alliance -"le territoire"')) == {"Alliance deux", "Alliance trois"}
    assert set(trouver('alliance −« le territoire » -"le comité"')) == set()
    assert set(trouver('alliance -"territoire le"')) == {"Alliance une", "Alliance deux", "Alliance trois"}


def test_a_minus_compound_leaves_out_the_compound_not_its_parts(home, trouver):
    page(home, "Alliance une", "Une check-list.")
    page(home, "Alliance deux", "Une list et un check.")
    page(home, "Alliance trois", "Une checklist.")
    assert trouver("alliance -check-list") == ["Alliance deux"]


def test_a_minus_stop_word_leaves_nothing_out(corpus, trouver):
    assert trouver("partenariat -de") == trouver("partenariat") != []


def test_what_is_left_out_may_be_typed_without_accents(home, trouver):
    page(home, "Alliance une", "Assurer la pérennité.")
    page(home, "Alliance deux", "Assurer la suite.")
    assert trouver("alliance -perennite") == trouver("alliance -pérennité") == ["Alliance deux"]
    assert trouver('alliance -"la perennite"') == ["Alliance deux"]


def test_an_exclusion_alone_is_a_word(corpus, trouver):
    assert trouver("-pilotage") == trouver('-"comité de pilotage"') == ["Monter un comité de pilotage"]


def test_the_last_word_may_be_unfinished_and_no_other(corpus, repondre):
    # Too far from « territoriale » and « démarche » to be taken for a mistake.
    for question, titre in (("terri", "Partenariats et territoires"), ("démar", "Mise en œuvre d’une démarche")):
        reponse = repondre(question)
        assert titre in {hit.passages[0].titre for hit in reponse.hits}
        assert (reponse.corrige, reponse.aussi) == ("", ())
    assert repondre("démar xylophone").total == 0


def test_words_that_are_everywhere_are_looked_for_in_titles_first(home, trouver, monkeypatch):
    for numero in range(8):
        page(home, f"Page {numero}", "Ce que nous en avons fait, et avec qui.")
    page(home, "Avec qui ?", "Un guide.")
    page(home, "Avec vous", "Et avec qui encore.")
    for classe in (base.MoteurSQL, postgresql.MoteurPostgreSQL):
        monkeypatch.setattr(classe, "trop", 2)
    monkeypatch.setattr(base, "COMPTES_MAX", 2)
    monkeypatch.setattr(base, "SUFFISANT", 1)
    assert trouver("avec qui")[0] == "Avec qui ?"
    if not moteur().distant:
        # Enough: the others are not even read.
        assert trouver("avec qui") == ["Avec qui ?"]


def test_stop_words_are_searched_when_nothing_else_is_left(corpus, trouver):
    assert "Monter un comité de pilotage" in trouver("que qui")


def test_stop_words_are_left_out_beside_another_word(corpus, trouver):
    assert trouver("que qui xylophone") == []


def test_a_misspelt_query_that_finds_nothing_is_corrected_and_says_so(corpus, repondre):
    reponse = repondre("pilotaje")
    assert reponse.corrige == "pilotage"
    assert reponse.total == 1


@pytest.mark.parametrize(
    ("question", "corrige"),
    [
        ("co-constrution", "coconstruction"),
        ("la co-constrution territoriaal", "la coconstruction territoriale"),
        ("œuvrre", "oeuvre"),
        # Accents and ligatures as they are pasted from a Mac or from a PDF.
        (unicodedata.normalize("NFD", "dévellopper"), "développer"),
        ("\ufb01nancemant", "financement"),
        # No correction is corrected in its turn.
        ("fonnd fondss", "fond fonds"),
        ("partanariat17", "partenariat17"),
    ],
)
def test_a_correction_stands_where_the_word_stood_however_it_was_typed(corpus, repondre, question, corrige):
    page(corpus, "Développer", "Le financement du 17 au 19 : des fonds, un fond, des fonds.")
    assert corrigee(nettoyer(question), comprendre(question, current_version()).termes) == corrige
    reponse = repondre(question)
    assert reponse.total > 0
    assert reponse.corrige in {corrige, ""}
    assert bool(reponse.corrige) == ("17" not in question)


def test_every_word_searched_instead_is_told(corpus, repondre):
    page(corpus, "Parrain", "Un parrainage.")
    page(corpus, "Pilotage", "Un pilotage et des pilotages.")
    page(corpus, "Pilonage", "Un pilonage.")
    reponse = repondre("pilofage")
    assert (reponse.corrige, reponse.aussi) == ("pilotage", ("pilonage",))
    assert "Pilonage" in {hit.passages[0].titre for hit in reponse.hits}


def test_a_word_run_together_leaves_the_other_compounds_as_they_are(corpus):
    termes = comprendre("comitepilotage prêt-à-porter", current_version()).termes
    assert [terme.mot for terme in termes] == ["comite", "pilotage", "prêt", "porter"]
    entier = racine("prêtàporter")
    assert [entier in terme.jetons for terme in termes] == [False, False, True, True]


def test_nothing_is_corrected_by_what_was_typed(corpus, repondre, monkeypatch):
    monkeypatch.setattr("search.query.corrigee", lambda texte, _termes: texte)
    reponse = repondre("pilotaje")
    assert (reponse.corrige, reponse.aussi) == ("", ("pilotage",))


def test_words_written_almost_so_are_searched_beside_those_typed_and_told(corpus, repondre):
    reponse = repondre("partenariat evaluré")
    assert reponse.hits[0].passages[0].titre in {"Évaluer un partenariat", "Monter un comité de pilotage"}
    assert (reponse.corrige, reponse.aussi) == ("", ("évaluer",))
    # They have been searched already.
    assert reponse.suggestion == ""


def test_only_the_words_typed_are_searched_when_the_reader_wants_so(corpus, repondre):
    reponse = repondre("pilotage evaluré", tels_quels=True)
    assert [hit.passages[0].titre for hit in reponse.hits] == ["Monter un comité de pilotage"]
    assert (reponse.corrige, reponse.aussi) == ("", ())
    assert repondre("evaluré", tels_quels=True).total == 0


@pytest.mark.parametrize(
    ("question", "proposition"),
    [
        ('"comité de pilotaje"', '"comité de pilotage"'),
        ('"comitee de pilotage" décider', '"comité de pilotage" décider'),
        ('"pilotage de comité"', "pilotage de comité"),
        ('"pilotaje de comité"', "pilotage de comité"),
        ("partenariats -partenariat", "partenariats"),
        ("partanariat -partenariat", "partenariat"),
        ('"pilotage de comité" -territoires', "pilotage de comité -territoires"),
    ],
)
def test_what_is_proposed_instead_of_nothing_gives_something(corpus, repondre, question, proposition):
    reponse = repondre(question)
    assert (reponse.total, reponse.suggestion) == (0, proposition)
    assert repondre(proposition).total > 0


def test_filters_that_leave_nothing_are_told_and_a_misspelt_word_is_mended(corpus, repondre):
    reponse = repondre("partnariat", {"annee": ("1999",)})
    assert (reponse.total, reponse.sans_filtre, reponse.suggestion) == (0, True, "partenariat")
    reponse = repondre("partenariat", {"annee": ("1999",)})
    assert (reponse.total, reponse.sans_filtre, reponse.suggestion) == (0, True, "")
    reponse = repondre("xylophone", {"annee": ("1999",)})
    assert (reponse.total, reponse.sans_filtre, reponse.suggestion) == (0, False, "")


def test_a_word_misspelt_by_an_author_leads_to_the_one_that_was_meant(home, repondre):
    for numero in range(12):
        page(home, f"Page {numero}", "Un partenariat de plus.")
    page(home, "Une coquille", "Un partenaraiat de trop.")
    reponse = repondre("partenaraiat")
    assert reponse.total == 1
    assert reponse.suggestion == "partenariat"
    assert repondre("partenariat").suggestion == ""


def test_a_rare_word_that_is_near_no_much_commoner_one_is_left_alone(corpus, repondre):
    assert repondre("décider").suggestion == ""


def test_what_is_nowhere_finds_nothing_and_suggests_nothing(corpus, repondre):
    reponse = repondre("xylophone")
    assert (reponse.total, reponse.corrige, reponse.suggestion) == (0, "", "")


def test_a_section_is_found_at_its_own_anchor(corpus, repondre):
    hit = repondre("ordre du jour").hits[0]
    assert hit.passages[0].adresse == "#preparer-lordre-du-jour"


def test_upsert_and_delete_change_the_index(corpus, trouver):
    cle = SearchEntry.objects.filter(titre="Boîte à outils").values_list("page_id", flat=True)[0]
    moteur().delete([cle])
    assert trouver("ptce") == []
    moteur().upsert([cle])
    assert trouver("ptce") == ["Boîte à outils"]


def test_rebuilding_gives_the_same_index(corpus, trouver):
    index.indexer_pages([corpus.pk])
    avant = trouver("partenariat"), sorted(Mot.objects.values_list("mot", "jeton", "frequence"))
    assert moteur().rebuild() == SearchEntry.objects.count()
    assert (trouver("partenariat"), sorted(Mot.objects.values_list("mot", "jeton", "frequence"))) == avant


def test_a_failed_rebuild_leaves_the_old_index(corpus, trouver, monkeypatch):
    def casser(*args):
        raise RuntimeError("panne")

    monkeypatch.setattr(index, "compter", casser)
    with pytest.raises(RuntimeError):
        moteur().rebuild()
    assert trouver("ptce") == ["Boîte à outils"]


def test_no_word_outlives_its_pages(corpus):
    index.retirer(SearchEntry.objects.all())
    assert not Mot.objects.exists()


@pytest.mark.parametrize(
    "texte",
    ['"', "''", "NEAR(", "NEAR(a b, 3)", "*", "a*", "AND", "OR NOT", "\x00", " ", "^a", "titre:", "a:b", "{", "}{", "%",
     "_", "😀", "مرحبا بالعالم", "\u202e\u200f", '{"_type": "x"}', "(((", "a & | !b", "<->", "\\", "';--", "é" * 10_000,
     "a " * 5_000, "-" * 500, '"' * 501, "« « »", "\ud800", "1e5 0x10 -1", "a-b-c-d-e-f-g", "l'", "co "],
)  # fmt: skip
def test_no_text_is_an_error(corpus, repondre, texte):
    reponse = repondre(texte)
    assert reponse.total == len(reponse.hits)
