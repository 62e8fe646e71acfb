"""What the commands share at the terminal: the parser that speaks German, the overview, the one known error."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
from itertools import groupby
from typing import IO, NoReturn

from stadtamt.conf.commandline import registry
from stadtamt.conf.problems import Problem

WORDS = (
    (r"the following arguments are required: (.*)", r"Es fehlt: \1."),
    (r"unrecognized arguments: (.*)", r"Unbekannt: \1."),
    (r"argument (.*): expected one argument", r"Nach \1 fehlt die Angabe."),
    (r"argument (.*): invalid int value: (.*)", r"\1 braucht eine ganze Zahl, nicht \2."),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\1: \2 geht nicht, möglich ist \3."),
    (r"argument (.*): not allowed with argument (.*)", r"\1 und \2 gehen nicht zusammen."),
)


class CommandProblem(Problem):
    """Der Befehl kann nicht ausgeführt werden."""


class Parser(argparse.ArgumentParser):
    """argparse with German headings and sentences."""

    def __init__(self, *, prog: str, description: str) -> None:
        super().__init__(prog=prog, description=description, add_help=False, allow_abbrev=False)
        self._positionals.title = "Angaben"
        self._optionals.title = "Optionen"
        self.add_argument("-h", "--help", action="help", help="zeigt diese Hilfe")

    def format_usage(self) -> str:
        return super().format_usage().replace("usage:", "Aufruf:", 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage:", "Aufruf:", 1)

    def print_usage(self, file: IO[str] | None = None) -> None:  # type: ignore[override]
        print(self.format_usage().rstrip(), file=file)

    def error(self, message: str) -> NoReturn:
        for pattern, sentence in WORDS:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, sentence, message)
                break
        print(self.format_usage() + f"{self.prog}: {message}", file=sys.stderr)
        raise SystemExit(2)


def say(text: str, *, error: bool = False) -> None:
    """Tell the person at the terminal, if there still is one: a closed window must not disturb an orderly stop."""
    stream = sys.stderr if error else sys.stdout
    try:
        print(text, file=stream, flush=True)
    except OSError:
        # What stays in the buffer would be written, and fail, once more at the very end.
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def overview(word: str = "") -> str:
    """The help for all commands, grouped; or for those that begin with `word`, empty when none or only itself does."""
    if word:
        few = [one for one in registry.available().values() if one.name.startswith(f"{word} ") and not one.hidden]
        lines = [f"Aufruf: stadtamt {word} WORT [Optionen]", ""]
        lines += [f"  {command.name:<16} {command.summary}" for command in few]
        return "\n".join([*lines, "", f"Mehr zu einem Befehl: stadtamt {few[0].name} --help"]) if few else ""
    lines = ["Stadtamt: ein Eingang ins Rathaus für jedes Anliegen.", "", "Aufruf: stadtamt BEFEHL [Optionen]"]
    shown = [command for command in registry.available().values() if not command.hidden]
    for group, commands in groupby(shown, key=lambda command: command.group):
        lines += ["", group]
        lines += [f"  {command.name:<16} {command.summary}" for command in commands]
    lines += ["", "Mehr zu einem Befehl: stadtamt BEFEHL --help", "Zum Ausprobieren genügt: stadtamt demo"]
    return "\n".join(lines)
