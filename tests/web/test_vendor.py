"""Front-end parts are exactly those of the lock, and the cutting keeps what it promises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

from stadtamt.forms.schema import din91379
from stadtamt.web.vendoring.__main__ import LOCK, OWN_SHEETS, PARTS, ROOT, STATIC, sha256
from stadtamt.web.vendoring.purge import logical, purge

WEIGHTS = ("regular", "bold")


def lock() -> dict[str, Any]:
    locked: dict[str, Any] = json.loads(LOCK.read_text("utf-8"))
    return locked


def test_every_vendored_file_has_the_hash_of_the_lock() -> None:
    found = {name: sha256(ROOT / name) for name in lock()["files"]}
    assert found == lock()["files"]
    assert lock()["packages"] == PARTS


def test_no_font_or_sheet_from_outside_escapes_the_lock() -> None:
    files = [path for folder in ("css", "fonts") for path in (STATIC / folder).iterdir() if path.name not in OWN_SHEETS]
    assert {str(path.relative_to(ROOT)) for path in files} <= set(lock()["files"])


def test_the_font_can_write_every_letter_of_din_91379() -> None:
    needed = {ord(sign) for each in din91379.LETTERS | din91379.SEQUENCES | din91379.SIGNS for sign in each}
    for weight in WEIGHTS:
        font = TTFont(STATIC / "fonts" / f"noto-sans-{weight}.woff2")
        assert not needed - set(font.getBestCmap())
        assert "mark" in {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}


def test_the_font_can_write_ukrainian() -> None:
    for weight in WEIGHTS:
        letters = TTFont(STATIC / "fonts" / f"noto-sans-{weight}.woff2").getBestCmap()
        assert not set(map(ord, "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя")) - set(letters)


def test_the_own_sheets_use_only_properties_that_exist() -> None:
    sheets = [(STATIC / "css" / name).read_text("utf-8") for name in ("kern.css", *OWN_SHEETS)]
    defined = set(re.findall(r"(--[\w-]+)\s*:", "".join(sheets)))
    used = set(re.findall(r"var\((--[\w-]+)\)", "".join(sheets[1:])))
    assert used <= defined


def test_purging_keeps_only_wanted_classes_and_living_properties() -> None:
    css = (
        ":root{--a:1px;--b:var(--a);--dead:2px} .x,.y{margin:var(--b)} @media print{.y{top:0}} @keyframes r{0%{top:0}}"
    )
    assert purge(css, keep={"x"}) == ":root{--a:1px;--b:var(--a)}.x{margin:var(--b)}\n"


def test_purging_is_not_confused_by_signs_inside_an_image() -> None:
    css = '.x{mask:url("data:image/svg+xml;a{b}c");top:0} .y{top:0}'
    assert purge(css, keep={"x"}) == '.x{mask:url("data:image/svg+xml;a{b}c");top:0}\n'


def test_sides_become_writing_directions() -> None:
    assert logical("a{border-left-width:1px;left:0;text-align:right}") == (
        "a{border-inline-start-width:1px;inset-inline-start:0;text-align:end}"
    )


def test_the_own_sheets_name_no_physical_side() -> None:
    for path in (STATIC / "css").glob("*.css"):
        assert not re.search(r"[\s;{](?:(?:margin|padding|border)-)?(?:left|right)\s*:", path.read_text("utf-8")), (
            path.name
        )


def test_the_licences_lie_beside_the_parts() -> None:
    texts = {name: Path(ROOT / name).read_text("utf-8") for name in lock()["files"] if "LICENSE" in name}
    assert len(texts) == 3
    assert any("SIL OPEN FONT LICENSE" in text for text in texts.values())
