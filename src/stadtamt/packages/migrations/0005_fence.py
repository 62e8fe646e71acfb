from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence, immutable


class Migration(migrations.Migration):
    dependencies: ClassVar = [("packages", "0004_editions")]
    operations: ClassVar = (
        fence("packages_keptpackage", "packages_edition", "packages_installation")
        + immutable("packages_keptpackage")
        + immutable("packages_edition")
    )
