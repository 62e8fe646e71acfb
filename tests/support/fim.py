"""The package for child day care over the real data schema, which is not here, and somebody who applies."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from stadtamt.packages.actions import install
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import read_layer
from support.real import real_file
from support.source import ROOT

KEY, SCHEMA = "kindertagespflege", "S05000001299"
PACKAGE = ROOT / "tests" / "fixtures" / KEY
LISTS = ("familienstand", "staatenliste", "staatsangehörigkeit")
"""The code lists that the schema names and the form asks for, by a word of their file."""
FILE = "eine Datei"
"""Stands for an upload in the answers below."""
ANSWERS: dict[str, dict[str, Any]] = {
    "S05000001299-F05000018286": {"F05000017543": "001"},
    "G05000011684-F60000000332": {
        "G05000011684.F60000000275": "LD",
        "G05000011684.F60000000228": "Eva",
        "G05000011684.F60000000227": "Müller-Łódź",
        "G05000011684.F60000000230": "",
    },
    "G05000011684_G60000000083-F60000000231": {
        "G05000011684.G60000000083.F60000000231": "3",
        "G05000011684.G60000000083.F60000000232": "4",
        "G05000011684.G60000000083.F60000000233": "1985",
    },
    "G05000011684_2-F60000000234": {
        "G05000011684.F60000000234": "Konstanz",
        "G05000011684.F60000000235": "Deutschland",
        "G05000011684.F60000000236": ["deutsch"],
    },
    "G05000011684_2-zustellung": {"G05000011684.elektronisch": "true"},
    "G05000013144_G05000011743-F60000000243": {
        "G05000011684.G05000013144.G05000011743.F60000000243": "Hafenstraße",
        "G05000011684.G05000013144.G05000011743.F60000000244": "7a",
        "G05000011684.G05000013144.G05000011743.F60000000246": "78462",
        "G05000011684.G05000013144.G05000011743.F60000000247": "Konstanz",
        "G05000011684.G05000013144.G05000011743.F60000000248": "",
    },
    "G05000011684_G05000011747-F60000000240": {
        "G05000011684.G05000011747.F60000000240": ["07531 123456"],
        "G05000011684.G05000011747.F60000000242": "eva@beispiel.test",
    },
    "G05000011684_G05000011703-F05000017554": {
        "G05000011684.G05000011703.F05000017554": "Grundqualifikation",
        "G05000011684.G05000011703.F05000017555": "300 Stunden",
    },
    "G05000011703_G05000011707-_wahl": {"G05000011684.G05000011703.G05000011707._wahl": "false"},
    "G05000011684_G05000011703_2-F05000017556": {
        "G05000011684.G05000011703.F05000017556": "",
        "G05000011684.G05000011703.F05000017557": "",
    },
    "S05000001299_2-F05000017549": {"F05000017549": "false"},
    "G05000011697-F60000000363": {"G05000011697.F05000017544": "true", "G05000011697.F05000017545": "Kleine Möwen"},
    "G05000011697_G05000011700-F05000017546": {
        "G05000011697.G05000011700.F05000017546": "Zwei Zimmer mit Garten",
        "G05000011697.G05000011700.F05000017547": "001",
        "G05000011697.G05000011700.F05000017548": "001",
    },
    "G05000011697_G05000011700-kinderzahl": {"G05000011697.G05000011700.kinderzahl": "3"},
    "G05000011697_G05000011700-mitbewohner": {"G05000011697.G05000011700.mitbewohner": "true"},
    "G05000011697_G05000011702-_wahl": {"G05000011697.G05000011702._wahl": "true"},
    "G05000011697_G05000011702-F60000000227-1": {
        "G05000011697.G05000011702.1.F60000000227": "Müller",
        "G05000011697.G05000011702.1.F60000000228": "Jan",
    },
    "G05000011702_G60000000083-F60000000231-1": {"G05000011697.G05000011702.1.G60000000083.F60000000233": "1984"},
    "G05000011697_G05000011702-_mehr": {"G05000011697.G05000011702._mehr": "false"},
    "G05000011696-F05000017558": {
        "G05000011696.F05000017558": FILE,
        "G05000011696.F05000017559": FILE,
        "G05000011696.F05000017561": FILE,
    },
    "G05000011696_G05000012392-F05000018445": {"G05000011696.G05000012392.F05000007322": FILE},
    "G05000011696_2-F05000017562": {"G05000011696.F05000017563": FILE},
    "G05000011696_2-F05000017565": {},
    "G05000011712-F05000017577": {"G05000011712.F05000017577": FILE, "G05000011712.F05000017579": ["002"]},
    "G05000011712_G05000000998-F05000017616-1": {
        "G05000011712.G05000000998.1.F05000017616": "001",
        "G05000011712.G05000000998.1.F05000017617_day": "4",
        "G05000011712.G05000000998.1.F05000017617_month": "5",
        "G05000011712.G05000000998.1.F05000017617_year": "2026",
        "G05000011712.G05000000998.1.F05000017619": "Eva Müller-Łódź",
    },
    "G05000011712_G05000000998-_mehr": {"G05000011712.G05000000998._mehr": "false"},
    "G05000011712_G05000000855-F05000017616-1": {
        "G05000011712.G05000000855.1.F05000017616": "002",
        "G05000011712.G05000000855.1.F05000017618_day": "20",
        "G05000011712.G05000000855.1.F05000017618_month": "5",
        "G05000011712.G05000000855.1.F05000017618_year": "2026",
        "G05000011712.G05000000855.1.F05000017619": "Jan Müller",
    },
    "G05000011712_G05000000855-_mehr": {"G05000011712.G05000000855._mehr": "false"},
}
"""Who looks after three children at home, where an adult lives too: the inputs of each page by its key."""


def day_care(folder: Path) -> Path:
    """The whole package in a folder of its own below: our files, the schema and its code lists.

    The test is skipped where the real data is absent.
    """
    schema = real_file(f"fim/{SCHEMA}.schema.xdf.xml")
    lists = [one for one in real_file("codelists").glob("*.xml") if any(word in one.name.casefold() for word in LISTS)]
    whole = Path(shutil.copytree(PACKAGE, folder / KEY))
    shutil.copyfile(schema, whole / "form.xdf.xml")
    (whole / "code-lists").mkdir()
    for number, file in enumerate(sorted(lists), 1):
        shutil.copyfile(file, whole / "code-lists" / f"liste-{number}.xml")
    return whole


def offer_day_care(folder: Path) -> None:
    """Konstanz offers it; inside the town."""
    files = files_of_folder(day_care(folder))
    install(files=files, layer=read_layer(files["parameters/konstanz.toml"].decode()))
