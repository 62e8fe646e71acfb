"""How far a service goes online, computed from its package by ten criteria; the weakest decides. Pure.

The levels are those of the maturity model for the Onlinezugangsgesetz (1.1, levels 0 to 4); how each criterion is read
off a package is this house's own reading: docs/reference/maturity.md. What an author declares is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from stadtamt.forms.schema import FormProblem, Schema, read_form
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.package import Package
from stadtamt.processes.engine import ProcessRefused, read_process

LEVELS = ("Offline", "Information", "Formular-Assistent", "Online-Leistung", "Online-Transaktion")
TOP = len(LEVELS) - 1
# What an installation may offer beyond the packages; nothing of it is there yet.
ACCOUNT, PAY_ONLINE, REGISTER = "account", "pay-online", "register"
_EVIDENCE = re.compile(r"nachweis|bescheinigung|kopie|foto|skizze|lageplan|urkunde|zeugnis|fahrzeugschein", re.I)
_FREE_OF_CHARGE = re.compile(r"kostenlos|kostenfrei|kostet nichts|gebührenfrei|keine (?:kosten|gebühr)", re.I)
_LEVEL_OF_ACCOUNT = {"basic": "Basiskonto", "substantial": "substanziell", "high": "hoch"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: the level reached, why, and what is missing for the next (empty at the highest)."""

    id: str
    title: str
    level: int
    why: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Maturity:
    """The level of a service and its ten criteria."""

    criteria: tuple[Criterion, ...]

    @property
    def level(self) -> int:
        return min(criterion.level for criterion in self.criteria)

    @property
    def name(self) -> str:
        return LEVELS[self.level]

    @property
    def weakest(self) -> tuple[Criterion, ...]:
        """The criteria that decide."""
        return tuple(criterion for criterion in self.criteria if criterion.level == self.level)

    @property
    def missing(self) -> tuple[str, ...]:
        """What is missing for the next level, as sentences; nothing at the highest."""
        return tuple(criterion.missing for criterion in self.weakest if criterion.missing)

    def __str__(self) -> str:
        return f"Stufe {self.level} von {TOP}: {self.name}"


def maturity_of(package: Package, *, offered: frozenset[str] = frozenset()) -> Maturity:
    """The maturity of a package in an installation that offers these things. PackageProblem where it is unreadable."""
    look = _Look(package, offered)
    return Maturity(tuple(judge(look) for judge in _CRITERIA))


class _Look:
    """What the criteria ask about a package, each thing read once."""

    def __init__(self, package: Package, offered: frozenset[str]) -> None:
        self.package = package
        self.offered = offered
        self.schema = _form(package)
        self.activities = _activities(package)

    @property
    def serves_many(self) -> bool:
        """The same few questions for any matter."""
        return bool(self.package.entries)

    @property
    def uploads(self) -> bool:
        return any(entry.type == "file" for entry in self.schema.fields.values())

    @property
    def asks_for_evidence(self) -> bool:
        return any(_EVIDENCE.search(str(text)) for text in self.package.service.get("needed", []))

    @property
    def costs_something(self) -> bool:
        return any(not _FREE_OF_CHARGE.search(text) for text in self.package.costs)


def _information(look: _Look) -> Criterion:
    service = look.package.service
    wanted = {
        "was mitzubringen ist": service.get("needed"),
        "was es kostet": look.package.costs,
        "wie lange es dauert": service.get("duration"),
        "wer es beantragen darf": service.get("who_may"),
        "worauf es beruht": service.get("legal_bases"),
    }
    lacking = [word for word, there in wanted.items() if not there]
    if lacking:
        return _reached("information", 1, "Titel und Zusammenfassung sind da.", f"Es fehlt: {', '.join(lacking)}.")
    return _reached("information", TOP, "Alles Nötige steht im Katalog.")


def _access(look: _Look) -> Criterion:
    if "online" not in look.package.service.get("channels", ["online"]):
        return _reached("access", 1, "Der Weg „online“ ist nicht vorgesehen.", "Nehmen Sie „online“ in „channels“ auf.")
    return _reached("access", TOP, "Der Antrag ist ohne Anmeldung und ohne Programm im Browser zu erreichen.")


def _application(look: _Look) -> Criterion:
    if not look.schema.fields:
        return _reached("application", 1, "Es gibt keine Fragen.", "Beschreiben Sie den Antrag in form.yaml.")
    if look.serves_many:
        return _reached(
            "application",
            2,
            "Der Universalantrag nimmt das Anliegen als freien Text.",
            "Geben Sie der Leistung ein eigenes Paket mit ihren Fragen.",
        )
    return _reached("application", TOP, "Alle Angaben werden mit eigenen Fragen online erhoben und geprüft.")


def _identity(look: _Look) -> Criterion:
    level = str(look.package.service.get("trust_level", "none"))
    if level == "none":
        return _reached("identity", TOP, "Eine Anmeldung mit Konto ist nicht nötig.")
    if ACCOUNT in look.offered:
        return _reached("identity", TOP, "Die Anmeldung mit Konto ist online möglich.")
    name = _LEVEL_OF_ACCOUNT.get(level, level)
    return _reached(
        "identity", 2, f"Nötig ist ein Konto ({name}).", "Hier kann man sich noch mit keinem Konto anmelden."
    )


def _evidence(look: _Look) -> Criterion:
    if look.uploads:
        return _reached("evidence", TOP, "Nachweise werden online hochgeladen.")
    if look.asks_for_evidence:
        missing = "Fragen Sie die Nachweise in form.yaml ab (type: file)."
        return _reached("evidence", 2, "Verlangte Nachweise kann man nicht hochladen.", missing)
    return _reached("evidence", TOP, "Nachweise werden nicht verlangt.")


def _payment(look: _Look) -> Criterion:
    if not look.costs_something:
        return _reached("payment", TOP, "Es gibt nichts zu bezahlen.")
    if PAY_ONLINE in look.offered:
        return _reached("payment", TOP, "Bezahlt wird online.")
    missing = "Hier kann man noch nicht online bezahlen."
    return _reached("payment", 3, "Der Bescheid nennt Betrag, Kassenzeichen und Code für die Überweisung.", missing)


def _dialogue(look: _Look) -> Criterion:
    if {"ask-citizen", "answer"} <= look.activities:
        return _reached("dialogue", TOP, "Stand und Rückfragen gehen über den Link des Antrags.")
    missing = "Sehen Sie in process.bpmn eine Rückfrage vor (stadtamt:ask-citizen und stadtamt:answer)."
    return _reached("dialogue", 3, "Den Stand sieht man online, Rückfragen sind nicht vorgesehen.", missing)


def _notice(look: _Look) -> Criterion:
    if not look.package.letters:
        return _reached("notice", 2, "Es gibt keinen Brief.", "Schreiben Sie den Bescheid (letters/…).")
    if "deliver" not in look.activities or not look.package.person.get("electronic"):
        missing = (
            "Fragen Sie nach dem elektronischen Bescheid ([person] electronic); stellen Sie ihn zu (stadtamt:deliver)."
        )
        return _reached("notice", 2, "Der Bescheid kommt nur auf Papier.", missing)
    return _reached("notice", TOP, "Der Bescheid wird elektronisch bereitgestellt, wenn jemand das möchte.")


def _handling(look: _Look) -> Criterion:
    automation = look.package.automation
    if not look.activities & {"decide", "decide-automatically"}:
        missing = "Lassen Sie in process.bpmn entscheiden (stadtamt:decide)."
        return _reached("handling", 2, "Entschieden wird außerhalb.", missing)
    alone = automation.get("enabled") and automation.get("legal_basis") and automation.get("discretion") is False
    if alone and "decide-automatically" in look.activities:
        return _reached("handling", TOP, "Klare Fälle werden ohne Sachbearbeitung entschieden.")
    if automation.get("discretion") is not False:
        return _reached("handling", TOP, "Entschieden wird digital und, weil Ermessen besteht, immer von Menschen.")
    missing = "Klare Fälle könnten allein entschieden werden, wenn eine Rechtsvorschrift das erlaubt ([automation])."
    return _reached("handling", 3, "Entschieden wird digital, immer von Menschen.", missing)


def _once_only(look: _Look) -> Criterion:
    if REGISTER in look.offered and "fetch-evidence" in look.activities:
        return _reached("once-only", TOP, "Vorhandenes wird mit Einwilligung aus Registern geholt.")
    missing = "Was Behörden schon haben, müsste aus Registern geholt werden; das geht hier noch nicht."
    return _reached("once-only", 3, "Gefragt wird im Verfahren nur einmal.", missing)


def _reached(key: str, level: int, why: str, missing: str = "") -> Criterion:
    return Criterion(key, _TITLES[key], level, why, missing)


_TITLES = {
    "information": "Information",
    "access": "Zugang",
    "application": "Antrag",
    "identity": "Anmeldung",
    "evidence": "Nachweise",
    "payment": "Bezahlung",
    "dialogue": "Stand und Rückfragen",
    "notice": "Bescheid",
    "handling": "Bearbeitung",
    "once-only": "Einmal genügt (Once-Only)",
}
_CRITERIA: tuple[Callable[[_Look], Criterion], ...] = (
    *(_information, _access, _application, _identity, _evidence),
    *(_payment, _dialogue, _notice, _handling, _once_only),
)


def _form(package: Package) -> Schema:
    try:
        return read_form(package.form)
    except FormProblem as problem:
        raise PackageProblem("form.yaml", str(problem)) from problem


def _activities(package: Package) -> frozenset[str]:
    try:
        spec = read_process(package.process.encode())
    except ProcessRefused as problem:
        raise PackageProblem("process.bpmn", str(problem)) from problem
    return frozenset(node.activity for node in spec.nodes if node.activity)
