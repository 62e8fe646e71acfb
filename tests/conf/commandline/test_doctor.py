from __future__ import annotations

from pathlib import Path

from stadtamt.conf.commandline import doctor_database, doctor_machine
from stadtamt.conf.commandline.findings import Level


def test_an_old_python_is_a_fault() -> None:
    assert doctor_machine.python((3, 11)).level is Level.BAD
    assert doctor_machine.python((3, 12)).level is Level.GOOD


def test_scarce_space_is_a_hint_and_no_space_a_fault() -> None:
    levels = [doctor_machine.space(free).level for free in (50_000_000, 1_000_000_000, 5_000_000_000)]
    assert levels == [Level.BAD, Level.HINT, Level.GOOD]


def test_a_secret_that_others_can_read_is_a_fault_with_its_remedy(tmp_path: Path) -> None:
    key = tmp_path / "secret.key"
    key.write_text("x" * 40)
    key.chmod(0o644)
    assert doctor_machine.secret(key, None).remedy == f"chmod 600 {key}"
    key.chmod(0o600)
    assert doctor_machine.secret(key, None).level is Level.GOOD


def test_a_missing_browser_is_only_a_hint() -> None:
    assert doctor_machine.browser(None).level is Level.HINT


def test_a_database_that_is_too_old_is_a_fault() -> None:
    assert doctor_database.version(16).level is Level.BAD
    assert doctor_database.version(17).level is Level.GOOD
