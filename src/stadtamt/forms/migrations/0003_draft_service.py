from typing import ClassVar

from django.db import migrations, models
from django.db.models.deletion import PROTECT

from stadtamt.kernel.tenancy import over_all_towns

FILL = """
    UPDATE forms_draft SET service_id = service.id
    FROM forms_form form JOIN catalogue_service service
        ON service.municipality_id = form.municipality_id AND service.key = form.key
    WHERE form.id = forms_draft.form_id
"""


class Migration(migrations.Migration):
    """A draft says what is applied for, as one form may serve several services."""

    dependencies: ClassVar = [("forms", "0002_fence"), ("catalogue", "0003_package")]
    operations: ClassVar = [
        migrations.AddField("draft", "service", models.ForeignKey("catalogue.service", PROTECT, null=True)),
        over_all_towns(FILL, "forms_draft", "forms_form", "catalogue_service"),
        migrations.AlterField("draft", "service", models.ForeignKey("catalogue.service", PROTECT)),
    ]
