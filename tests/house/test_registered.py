"""What is called by name is there, and what is there is called."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from stadtamt.kernel import jobs
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.reader import read_package
from stadtamt.postbox.ports import carriers
from stadtamt.processes import engine
from stadtamt.processes.actions import CITIZEN_TASKS
from stadtamt.processes.ports import activities
from support.source import ROOT, SOURCE, modules, place, tree

PACKAGES = sorted(folder for folder in settings.SERVICES.iterdir() if (folder / "process.bpmn").is_file())


def declared_jobs() -> dict[str, tuple[Path, str]]:
    """Every ``@job("name")`` in the code: name to file and function."""
    found = {}
    for file in modules():
        for node in ast.walk(tree(file)):
            for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
                if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "job":
                    assert isinstance(mark.args[0], ast.Constant)
                    found[str(mark.args[0].value)] = (file, node.name)
    return found


def test_every_job_is_known_to_the_worker() -> None:
    """The worker loads the modules named jobs of the installed rooms, and nothing else."""
    declared = declared_jobs()
    assert set(declared) == {name for name in jobs.known_jobs() if not name.startswith("tests.")}
    assert {file.name for file, _ in declared.values()} == {"jobs.py"}


def test_a_job_is_named_after_its_room_and_its_function() -> None:
    for name, (file, function) in declared_jobs().items():
        assert name == f"{file.parent.name}.{function}"


def test_every_job_is_enqueued_somewhere() -> None:
    """By a deed, or by the calendar."""
    code = "\n".join(file.read_text() for file in modules())
    functions = [function for _, function in declared_jobs().values()]
    assert not [name for name in functions if f"{name}.enqueue(" not in code and f"daily({name}," not in code]


def test_a_job_is_three_lines_that_call_a_deed() -> None:
    for name, (file, function) in declared_jobs().items():
        body = next(n for n in ast.walk(tree(file)) if isinstance(n, ast.FunctionDef) and n.name == function).body
        assert len(body) == 1, name
        assert "actions." in ast.unparse(body[0]), name


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_every_activity_of_a_diagram_is_registered(folder: Path) -> None:
    spec = engine.read_process(read_package(files_of_folder(folder)).process.encode())
    named = {node.activity for node in spec.nodes if node.kind == "service"}
    assert named
    assert not named - set(activities)


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda folder: folder.name)
def test_every_task_of_a_diagram_has_somebody_who_can_do_it(folder: Path) -> None:
    """A kind of task that no page knows would stay open for ever."""
    spec = engine.read_process(read_package(files_of_folder(folder)).process.encode())
    kinds = {node.activity for node in spec.nodes if node.kind == "user"}
    pages = "\n".join(file.read_text() for file in modules(SOURCE / "web"))
    assert kinds
    assert not {kind for kind in kinds if f'"{kind}"' not in pages}
    assert kinds >= CITIZEN_TASKS


def test_there_is_somebody_who_carries_a_mail() -> None:
    assert "mail" in carriers


def test_every_audited_deed_of_a_case_has_words_at_the_desk() -> None:
    from stadtamt.web.desk.casepage import _HISTORY

    code = "\n".join(file.read_text() for file in modules() if "audit" in file.read_text())
    recorded = set(re.findall(r"audit\.record\(\s*\"((?:case|task|process|notice|claim)\.[a-z_]+)\"", code))
    shown = recorded - {"process.published", "claim.due"}  # about an edition, and about the claim itself
    assert len(shown) > 8
    assert not shown - set(_HISTORY)


def test_every_setting_of_the_environment_is_documented() -> None:
    read = _names("\n".join(file.read_text() for file in modules())) | _names((ROOT / "stadtamt").read_text())
    page = (ROOT / "docs" / "reference" / "settings.md").read_text()
    assert not read - _names(page), "docs/reference/settings.md does not know these."
    assert not _names(page) - read, "Nothing reads these any more."


def test_every_command_is_documented() -> None:
    from stadtamt.conf.commandline.registry import available

    page = (ROOT / "docs" / "reference" / "commands.md").read_text()
    assert not [name for name, command in available().items() if not command.hidden and f"stadtamt {name}" not in page]


def test_every_documented_command_exists() -> None:
    from stadtamt.conf.commandline.registry import COMMANDS

    page = (ROOT / "docs" / "reference" / "commands.md").read_text()
    named = set(re.findall(r"^#+ .*`(?:\./)?stadtamt ([a-z ]+?)`", page, re.MULTILINE))
    assert named
    assert not named - {command.name for command in COMMANDS}


def test_every_room_with_rows_is_installed() -> None:
    rooms = {file.parent for file in modules() if file.name == "models.py" or file.parent.name == "models"}
    names = {f"stadtamt.{room.relative_to(SOURCE).parts[0]}" for room in rooms}
    assert names <= set(settings.INSTALLED_APPS), [place(room) for room in rooms]


def _names(text: str) -> set[str]:
    return {name for name in re.findall(r"\bSTADTAMT_[A-Z_]+[A-Z]\b", text) if name != "STADTAMT_REAL_DATA"}
