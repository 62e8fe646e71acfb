"""The embedded PostgreSQL, for real: every test starts servers and some are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from conf.processes import first_line, gone, soon, start_python
from stadtamt.conf.embedded import AlreadyRunning, EmbeddedPostgres, find_binaries
from stadtamt.conf.embedded.errors import PostgresProblem

HOLD = """
import sys
from pathlib import Path
from stadtamt.conf.embedded import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as server:
    print(server.pid, server.url(), flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose cluster is made and stopped; copied by each test, because initdb is the slow part."""
    data = tmp_path_factory.mktemp("made")
    EmbeddedPostgres(data, durable=False).start().stop()
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data", ignore=shutil.ignore_patterns(".s.*")))


@pytest.fixture
def holder(data: Path) -> Iterator[subprocess.Popen[str]]:
    process = start_python(HOLD, data)
    yield process
    process.kill()
    process.wait()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
        return row[0] if row else None


def test_the_application_gets_a_role_without_any_power(data: Path) -> None:
    with EmbeddedPostgres(data, durable=False) as server:
        rights = (
            "SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname=current_user"
        )
        assert ask(server.url(), rights) is False
        assert ask(server.url(), "SELECT has_schema_privilege('public', 'CREATE')") is False
        assert ask(server.url(role="owner"), "SELECT has_schema_privilege('public', 'CREATE')") is True


def test_a_new_database_of_the_owner_has_the_extensions(data: Path) -> None:
    with EmbeddedPostgres(data, durable=False) as server:
        with psycopg.connect(server.url(role="owner", database="postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE fresh")
        found = "SELECT array_agg(extname::text ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'"
        assert ask(server.url(database="fresh"), found) == ["btree_gist", "pg_trgm", "unaccent"]


def test_letters_of_all_names_are_known_to_the_database(data: Path) -> None:
    with EmbeddedPostgres(data, durable=False) as server:
        assert ask(server.url(), "SELECT lower('ÄŁŞ')") == "äłş"


def test_a_committed_row_survives_a_power_cut(data: Path) -> None:
    with EmbeddedPostgres(data) as server:
        with psycopg.connect(server.url(role="owner")) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 7 AS value")
        server.kill()
        assert not server.alive()
        server.start()
        assert ask(server.url(role="owner"), "SELECT value FROM kept") == 7


def test_the_server_ends_when_its_parent_is_killed(data: Path, holder: subprocess.Popen[str]) -> None:
    pid = int(first_line(holder).split()[0])
    holder.kill()
    assert soon(lambda: gone(pid))
    with EmbeddedPostgres(data, durable=False) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_the_server_outlives_ctrl_c_at_the_terminal_until_its_parent_stops_it(holder: subprocess.Popen[str]) -> None:
    pid = int(first_line(holder).split()[0])
    assert os.getpgid(pid) != os.getpgid(holder.pid)


def test_a_second_process_uses_the_running_server(data: Path, holder: subprocess.Popen[str]) -> None:
    pid, url = first_line(holder).split()
    with EmbeddedPostgres(data) as second:
        assert not second.owned
        assert second.url() == url
    assert not gone(int(pid))


def test_a_second_server_on_the_same_folder_is_refused(
    data: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stadtamt.conf.embedded.server.PATIENCE_SECONDS", 0.1)
    first_line(holder)
    with pytest.raises(AlreadyRunning, match="läuft schon ein Stadtamt"):
        EmbeddedPostgres(data, shared=False).start()


@pytest.mark.parametrize("pid", [os.getpid(), 1, 2_000_000_000], ids=["own", "first", "nobody"])
def test_a_left_pid_file_does_not_block_the_start(data: Path, pid: int) -> None:
    cluster = data / "postgres"
    (cluster / "postmaster.pid").write_text(f"{pid}\n{cluster}\n1700000000\n5432\n/nowhere\n\n  1 1\nready\n")
    with EmbeddedPostgres(data, durable=False) as server:
        assert ask(server.url(), "SELECT 1") == 1


def test_an_interrupted_first_start_does_not_block_the_next(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(tmp_path, durable=False) as server:
        assert server.alive()
        assert not half.exists()


def test_a_folder_too_deep_for_a_socket_gets_one_elsewhere(data: Path, tmp_path: Path) -> None:
    deep = tmp_path / ("tief" * 12) / ("tiefer" * 8)
    shutil.copytree(data, deep)
    with EmbeddedPostgres(deep, durable=False) as server:
        folder = Path(server.url().partition("host=")[2])
        assert not folder.is_relative_to(deep)
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_root_without_namespaces_lets_another_user_run_the_server(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)  # like root's home: only root may pass
    with EmbeddedPostgres(tmp_path / "data", durable=False, rights=65534) as server:
        assert Path(f"/proc/{server.pid}").stat().st_uid == 65534
        assert ask(server.url(), "SELECT 1") == 1


def test_a_cluster_of_a_missing_version_is_refused_in_one_sentence() -> None:
    with pytest.raises(PostgresProblem, match="von PostgreSQL 9 geschrieben"):
        find_binaries(major=9)


def test_stopping_twice_is_fine_and_the_address_is_gone(data: Path) -> None:
    server = EmbeddedPostgres(data, durable=False).start()
    pid = server.pid
    server.stop()
    server.stop()
    assert pid is not None
    assert gone(pid)
    with pytest.raises(PostgresProblem, match="noch nicht gestartet"):
        server.url()


def test_the_child_gets_the_signal_it_was_promised(tmp_path: Path) -> None:
    source = (
        "import subprocess, sys, time, signal\nfrom stadtamt.conf.leash import leashed\n"
        "child = subprocess.Popen(leashed(['sleep', '60'], stop=signal.SIGKILL))\n"
        "print(child.pid, flush=True)\ntime.sleep(60)"
    )
    parent = start_python(source)
    pid = int(first_line(parent))
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert soon(lambda: gone(pid))


def test_a_failure_writes_no_values_into_the_log(data: Path) -> None:
    with EmbeddedPostgres(data, durable=False) as server, psycopg.connect(server.url()) as connection:
        connection.execute("CREATE TEMPORARY TABLE person (name text UNIQUE)")
        connection.execute("INSERT INTO person VALUES ('Kaja Canary')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('Kaja Canary')")
    log = (data / "postgres.log").read_text()
    assert "duplicate key" in log
    assert "Canary" not in log
