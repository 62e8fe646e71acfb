from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence, immutable


class Migration(migrations.Migration):
    dependencies: ClassVar = [("forms", "0001_initial")]
    operations: ClassVar = fence(
        "forms_form",
        "forms_draft",
        "forms_upload",
        "forms_submission",
    )
    operations += immutable("forms_submission")
