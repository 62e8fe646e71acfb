from typing import ClassVar

from django.db import migrations, models

from stadtamt.kernel.tenancy import over_all_towns

FILL = """
    UPDATE cases_case SET package = service.key FROM catalogue_service service
    WHERE service.id = cases_case.service_id
"""


class Migration(migrations.Migration):
    """A case keeps the package it began with, also when its service is served by another one later."""

    dependencies: ClassVar = [("cases", "0002_fence"), ("catalogue", "0003_package")]
    operations: ClassVar = [
        migrations.AddField("case", "package", models.SlugField(max_length=80, null=True)),
        over_all_towns(FILL, "cases_case", "catalogue_service"),
        migrations.AlterField("case", "package", models.SlugField(max_length=80)),
    ]
