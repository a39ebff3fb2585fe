"""How each word of the index is said, and the family of its token: kept, instead of computed by each process."""

from django.db import migrations, models


def remplir(apps, schema_editor):
    from search.vocabulaire import cles_de

    Mot = apps.get_model("search", "Mot")  # noqa: N806
    lot = []
    for mot in Mot.objects.iterator(chunk_size=1000):
        _, mot.son, mot.famille = cles_de(mot.mot, mot.jeton)
        lot.append(mot)
    Mot.objects.bulk_update(lot, ["son", "famille"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_plein_texte")]
    operations = [
        migrations.AddField("mot", "son", models.CharField(db_index=True, default="", max_length=64)),
        migrations.AddField("mot", "famille", models.CharField(db_index=True, default="", max_length=64)),
        migrations.RunPython(remplir, migrations.RunPython.noop, elidable=True),
    ]
