"""Sessions that belong to a town (Django's database sessions with our row)."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from stadtamt.kernel.models import Session


class SessionStore(DatabaseStore):
    """Found only inside the town that made it; the row takes the current municipality by itself."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session
