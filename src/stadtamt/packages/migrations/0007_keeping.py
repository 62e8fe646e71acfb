from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models

import stadtamt.kernel.ids
import stadtamt.kernel.tenancy
from stadtamt.kernel.tenancy import fence


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0002_fence"), ("packages", "0006_sheet")]
    operations: ClassVar = [
        migrations.RemoveConstraint(model_name="keptpackage", name="package_kept_once"),
        migrations.AddConstraint(
            model_name="keptpackage",
            constraint=models.UniqueConstraint(
                fields=["municipality", "key", "version", "digest", "author", "origin"], name="package_kept_once"
            ),
        ),
        migrations.AddField(model_name="sheet", name="base", field=models.JSONField(default=dict)),
        migrations.CreateModel(
            name="PastLayer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=stadtamt.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("key", models.SlugField(max_length=80)),
                ("layer_data", models.JSONField()),
                ("kept_at", models.DateTimeField()),
                (
                    "municipality",
                    models.ForeignKey(
                        default=stadtamt.kernel.tenancy.default_id,
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="kernel.municipality",
                    ),
                ),
                (
                    "package",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="packages.keptpackage"),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(fields=["municipality", "key"], name="past_layer_once_a_town")
                ],
            },
        ),
        *fence("packages_pastlayer"),
    ]
