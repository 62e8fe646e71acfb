"""What one whole case asks of the database: every statement with its parameters, in the transactions of the product."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connections


@dataclass(frozen=True, slots=True)
class Statement:
    """One execution. `alone`: outside of a transaction, so it commits by itself."""

    query: str
    parameters: Any
    many: bool
    alone: bool


@dataclass(slots=True)
class Script:
    """The statements of a case in their order; None stands for a COMMIT. `parts` counts statements by stage."""

    steps: list[Statement | None] = field(default_factory=list)
    parts: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def statements(self) -> int:
        return sum(step is not None for step in self.steps)

    @property
    def commits(self) -> int:
        return sum(step is None or step.alone for step in self.steps)


@contextmanager
def recording(script: Script) -> Iterator[Callable[[str], Any]]:
    """Everything that Django's connection does inside is noted. Gives a context manager that names a stage."""
    connection = connections["default"]
    commit = connection.commit

    def note(execute: Callable[..., Any], query: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        copied = [_copy(row) for row in parameters] if many else _copy(parameters)
        script.steps.append(Statement(str(query), copied, many, alone=not connection.in_atomic_block))
        return execute(query, parameters, many, context)

    def noted_commit() -> None:
        commit()
        script.steps.append(None)

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        before, start = script.statements, time.perf_counter()
        yield
        script.parts[name] = script.parts.get(name, 0) + script.statements - before
        script.seconds[name] = script.seconds.get(name, 0.0) + time.perf_counter() - start

    connection.commit = noted_commit  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(note):
            yield stage
    finally:
        connection.commit = commit  # type: ignore[method-assign]


def _copy(parameters: Any) -> Any:
    """Parameters by place or by name, safe from later changes."""
    if parameters is None:
        return None
    return dict(parameters) if isinstance(parameters, Mapping) else tuple(parameters)


def replay(script: Script, connection: psycopg.Connection, *, commit: bool = True) -> float:
    """Send the statements again, as they were, over one connection; the seconds from the first to the last answer.

    Without `commit` all of it is one transaction that is rolled back: to warm the connection up.
    """
    connection.autocommit = True
    cursor = psycopg.ClientCursor(connection)
    start = time.perf_counter()
    opened = False
    if not commit:
        cursor.execute("BEGIN")
    for step in script.steps:
        if step is None:
            if commit and opened:
                cursor.execute("COMMIT")
            opened = False
            continue
        if commit and not step.alone and not opened:
            cursor.execute("BEGIN")
            opened = True
        if step.many:
            cursor.executemany(step.query, step.parameters)
        else:
            cursor.execute(step.query, step.parameters)
        if cursor.description is not None:
            cursor.fetchall()
    seconds = time.perf_counter() - start
    if not commit:
        cursor.execute("ROLLBACK")
    return seconds
