"""The author's reference says what the shapes say, and leaves none of them out."""

from __future__ import annotations

import re
from pathlib import Path

from stadtamt.packages.format.files import KNOWN
from stadtamt.packages.format.tables import TABLES, filled

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "service-package.md"


def test_the_tables_are_current() -> None:
    page = PAGE.read_text()
    assert filled(page) == page, "python -m stadtamt.packages.format.schemas"


def test_every_table_stands_on_the_page() -> None:
    there = set(re.findall(r"<!-- Tabelle: ([a-z-]+) -->", PAGE.read_text()))
    assert there - {"parameter-types", "overrides", "activities"} == set(TABLES)


def test_every_file_of_a_package_is_named() -> None:
    page = PAGE.read_text()
    names = {name.replace("*", "").strip("/") for name in KNOWN}
    assert [name for name in sorted(names) if name.split("/")[0].lstrip(".") not in page] == []
