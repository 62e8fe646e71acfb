"""Background jobs of the room."""

from __future__ import annotations

from uuid import UUID

from stadtamt.kernel.jobs import job
from stadtamt.processes import actions


def _trouble(problem: Exception, arguments: dict[str, str]) -> None:
    actions.note_trouble(run_id=UUID(arguments["run_id"]), problem=problem)


@job("processes.advance_run", on_trouble=_trouble)
def advance_run(run_id: str) -> None:
    actions.advance(run_id=UUID(run_id))
