"""Writes schemas and the tables of the author's reference anew from the shapes."""

from pathlib import Path

from stadtamt.packages.format.schemas import FOLDER, SCHEMAS, written
from stadtamt.packages.format.tables import filled

for name in SCHEMAS:
    (FOLDER / f"{name}.json").write_text(written(name), encoding="utf-8")
PAGE = Path("docs/reference/service-package.md")
if PAGE.is_file():
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
