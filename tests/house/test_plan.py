"""The order of the rooms, and which doors of a room may be used from outside."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from support.source import ROOT, SOURCE, modules, place, tree

OPEN = {"models", "actions", "queries", "ports", "errors"}
# Who may use which other module of a room, and why.
# An entry covers the module and what lies in it.
ALLOWED = {
    ("packages", "forms.schema"): "a package is checked, merged and tried with the form's own pure language",
    ("packages", "forms.fim"): "a package may bring a data schema of FIM; making a form of it is pure",
    ("packages", "forms.conditions"): "the rules of such a form, settled by author or town; pure",
    ("packages", "forms.xdatenfelder"): "what a data schema says of itself, for the package made from it; pure",
    ("conf", "forms.fim"): "commands read a data schema of FIM; pure",
    ("conf", "forms.conditions"): "the same, its rules",
    ("conf", "forms.xdatenfelder"): "the same, its elements",
    ("conf", "forms.exchange"): "commands hand a form to other systems; pure",
    ("conf", "forms.schema"): "commands read a form and measure it; pure",
    ("packages", "decisions.dmn"): "the same for its decision tables",
    ("packages", "decisions.assessing"): "the same for what rules are given",
    ("packages", "decisions.wording"): "the same for its words at the desk",
    ("packages", "processes.engine"): "the same for its diagram",
    ("packages", "processes.activities"): "the same for what a diagram may name",
    ("packages", "processes.diagram"): "the picture of a diagram that is not installed yet",
    ("packages", "notices.composing"): "the same for its letters",
    ("packages", "notices.rendering"): "the same for the fence around what sets them",
    ("packages", "cases.rules"): "golden cases reckon the deadlines of law",
    ("decisions", "forms.schema"): "the rules judge the answers as the form understands them; the schema is pure",
    ("web", "packages.format.schemas"): "editors fetch the schemas of a package's files",
    ("web", "forms.schema"): "the portal shows the parts of a form; the schema is pure",
    ("web", "forms.schema.reader"): "the limit of an upload, said to the person before the upload",
    ("web", "forms.wording"): "the page »check your answers« shows the answers in words",
    ("web", "packages.officer"): "the digital officer's finding, trying and adopting",
    ("web", "packages.format"): "the officer's pages show parameters and layers; the format is pure",
    ("web", "packages.merging"): "conflicts between town and author are shown as questions",
    ("web", "packages.comparing"): "two versions side by side",
    ("web", "packages.planning"): "what an update would do",
    ("web", "packages.moving"): "running cases looked at and moved",
    ("web", "packages.updating"): "the author's next version, looked at and taken",
    ("web", "packages.preview"): "a package not yet installed, with the portal's own templates",
    ("web", "notices.rendering"): "the letters of such a package as PDF",
    ("conf", "packages.preview"): "commands show a package before it is installed",
    ("conf", "packages.maturity"): "commands compute it; pure",
    ("conf", "packages.comparing"): "two versions side by side, as lines",
    ("conf", "packages.planning"): "what an update would do, as lines",
    ("conf", "packages.updating"): "commands take another version, or withdraw a package",
    ("conf", "packages.moving"): "commands move running cases",
    ("conf", "packages.officer"): "commands list and report what is installed as the officer's pages do",
    ("conf", "web.portal.preview"): "commands write the pages of a preview",
    ("conf", "notices.credentials"): "setting up a town, and the doctor's look at its seal",
    ("conf", "notices.seal"): "the demonstration makes itself a certificate",
    ("conf", "packages.archive"): "commands pack packages; the archive is pure",
    ("conf", "packages.checking"): "commands check a package; the check is pure",
    ("conf", "packages.golden"): "commands run golden cases; they are pure",
    ("conf", "packages.overrides"): "the same under the deviations of a town",
    ("conf", "packages.skeleton"): "commands lay down a new package",
    ("conf", "packages.trust"): "commands build, sign, serve and ask registries; trust is pure",
    ("conf", "packages.format.files"): "commands read a package from a folder; the format is pure",
    ("conf", "packages.format.reader"): "commands read a package from a folder; the format is pure",
    ("conf", "packages.format"): "commands read a package and a town's settings from a folder",
    ("conf", "notices.rendering"): "the measurement renders a bare letter to tell the floor under the line",
    ("conf", "web.handler"): "the server's entry to the faces",
    ("conf", "web.probes"): "addresses",
}


def test_imports_point_back_up_the_citizens_way() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    words = [str(linter), "--config", "importlinter.ini", "--no-cache"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_folder_is_placed_in_the_order() -> None:
    plan = configparser.ConfigParser()
    plan.read(ROOT / "importlinter.ini", encoding="utf-8")
    words = plan["importlinter:contract:rooms"]["layers"].replace("|", " ").replace("(", " ").replace(")", " ").split()
    folders = {entry.name for entry in SOURCE.iterdir() if entry.is_dir() and entry.name != "__pycache__"}
    assert folders <= set(words), "A new folder under src/stadtamt needs its place in importlinter.ini."


def test_other_rooms_use_the_five_open_doors_only() -> None:
    findings = []
    for file in modules():
        own = file.relative_to(SOURCE).parts[0]
        for room, module, line in _imports(file):
            if room in {own, "kernel"} or module.split(".")[0] in OPEN or _exceptions(own, room, module):
                continue
            findings.append(f"{place(file, line)}: stadtamt.{room}.{module} is private to {room}.")
    assert not findings, "\n".join(findings)


def test_every_exception_is_still_needed() -> None:
    used = {
        exception
        for file in modules()
        for room, module, _ in _imports(file)
        for exception in _exceptions(file.relative_to(SOURCE).parts[0], room, module)
    }
    assert not set(ALLOWED) - used


def _exceptions(own: str, room: str, module: str) -> list[tuple[str, str]]:
    """The entries of ALLOWED that cover an import; the longest says it best."""
    parts = f"{room}.{module}".split(".")
    return [(own, name) for n in range(len(parts), 1, -1) if (own, name := ".".join(parts[:n])) in ALLOWED][:1]


def test_every_room_says_in_one_sentence_what_it_is() -> None:
    silent = [f for f in SOURCE.glob("*/__init__.py") if not ast.get_docstring(tree(f))]
    assert not silent


def test_the_forbidden_names_are_not_used() -> None:
    """A service is what the city offers; a shared function belongs to a concept."""
    assert not [place(file) for file in modules() if file.stem in {"services", "utils", "helpers", "common", "misc"}]


def _imports(file: Path) -> Iterator[tuple[str, str, int]]:
    """Room, module inside it and line of every import from the product."""
    for node in ast.walk(tree(file)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "stadtamt":
            names = [f"stadtamt.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.count(".") == 1:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        for name in names:
            parts = name.split(".")
            if parts[0] == "stadtamt" and len(parts) > 2:
                yield parts[1], ".".join(parts[2:]), node.lineno
