"""What can go wrong with the embedded PostgreSQL; every message is a sentence for the person at the terminal."""

from __future__ import annotations

from stadtamt.conf.problems import Problem


class PostgresProblem(Problem):
    """Das eingebaute PostgreSQL kann nicht benutzt werden."""


class AlreadyRunning(PostgresProblem):
    """Auf diesem Datenordner läuft schon ein Stadtamt."""
