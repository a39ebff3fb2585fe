"""Resources from a spreadsheet: 200 rows with files, 10 faulty ones, both formats."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from openpyxl import Workbook, load_workbook
from wagtail.documents import get_document_model

from core.models import Organisme
from kit.models import RessourcePage
from tests.kit.factories import COLONNES, csv_file, ligne, nature_page, ressource, xlsx_file

FAUTES = [
    ({"titre": ""}, "titre vide"),
    ({"nature": "inconnue"}, "nature inconnue"),
    ({"rubrique": "inconnue"}, "rubrique inconnue"),
    ({"date": "novembre 2016"}, "date « novembre 2016 »"),
    ({"resume": "x" * 2001}, "résumé trop long : 2001"),
    ({"fichier": "absent.txt"}, "introuvable"),
    ({"fichier": "../secret.txt"}, "sort du dossier"),
    ({"statut": "peut-être"}, "statut inconnu"),
    ({"slug": "r-0"}, "slug en double"),
    ({"slug": "Pas un slug !"}, "slug invalide"),
]


@pytest.fixture
def nature(home):
    return nature_page(home, rubriques=["Évaluer"])


@pytest.fixture
def dossier(tmp_path) -> Path:
    """A folder of 200 files, and one that nobody should reach beside it."""
    folder = tmp_path / "fichiers"
    folder.mkdir()
    for number in range(200):
        (folder / f"f-{number}.txt").write_text(f"Le texte du fichier {number}.", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def rows(number: int, **values) -> list[dict[str, str]]:
    return [ligne(f"r-{rank}", fichier=f"f-{rank}.txt", **values) for rank in range(number)]


def faulty() -> list[dict[str, str]]:
    return [ligne(f"fautive-{rank}") | fault for rank, (fault, _) in enumerate(FAUTES)]


def run(path: Path, *options, **named) -> list[str]:
    """The lines of the report."""
    out = StringIO()
    call_command("importer_ressources", str(path), *options, stdout=out, **named)
    return out.getvalue().splitlines()


def run_refused(path: Path, *options, **named) -> tuple[list[str], str]:
    out = StringIO()
    with pytest.raises(CommandError) as refused:
        call_command("importer_ressources", str(path), *options, stdout=out, **named)
    assert refused.value.returncode == 1
    return out.getvalue().splitlines(), str(refused.value)


@pytest.mark.parametrize(("write", "number"), [(csv_file, 20), (xlsx_file, 200)])
def test_rows_are_created_with_their_files_then_left_alone(client, nature, dossier, tmp_path, write, number):
    path = write(tmp_path / "tableau", rows(number))
    report = run(path, fichiers=str(dossier))
    assert report[0] == "ligne 2 : créée (r-0)"
    assert report[-1] == f"{number} lignes : {number} créées, 0 mise à jour, 0 inchangée, 0 erreur."
    assert RessourcePage.objects.live().count() == number
    page = RessourcePage.objects.get(slug="r-7")
    assert page.noms_des_producteurs == ["Le RAMEAU", "ESSEC"]
    assert page.rubrique.slug == "evaluer"
    assert sorted(tag.name for tag in page.mots_cles.all()) == ["alliance", "territoire"]
    with page.documents()[0].open_file() as stream:
        assert stream.read() == b"Le texte du fichier 7."
    assert "TXT" in client.get(page.url).content.decode()
    assert Organisme.objects.count() == 2

    again = run(path, fichiers=str(dossier))
    assert again[-1] == f"{number} lignes : 0 créée, 0 mise à jour, {number} inchangées, 0 erreur."
    assert get_document_model().objects.count() == number


@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_ten_faulty_rows_stop_everything_and_are_all_told(nature, dossier, tmp_path, write):
    path = write(tmp_path / "tableau", rows(200) + faulty())
    report, summary = run_refused(path, fichiers=str(dossier))
    for number, (_, told) in enumerate(FAUTES, start=202):
        line = next(line for line in report if line.startswith(f"ligne {number} : erreur"))
        assert told in line
    assert "non enregistrée" in report[0]
    assert summary == (
        "Rien n’a été enregistré, à cause des erreurs. 210 lignes : 200 créées, 0 mise à jour, 0 inchangée, 10 erreurs."
    )
    assert not RessourcePage.objects.exists()
    assert not Organisme.objects.exists()
    assert not get_document_model().objects.exists()


def test_faulty_rows_may_be_left_out(nature, dossier, tmp_path):
    path = csv_file(tmp_path / "t.csv", rows(20) + faulty())
    report = run(path, "--ignorer-erreurs", fichiers=str(dossier))
    assert report[-1] == "30 lignes : 20 créées, 0 mise à jour, 0 inchangée, 10 erreurs."
    assert RessourcePage.objects.count() == 20


def test_a_simulation_tells_everything_and_changes_nothing(nature, dossier, tmp_path):
    existing = ressource(nature, "Ancien titre", slug="r-0")
    path = csv_file(tmp_path / "t.csv", rows(3))
    report = run(path, "--simulation", fichiers=str(dossier))
    assert report[0].startswith("ligne 2 : mise à jour (r-0 ; change : titre, rubrique, producteurs")
    assert report[1] == "ligne 3 : créée (r-1)"
    assert report[-1].startswith("Simulation, rien n’a été enregistré.")
    assert list(RessourcePage.objects.values_list("title", flat=True)) == [existing.title]
    assert not get_document_model().objects.exists()


def test_an_existing_resource_is_updated_and_keeps_its_address_and_other_fields(nature, tmp_path):
    page = ressource(nature, "Ancien", slug="r-0", forme="guide", note_de_source="Une note.", resume="Avant.")
    run(csv_file(tmp_path / "t.csv", [ligne("r-0")]))
    found = RessourcePage.objects.get()
    assert (found.pk, found.title, found.resume) == (page.pk, "Titre de r-0", "Le résumé de r-0.")
    assert (found.forme, found.note_de_source) == ("guide", "Une note.")


def test_a_new_file_takes_the_place_of_the_old_one(nature, dossier, tmp_path):
    path = csv_file(tmp_path / "t.csv", rows(1))
    run(path, fichiers=str(dossier))
    (dossier / "f-0.txt").write_text("Un texte nouveau.")
    assert run(path, fichiers=str(dossier))[0] == "ligne 2 : mise à jour (r-0 ; change : fichier)"
    documents = RessourcePage.objects.get().documents()
    assert len(documents) == 1
    with documents[0].open_file() as stream:
        assert stream.read() == b"Un texte nouveau."


def test_a_row_of_another_nature_moves_the_resource(home, nature, tmp_path):
    ressource(nature, slug="r-0", rubrique=nature.rubriques.get())
    nature_page(home, "illustrations", "Illustrations")
    run(csv_file(tmp_path / "t.csv", [ligne("r-0", nature="illustrations", rubrique="")]))
    page = RessourcePage.objects.get()
    assert page.url == "/kit/illustrations/r-0/"
    assert page.rubrique is None


def test_a_draft_stays_out_of_sight_until_its_row_says_published(client, nature, tmp_path):
    path = tmp_path / "t.csv"
    run(csv_file(path, [ligne("r-0", statut="brouillon", resume="")]))
    assert client.get("/kit/methode/r-0/").status_code == 404
    assert run(path)[0].startswith("ligne 2 : inchangée")
    assert "change : résumé, publication" in run(csv_file(path, [ligne("r-0")]))[0]
    assert client.get("/kit/methode/r-0/").status_code == 200


def test_a_draft_row_leaves_what_is_online_as_it_is(client, nature, tmp_path):
    path = tmp_path / "t.csv"
    run(csv_file(path, [ligne("r-0")]))
    report = run(csv_file(path, [ligne("r-0", titre="Nouveau", statut="brouillon")]))
    assert "la version en ligne le reste" in report[0]
    page = RessourcePage.objects.get()
    assert page.title == "Titre de r-0"
    assert page.get_latest_revision_as_object().title == "Nouveau"


def test_two_spellings_of_an_organisation_are_one(nature, tmp_path):
    Organisme.objects.create(nom="Le RAMEAU")
    run(csv_file(tmp_path / "t.csv", [ligne("r-0", producteurs=" le  rameau ; Comisis;COMISIS")]))
    assert sorted(Organisme.objects.values_list("nom", flat=True)) == ["Comisis", "Le RAMEAU"]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), ("\t", "utf-16"), (";", "utf-8-sig")]
)
def test_a_csv_is_read_with_its_own_delimiter_and_encoding(nature, tmp_path, delimiter, encoding):
    row = ligne("r-0", titre="Évaluer ; un « titre », à guillemets", resume="Une ligne,\nune autre ; œuvre.")
    run(csv_file(tmp_path / "t.csv", [row], delimiter, encoding))
    page = RessourcePage.objects.get()
    assert page.title == row["titre"]
    assert page.resume == row["resume"]


def test_dates_of_a_workbook_are_as_precise_as_shown(nature, tmp_path):
    dates = [2016, 2015.0, date(2016, 11, 1), date(2016, 11, 3), 42675, "2015/2016"]
    path = xlsx_file(tmp_path / "t.xlsx", [ligne(f"r-{rank}") | {"date": value} for rank, value in enumerate(dates)])
    book = load_workbook(path)
    column = COLONNES.index("date") + 1
    book.active.cell(4, column).number_format = "mmm-yy"
    book.active.cell(5, column).number_format = "dd/mm/yyyy"
    book.save(path)
    run(path)
    assert list(RessourcePage.objects.order_by("slug").values_list("date", flat=True)) == [
        "2016", "2015", "2016-11", "2016-11-03", "2016-11-01", "2015/2016",
    ]  # fmt: skip


def test_a_formula_is_refused_where_it_stands(nature, tmp_path):
    path = xlsx_file(tmp_path / "t.xlsx", [ligne("r-0", titre="=1+1"), ligne("r-1")])
    report, _ = run_refused(path)
    assert report[0] == "ligne 2 : erreur : colonne « titre » : la cellule contient une formule ; collez-y sa valeur"


def test_columns_may_come_in_any_order_and_some_may_be_missing(nature, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text(
        "Titre;SLUG;Nature;Résumé;Date;Producteurs;commentaire\nUn titre;r-0;methode;Un résumé.;2016;ESSEC;x\n",
        encoding="utf-8",
    )
    report = run(path)
    assert report[0] == "Colonne ignorée, car inconnue : « commentaire »."
    assert RessourcePage.objects.get().live is False


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "est vide"),
        (b"  \n ", "est vide"),
        (b"titre;nature\na;b\n", "Colonnes manquantes : slug, producteurs, date, resume"),
        (b"slug;slug;titre;nature;producteurs;date;resume\na\n", "en double : slug"),
        (b"slug;titre;nature;producteurs;date;resume\n\n;;\n", "aucune ligne"),
        (b"PK\x03\x04 pas un classeur", "pas un XLSX lisible"),
        (b"\xd0\xcf\x11\xe0\x00\x00ancien xls", "ni un CSV ni un XLSX"),
        (b"slug;titre\x81\n", "encodage"),
        (b"slug;titre;nature;producteurs;date;resume\na;" + b"x" * 200_000 + b";;;;\n", "mal formé"),
    ],
)
def test_an_unusable_spreadsheet_says_why(nature, tmp_path, content, told):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert told in run_refused(path)[1]


def test_a_missing_or_oversized_spreadsheet_says_so(nature, tmp_path, monkeypatch):
    assert "ne peut pas être lu" in run_refused(tmp_path / "absent.csv")[1]
    assert "n’est pas un fichier" in run_refused(tmp_path)[1]
    monkeypatch.setattr("kit.importation.lecture.OCTETS_MAX", 10)
    assert "plus de 20 Mo" in run_refused(csv_file(tmp_path / "t.csv", rows(1)))[1]


def test_an_empty_workbook_says_so(nature, tmp_path):
    Workbook().save(tmp_path / "t.xlsx")
    assert "vide" in run_refused(tmp_path / "t.xlsx")[1]


@pytest.mark.parametrize(
    ("name", "told"),
    [("/etc/passwd", "sort du dossier"), ("..\\secret.txt", "sort du dossier"), ("lien.txt", "sort du dossier"),
     (".", "introuvable"), ("programme.exe", "format refusé"), ("vide.pdf", "il est vide"), ("x" * 4000, "illisible")],
)  # fmt: skip
def test_a_file_that_may_not_be_used_is_refused(nature, dossier, tmp_path, name, told):
    (dossier / "lien.txt").symlink_to(tmp_path / "secret.txt")
    (dossier / "programme.exe").write_bytes(b"MZ")
    (dossier / "vide.pdf").touch()
    report, _ = run_refused(csv_file(tmp_path / "t.csv", [ligne("r-0", fichier=name)]), fichiers=str(dossier))
    assert told in report[0]


def test_files_stored_by_an_import_that_is_undone_are_deleted(nature, dossier, tmp_path, monkeypatch):
    before = set(default_storage.listdir("documents")[1]) if default_storage.exists("documents") else set()
    full_clean = RessourcePage.full_clean

    def refuse_the_last(self, *args, **kwargs):
        from django.core.exceptions import ValidationError

        if self.slug == "r-2":
            raise ValidationError("refusée au dernier moment")
        full_clean(self, *args, **kwargs)

    monkeypatch.setattr(RessourcePage, "full_clean", refuse_the_last)
    report, _ = run_refused(csv_file(tmp_path / "t.csv", rows(3)), fichiers=str(dossier))
    assert report[2] == "ligne 4 : erreur : refusée au dernier moment"
    assert not RessourcePage.objects.exists()
    assert set(default_storage.listdir("documents")[1]) == before


def test_a_locked_resource_is_left_to_the_editors(nature, tmp_path):
    page = ressource(nature, slug="r-0")
    page.locked = True
    page.save()
    report, _ = run_refused(csv_file(tmp_path / "t.csv", [ligne("r-0")]))
    assert "verrouillée" in report[0]
