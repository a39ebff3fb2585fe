"""The fingerprint of each row.

Django would make the table again to add a column on SQLite, and the triggers of migration 0002 would be lost.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0002_plein_texte")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE search_searchentry ADD COLUMN empreinte varchar(40) NOT NULL DEFAULT ''",
            "ALTER TABLE search_searchentry DROP COLUMN empreinte",
            state_operations=[
                migrations.AddField("searchentry", "empreinte", models.CharField(default="", max_length=40))
            ],
        )
    ]
