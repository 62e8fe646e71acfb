"""``stadtamt code``: the second factor of a person of the demonstration, in place of a telephone."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from stadtamt.conf.commandline.console import CommandProblem
from stadtamt.conf.commandline.database import set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("town", metavar="STADT", help="konstanz, hattenhofen oder bad-boll")
    parser.add_argument("--as", dest="username", default="amt", metavar="NAME", help="amt (Vorgabe) oder lotse")
    parser.add_argument("--data", type=Path, metavar="ORDNER", help="Datenordner der Demo (Vorgabe: .data)")


def run(options: argparse.Namespace) -> int:
    if options.data:
        os.environ["STADTAMT_DATA"] = str(options.data.expanduser().resolve())
    set_up()
    from stadtamt.conf import demo

    code = demo.present_code(options.town, options.username)
    if code is None:
        raise CommandProblem(
            f"Für »{options.username}« in »{options.town}« gibt es hier keine Demo-Anmeldung: "
            "Bitte zuerst ./stadtamt demo starten."
        )
    print(code)
    return 0
