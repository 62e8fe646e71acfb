from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence, immutable


class Migration(migrations.Migration):
    dependencies: ClassVar = [("kernel", "0001_initial")]
    operations: ClassVar = fence(
        "kernel_staff",
        "kernel_session",
        "kernel_auditentry",
    )
    operations += immutable("kernel_auditentry")
