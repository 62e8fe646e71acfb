from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence, immutable


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notices", "0001_initial")]
    operations: ClassVar = fence(
        "notices_lettertemplate",
        "notices_notice",
    )
    operations += immutable("notices_notice")
