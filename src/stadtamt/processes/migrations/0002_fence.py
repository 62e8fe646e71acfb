from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence


class Migration(migrations.Migration):
    dependencies: ClassVar = [("processes", "0001_initial")]
    operations: ClassVar = fence(
        "processes_process",
        "processes_run",
        "processes_step",
        "processes_task",
    )
