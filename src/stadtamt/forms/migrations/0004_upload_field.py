from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """A file may belong to a field that lies deep in groups."""

    dependencies: ClassVar = [("forms", "0003_draft_service")]
    operations: ClassVar = [
        migrations.AlterField("upload", "field", models.CharField(max_length=400, blank=True)),
    ]
