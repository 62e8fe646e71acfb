"""The pure parts of the measurements, and that the oracle finds what was planted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from stadtamt.conf.bench import figures, killer, oracle
from stadtamt.conf.bench.load import Journey, moments, portions, throughput
from stadtamt.conf.bench.phone import HOMES, clear_answers
from stadtamt.conf.bench.recording import Script, Statement
from stadtamt.conf.embedded import EmbeddedPostgres
from stadtamt.kernel.tokens import digest
from support.citizen import CLEAR, Citizen
from support.database import admin
from support.jobs import work_off

__all__ = ["admin"]
Admin = Callable[..., list[tuple[Any, ...]]]
MOVED_TWICE = """
    INSERT INTO cases_statechange SELECT gen_random_uuid(), before, after, at, case_id, municipality_id
      FROM cases_statechange LIMIT 1
"""


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert figures.percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert figures.percentile(list(range(1, 101)), 0.95) == 95
    assert figures.percentile([7], 0.99) == 7
    assert figures.percentile([], 0.5) == 0


def test_a_spread_is_in_milliseconds() -> None:
    found = figures.spread([0.1, 0.2, 0.4])
    assert (found.count, found.shortest, found.p50, found.longest) == (3, 100.0, 200.0, 400.0)


def test_arrivals_are_the_same_for_a_seed_and_keep_their_rate() -> None:
    once, again = moments(rate=5, seconds=200, seed=1), moments(rate=5, seconds=200, seed=1)
    assert once == again == sorted(once)
    assert 900 < len(once) < 1100
    assert once[-1] < 200


def test_throughput_counts_whole_cases_only() -> None:
    journeys = [Journey(0, 1, 2), Journey(1, 2, 4), Journey(2, None, None)]
    assert throughput(journeys) == 0.5
    assert throughput([]) == 0


def test_portions_follow_each_other() -> None:
    assert list(portions([1, 2, 3, 4], (1, 3))) == [[1], [2, 3, 4]]


def test_the_dog_is_held_for_a_week_on_every_day_of_the_year() -> None:
    answers = clear_answers(HOMES[0], date(2027, 1, 3))
    assert answers["hund-beginn"]["hund.gehalten_seit"] == "27.12.2026"


def test_a_script_counts_what_commits() -> None:
    alone, inside = Statement("SELECT 1", None, many=False, alone=True), Statement("S", None, many=False, alone=False)
    script = Script([alone, inside, inside, None])
    assert (script.statements, script.commits) == (3, 2)


def test_only_own_processes_count_as_victims() -> None:
    source = "import subprocess, sys; p = subprocess.Popen(['sleep', '60']); print(p.pid, flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        grandchild = int(child.stdout.readline())
        assert killer.descends(grandchild, child.pid)
        assert killer.below([child.pid]) == [grandchild]
        assert not killer.descends(1, child.pid)
        subprocess.run(["kill", str(grandchild)], check=True)
        child.communicate(timeout=10)


def test_mails_with_the_same_key_count_as_repeated(tmp_path: Path) -> None:
    mail = "Subject: x\nMessage-ID: <{}@stadtamt.invalid>\n\ntext\n" + "-" * 79 + "\n"
    (tmp_path / "one.log").write_text(mail.format("a") + mail.format("b"))
    (tmp_path / "two.log").write_text(mail.format("a"))
    assert oracle.mails(tmp_path) == {"sent": 3, "repeated": 1}


def test_the_verdict_is_zero_only_when_everything_is() -> None:
    found: dict[str, Any] = {
        "lost": {"without matter": 0, "without delivery": 2},
        "doubled": {"a": 1, "b": 1},
        "half": {"c": 0},
        "never_pressed_but_stored": 1,
        "chains": {"Konstanz": {"entries": 3, "first_wrong": None}, "Bad Boll": {"entries": 3, "first_wrong": 2}},
    }
    assert oracle.verdict(found) == {"lost": 2, "doubled": 2, "half": 1, "broken_chains": 1}


@pytest.fixture
def finished(committed: None, postgres: EmbeddedPostgres, tmp_path: Path) -> Callable[[], dict[str, Any]]:
    """A database with one whole clear case; gives the oracle's findings on it."""
    citizen = Citizen()
    citizen.begin()
    citizen.fill_in(CLEAR)
    citizen.send()
    work_off()
    mark = {digest(citizen.token)}
    address = postgres.url(role="admin", database="committed")
    return lambda: oracle.count(address, acknowledged=mark, pressed=mark, mail=tmp_path)


def test_the_oracle_finds_nothing_wrong_with_a_whole_case(finished: Callable[[], dict[str, Any]]) -> None:
    found = finished()
    assert set(found["stored"].values()) == {1}
    assert not any(oracle.verdict(found).values())
    assert found["chains"]["Konstanz"]["entries"] > 5


@pytest.mark.parametrize(
    ("defect", "kind"),
    [
        ("DELETE FROM postbox_delivery", "lost"),
        (MOVED_TWICE, "doubled"),
        ("UPDATE notices_notice SET pdf = 'x'", "half"),
        ("DELETE FROM processes_step; DELETE FROM processes_task; DELETE FROM processes_run", "half"),
        ("UPDATE kernel_auditentry SET data = '{}' WHERE sequence = 3", "broken_chains"),
        ("DELETE FROM kernel_auditentry WHERE sequence = 2", "broken_chains"),
    ],
)
def test_the_oracle_finds_what_was_planted(
    finished: Callable[[], dict[str, Any]], admin: Admin, defect: str, kind: str
) -> None:
    for statement in defect.split(";"):
        admin(statement)
    assert oracle.verdict(finished())[kind] > 0


def test_the_oracle_reckons_the_hash_of_an_entry_by_itself() -> None:
    row = ("t", 1, datetime(2026, 5, 11, 8, tzinfo=UTC), "case.opened", "citizen", "", "", "c", "1", {"b": 1}, "0" * 64)
    assert oracle.entry_hash(row) != oracle.entry_hash((*row[:9], {"b": 2}, row[10]))
