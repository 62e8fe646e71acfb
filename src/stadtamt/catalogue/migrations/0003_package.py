from typing import ClassVar

from django.db import migrations, models

from stadtamt.kernel.tenancy import over_all_towns


class Migration(migrations.Migration):
    """A service's address stays, whichever package serves it; so far it was the package of the same name."""

    dependencies: ClassVar = [("catalogue", "0002_fence")]
    operations: ClassVar = [
        migrations.AddField("service", "withdrawn", models.BooleanField(default=False)),
        migrations.AddField("service", "package", models.SlugField(max_length=80, null=True)),
        over_all_towns("UPDATE catalogue_service SET package = key", "catalogue_service"),
        migrations.AlterField("service", "package", models.SlugField(max_length=80)),
    ]
