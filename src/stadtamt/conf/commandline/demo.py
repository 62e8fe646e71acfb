"""``stadtamt demo``: everything on this machine, with one command and without any preparation."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shlex
import subprocess
import time
import webbrowser
from pathlib import Path
from typing import Any

from stadtamt.conf.commandline.console import CommandProblem, say
from stadtamt.conf.commandline.database import data_folder, database
from stadtamt.conf.commandline.ports import require_free
from stadtamt.conf.commandline.supervisor import Child, Supervisor, command, run_once
from stadtamt.conf.embedded import EmbeddedPostgres

WORKERS = 2
ANSWER_SECONDS = 60.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="ZAHL", help="Port der Webseiten (Vorgabe: 8000)")
    parser.add_argument("--data", type=Path, metavar="ORDNER", help="Ordner für alle Daten (Vorgabe: .data)")
    parser.add_argument("--no-browser", action="store_true", help="öffnet kein Browserfenster")


def run(options: argparse.Namespace) -> int:
    if options.data:
        os.environ["STADTAMT_DATA"] = str(options.data.expanduser().resolve())
    os.environ.setdefault("STADTAMT_DATA", str(data_folder()))
    os.environ["STADTAMT_DEMO"] = "1"
    require_free("127.0.0.1", options.port)
    children = [Child("Der Webserver", command("serve", "--port", str(options.port)))]
    children += [
        Child(f"Der Hintergrundprozess {number}", command("worker", "--name", f"demo-{number}"))
        for number in range(1, WORKERS + 1)
    ]
    say("Starte die Datenbank …")
    with database(shared=False) as server:
        supervisor = Supervisor(children, look=lambda: keep_alive(server))
        supervisor.heed_signals()
        try:
            _serve(supervisor, options)
        finally:
            say("\nHalte an …")
            supervisor.stop()
    say("Alles angehalten. Die Daten bleiben für den nächsten Start.")
    return 0


def keep_alive(server: EmbeddedPostgres | None) -> None:
    """Start the database again when it has died; the other processes find it by themselves."""
    if server is not None and not server.alive():
        say("Die Datenbank hat sich beendet und wird neu gestartet.", error=True)
        server.start()


def _serve(supervisor: Supervisor, options: argparse.Namespace) -> None:
    try:
        run_once(["migrate"])
        places = json.loads(run_once(["seed", "--port", str(options.port)]))
    except subprocess.CalledProcessError as problem:
        if supervisor.told_to_stop:
            return
        raise CommandProblem("Die Beispieldaten ließen sich nicht anlegen, der Grund steht darüber.") from problem
    if supervisor.told_to_stop:
        return
    supervisor.start()
    wait_for_answer(supervisor, options.port)
    if supervisor.told_to_stop:
        return
    say(welcome(places, data=options.data))
    if not options.no_browser and (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) and places["urls"]:
        webbrowser.open(places["urls"][0][1])
    supervisor.run()


def wait_for_answer(supervisor: Supervisor, port: int) -> None:
    """Until the site answers; a web server that cannot even start ends the command."""
    end = time.monotonic() + ANSWER_SECONDS
    while not supervisor.told_to_stop:
        if _answers(port):
            return
        supervisor.round()
        if supervisor.children[0].ends:
            raise CommandProblem("Der Webserver startet nicht, der Grund steht darüber.")
        if time.monotonic() > end:
            raise CommandProblem(f"Der Webserver antwortet auf Port {port} nicht.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def welcome(places: dict[str, Any], *, data: Path | None = None) -> str:
    """What the person at the terminal needs now: where to go and how to sign in."""
    lines = ["", "Stadtamt läuft.", "", *_table(places["urls"])]
    if places["logins"]:
        lines += [
            "",
            "Anmeldung am Schreibtisch (nur in der Demo), der Code kommt vom Befehl in der letzten Spalte:",
            "",
        ]
        place = f" --data {shlex.quote(str(data))}" if data else ""
        lines += [line + place for line in _table(places["logins"])]
    lines += ["", "Beenden mit Strg+C.", ""]
    return "\n".join(lines)


def _table(rows: list[list[str]]) -> list[str]:
    """Rows of words as lines with their columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
