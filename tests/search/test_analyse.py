"""French analysis: the ways of writing one word give one token."""

import pytest

from search.analyse import analyser, jetons, plier
from search.variantes import couper, famille, nombre, sonorite


def tokens(texte: str) -> list[str]:
    return analyser(texte)[0]


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("œuvre", "oeuvre"),
        ("Œuvres", "oeuvre"),
        ("ﬁnancement", "financement"),
        ("évaluation", "e\u0301valuation"),
        ("l'évaluation", "l’évaluation"),
        ("l’évaluation", "évaluation"),
        ("jusqu’alors", "alors"),
        ("d’Alsace", "Alsace"),
        ("co-construction", "coconstruction"),
        ("co-construction", "co construction"),
        ("Co‑construction", "co-constructions"),
        ("évaluer", "évaluation"),
        ("partenariats", "partenariat"),
        ("ODD17", "ODD 17"),
        ("7ème Rencontre", "7e rencontre"),
        ("1re", "1er"),
        ("réseau", "re\u00adseau"),
        ("TERRITOIRE D’EXPÉRIMENTATION", "territoire d’expérimentation"),
    ],
)
def test_two_ways_of_writing_are_one(un, autre):
    assert tokens(un) == tokens(autre)


@pytest.mark.parametrize(
    ("texte", "joint"),
    [("check-list", "checklist"), ("savoir-faire", "savoirfair"), ("ODD17", "odd17"), ("aujourd’hui", "aujourdhui")],
)
def test_a_compound_is_also_found_in_one_word(texte, joint):
    assert joint in analyser(texte)[1]


@pytest.mark.parametrize(
    ("mot", "jeton"), [("pérennité", "peren"), ("développée", "developp"), ("solidarité", "solidar")]
)
def test_accents_are_folded_after_stemming(mot, jeton):
    assert tokens(mot) == [jeton]
    # Folded first, it would have had another stem.
    assert tokens(plier(mot)) != [jeton]


def test_folding_drops_capitals_accents_and_ligatures():
    assert plier("Œuvres d’Été") == "oeuvres d’ete"


def test_an_acronym_is_kept_whole():
    assert tokens("les PTCES") == ["le", "ptces"]


@pytest.mark.parametrize("texte", ["", " ", "'", "-", "’’’", "😀", "\u00ad", "…", "\u202e"])
def test_what_holds_no_word_gives_no_token(texte):
    assert tokens(texte) == []


def test_every_script_is_found():
    assert tokens("مرحبا 一二") == ["مرحبا", "一二"]


def test_a_token_knows_where_it_stands():
    texte = "Qu’est-ce que l’évaluation ?"
    assert [texte[jeton.debut : jeton.fin] for jeton in jetons(texte)][-1] == "évaluation"


@pytest.mark.parametrize("texte", ["C.O.P.I.L.", "C.O.P.I.L", "c.o.p.i.l.", "le C.O.P.I.L. !", "l’C.O.P.I.L."])
def test_an_acronym_may_have_dots(texte):
    assert tokens(texte)[-1] == "copil"


def test_a_full_stop_is_not_the_dot_of_an_acronym():
    assert tokens("plan B. Et p.ex. a.fr") == ["plan", "b", "et", "p", "ex", "a", "fr"]


@pytest.mark.parametrize(
    ("juste", "tape"),
    [
        ("questionnaire", "questionere"),
        ("essaimage", "essemage"),
        ("numerique", "numerik"),
        ("partenariats", "parthenaria"),
        ("ecosysteme", "ekosisteme"),
        ("accompagnement", "acompagneman"),
        ("developpement", "developement"),
        ("societale", "sosietal"),
        ("association", "assossiation"),
        ("mecenat", "messena"),
        ("phare", "fare"),
    ],
)
def test_words_said_the_same_sound_the_same(juste, tape):
    assert sonorite(juste) == sonorite(tape)


@pytest.mark.parametrize(
    ("colle", "parties"),
    [
        ("silvergeek", ("silver", "geek")),
        ("lalliance", ("alliance",)),
        ("dalliance", ("alliance",)),
        ("quune", ("une",)),
        ("quest", ("est",)),
        ("partenariat", None),
        ("geekalors", None),
    ],
)
def test_words_run_together_are_cut_where_they_are_known(colle, parties):
    assert couper(colle, lambda mot: {"silver": 3, "geek": 3, "alliance": 9}.get(mot, 0)) == parties


@pytest.mark.parametrize(
    ("un", "autre"),
    [("étude", "étudier"), ("partenaire", "partenariat"), ("territoire", "territorial"), ("mécène", "mécénat")],
)
def test_words_of_one_family_are_told(un, autre):
    assert tokens(un) != tokens(autre)
    assert famille(tokens(un)[0]) == famille(tokens(autre)[0])


def test_a_number_is_also_written_in_letters():
    assert "sept" in nombre("7")
    assert nombre("septieme") == nombre("sept") == ("7",)
