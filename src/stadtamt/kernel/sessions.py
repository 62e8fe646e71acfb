"""Sessions that belong to a town (Django's database sessions with our row)."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from stadtamt.kernel.models import Session
from stadtamt.kernel.tenancy import current_id


class SessionStore(DatabaseStore):
    """Found only inside the town that made it."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        row.municipality_id = current_id()
        return row  # type: ignore[no-any-return]
