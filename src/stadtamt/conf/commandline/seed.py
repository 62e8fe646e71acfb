"""``stadtamt seed``: lays the example towns into an empty database; part of ``stadtamt demo``.

``stadtamt.conf.demo.seed(port=…)`` does the work and may be run again. It returns a mapping with ``urls``, pairs of
(what, address), and ``logins``, rows of (whose, user name, password, …); they are printed as JSON.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys

from stadtamt.conf.commandline.database import APP, OWNER, database, set_up


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, metavar="ZAHL", help="Port für die gezeigten Adressen")


def run(options: argparse.Namespace) -> int:
    with database():
        # Towns are laid by the owner of the database: the application's role may only read the directory of towns.
        os.environ[APP] = os.environ.get(OWNER, os.environ[APP])
        set_up()
        from stadtamt.conf import demo

        with contextlib.redirect_stdout(sys.stderr):
            places = demo.seed(port=options.port)
    print(json.dumps({"urls": list(places["urls"]), "logins": list(places["logins"])}, ensure_ascii=False))
    return 0
