from typing import ClassVar

from django.db import migrations


class Migration(migrations.Migration):
    """What was installed is installed again from its folder: without the author's files there is nothing to build on."""

    dependencies: ClassVar = [("packages", "0002_fence")]
    operations: ClassVar = [migrations.DeleteModel("Installation")]
