"""An update plan as lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stadtamt.kernel.money import euros

if TYPE_CHECKING:
    from stadtamt.packages.comparing import Fee
    from stadtamt.packages.planning import UpdatePlan


def lines_of(plan: UpdatePlan) -> Iterator[str]:
    """Everything a town looks at before it takes another version."""
    yield f"{plan.key}: {plan.before} → {plan.after}" + (" (älter als die eingerichtete)" if plan.back else "")
    yield from _part("Was sich ändert", [change.sentence for change in plan.changes])
    yield from _part("Was Sie gesetzt haben und behalten", [change.sentence for change in plan.kept])
    yield from _part("Beträge", list(_fees(plan.fees)))
    yield from _part("Bescheid", list(_letter(plan)))
    yield from _part("Ablauf", ["Das Diagramm ist anders gezeichnet."] if plan.diagrams.differ else [])
    for conflict in plan.conflicts:
        yield ""
        yield f"{'✓ Beantwortet' if conflict.settled else '✗ Zu entscheiden'}: {conflict.sentence}"
        if conflict.fault:
            yield f"    {conflict.fault}"
        if not conflict.settled:
            words = ["WERT" if one == "value" else one for one in conflict.answers]
            yield f"    --answer '{conflict.id}={'|'.join(words)}'"
    yield from _part("Das steht dagegen", list(plan.failures))
    yield ""
    yield "Kann übernommen werden." if plan.ready else "Kann so nicht übernommen werden."


def _part(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from (f"  {line}" for line in lines)


def _fees(fees: tuple[Fee, ...]) -> Iterator[str]:
    changed = [fee for fee in fees if fee.differs]
    for fee in changed:
        yield f"{_amount(fee.before)} → {_amount(fee.after)}  {fee.case}{_clear(fee)}"
    if fees:
        yield f"{len(fees) - len(changed)} von {len(fees)} goldenen Fällen bleiben gleich."


def _clear(fee: Fee) -> str:
    if fee.clear_before == fee.clear_after:
        return ""
    return " (jetzt klar)" if fee.clear_after else " (jetzt zu prüfen)"


def _amount(cents: int | None) -> str:
    return euros(cents) if cents is not None else "nicht berechnet"


def _letter(plan: UpdatePlan) -> Iterator[str]:
    if plan.letter is not None and plan.letter.differs:
        yield f"Beispiel „{plan.letter.case}“:"
        yield from (line for line in plan.letter.difference if not line.startswith("  "))
