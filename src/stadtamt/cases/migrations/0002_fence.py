from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial")]
    operations: ClassVar = fence(
        "cases_case",
        "cases_statechange",
        "cases_document",
    )
