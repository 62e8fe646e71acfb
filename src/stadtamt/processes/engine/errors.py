"""What the engine refuses; every message is the German sentence an author, a clerk or an operator reads."""

from __future__ import annotations

from stadtamt.kernel.errors import Conflict, Refusal
from stadtamt.processes.engine.spec import Finding


class EngineRefusal(Refusal):
    """Der Ablauf kann so nicht ausgeführt werden."""


class ProcessRefused(EngineRefusal):
    """Das Diagramm enthält etwas, das hier nicht ausgeführt wird."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(" ".join(str(finding) for finding in findings) or None)


class ProcessOverrun(EngineRefusal):
    """Der Ablauf dreht sich im Kreis und wurde angehalten."""


class ProcessStuck(EngineRefusal):
    """Der Ablauf kommt nicht weiter: Kein Schritt ist an der Reihe, und kein Ende ist erreicht."""


class NoWayOut(EngineRefusal):
    """An einer Verzweigung trifft keine Bedingung zu, und es gibt keinen Weg für alle übrigen Fälle."""


class DataNotPlain(EngineRefusal):
    """Ein Schritt hat etwas zurückgegeben, das sich nicht als Prozessdaten speichern lässt."""


class TimerUnclear(EngineRefusal):
    """Die Frist eines Zeitereignisses lässt sich nicht bestimmen."""


class TaskNotWaiting(Conflict):
    """Diese Aufgabe wartet nicht mehr. Vielleicht hat sie inzwischen jemand anderes erledigt."""


class StateOfAnotherVersion(EngineRefusal):
    """Der gespeicherte Stand gehört zu einer anderen Fassung des Ablaufs."""


class NotTransplantable(Conflict):
    """Der Vorgang kann an dieser Stelle nicht in den neuen Ablauf wechseln."""
