from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence, immutable


class Migration(migrations.Migration):
    dependencies: ClassVar = [("decisions", "0001_initial")]
    operations: ClassVar = fence(
        "decisions_ruleset",
        "decisions_decision",
    ) + immutable("decisions_decision")
