"""A package's author: publishes it in a registry, and later its next version with a question and a fee rule more."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from stadtamt.conf import demo
from stadtamt.conf.commandline.supervisor import command

PACKAGE = "veranstaltung-anzeigen"
QUESTION = """
      - id: strom
        title: Brauchen Sie Strom von der Gemeinde?
        fields:
          - id: strom
            label: Brauchen Sie einen Anschluss an das Stromnetz?
            type: boolean
            purpose: Der Bauhof stellt dann einen Verteiler auf.
      - id: musik
"""
PARAMETER = """
[[parameter]]
key = "power_fee"
type = "money"
group = "Gebühr"
default = 2500
label = "Anschluss an das Stromnetz"
explanation = "Betrag je Veranstaltung für einen Anschluss, in Cent."
paragraph = "Gebührenverzeichnis"
"""
TOTAL = "if count(positions) = 0 then 0 else sum(for p in positions return p.amount_cents)"
NEW_TOTAL = f"({TOTAL}) + (if answers.veranstaltung.strom = true then parameters.power_fee else 0)"
NEEDS = '<informationRequirement id="req_{0}"><requiredInput href="#in_{0}"/></informationRequirement>'


def first_version(place: Path) -> Path:
    """The author's folder with version 1.0.0."""
    return Path(shutil.copytree(demo.settings.SERVICES / PACKAGE, place / PACKAGE))


def next_version(folder: Path) -> None:
    """Version 1.1.0 in the same folder: whoever needs electricity is asked, and pays for it."""
    _change(folder / "service.toml", 'version = "1.0.0"', 'version = "1.1.0"')
    with (folder / "service.toml").open("a") as file:
        file.write(PARAMETER)
    _change(folder / "form.yaml", "\n      - id: musik\n", QUESTION)
    rules = (folder / "rules.dmn").read_text()
    start = rules.index('<decision id="total"')
    asked = rules.index("<literalExpression", start)
    needs = NEEDS.format("answers") + NEEDS.format("parameters")
    rules = rules[:asked] + needs + rules[asked:].replace(TOTAL, NEW_TOTAL, 1)
    (folder / "rules.dmn").write_text(rules)
    for cases in (folder / "tests").glob("*.toml"):
        # The author's own cases answer the new question.
        cases.write_text(cases.read_text().replace("complete = true\n", ""))


def publish(registry: Path, folder: Path, environment: Mapping[str, str]) -> Path:
    """Take the folder's version into the registry; gives the anchor of trust."""
    stadtamt("registry", "build", str(registry), str(folder), environment=environment)
    return registry / "metadata" / "1.root.json"


def stadtamt(*words: str, environment: Mapping[str, str]) -> str:
    """Run a command as an administrator would; what it printed."""
    done = subprocess.run(command(*words), env=dict(environment), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _change(file: Path, before: str, after: str) -> None:
    text = file.read_text()
    assert text.count(before) == 1, (file.name, before)
    file.write_text(text.replace(before, after))
