"""The package for child day care over the real data schema, which is not in the repository."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.real import real_file
from support.source import ROOT

KEY, SCHEMA = "kindertagespflege", "S05000001299"
PACKAGE = ROOT / "tests" / "fixtures" / KEY
LISTS = ("familienstand", "staatenliste", "staatsangehörigkeit")
"""The code lists that the schema names, by a word of their file."""


def day_care(folder: Path) -> Path:
    """The whole package in a folder of its own below: our files, the schema and its code lists.

    The test is skipped where the real data is absent.
    """
    schema = real_file(f"fim/{SCHEMA}.schema.xdf.xml")
    lists = [
        file for file in real_file("codelists").glob("*.xml") if any(word in file.name.casefold() for word in LISTS)
    ]
    whole = Path(shutil.copytree(PACKAGE, folder / KEY))
    shutil.copyfile(schema, whole / "form.xdf.xml")
    (whole / "code-lists").mkdir()
    for number, file in enumerate(sorted(lists), 1):
        shutil.copyfile(file, whole / "code-lists" / f"liste-{number}.xml")
    return whole
