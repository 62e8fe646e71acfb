from typing import ClassVar

from django.db import migrations

from stadtamt.kernel.tenancy import fence


class Migration(migrations.Migration):
    dependencies: ClassVar = [("postbox", "0001_initial")]
    operations: ClassVar = fence(
        "postbox_delivery",
        "postbox_message",
        "postbox_enclosure",
        "postbox_notification",
    )
