"""The console command ``stadtamt``: finds the asked command's module and runs it.

A command is a module of this folder with ``add_arguments(parser)`` and ``run(options) -> int``, listed in
``registry``. Only the module that is asked for is loaded, so that help and small commands answer at once.
"""

from __future__ import annotations

import difflib
import importlib
import os
import sys
from collections.abc import Sequence

from stadtamt.conf.commandline import registry
from stadtamt.conf.commandline.console import CommandProblem, Parser, overview
from stadtamt.conf.environment import EnvironmentProblem
from stadtamt.conf.problems import Problem
from stadtamt.packages.errors import PackageProblem

INTERRUPTED = 130
HELP = {"-h", "--help"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; a known problem is one sentence on the error output."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in {*HELP, "hilfe", "help"}:
        print(overview())
        return 0
    if len(words) == 2 and words[1] in HELP and (few := overview(words[0])):
        print(few)
        return 0
    try:
        return _run(words)
    except (EnvironmentProblem, Problem, PackageProblem) as problem:
        print(f"stadtamt: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(words: list[str]) -> int:
    command, rest = _choose(words)
    module = importlib.import_module(f"stadtamt.conf.commandline.{command.module}")
    parser = Parser(prog=f"stadtamt {command.name}", description=command.summary)
    module.add_arguments(parser)
    options, unknown = parser.parse_known_args(rest)
    if unknown and not command.passes_on:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    options.rest = unknown
    code: int = module.run(options)
    return code


def _choose(words: list[str]) -> tuple[registry.Command, list[str]]:
    """The command named by the first one or two words, and the words after it."""
    commands = registry.available()
    for length in (2, 1):
        name = " ".join(words[:length])
        if name in commands:
            return commands[name], words[length:]
    group = [name for name in commands if name.split(" ")[0] == words[0]]
    if group:
        raise CommandProblem(f"Zu »{words[0]}« gehört noch ein Wort: {', '.join(group)}.")
    near = difflib.get_close_matches(words[0], commands, n=1)
    hint = f" Meinten Sie »{near[0]}«?" if near else " Alle Befehle zeigt: stadtamt --help"
    raise CommandProblem(f"Den Befehl »{words[0]}« gibt es nicht.{hint}")
