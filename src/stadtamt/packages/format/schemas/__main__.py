"""Writes the schemas anew from the shapes."""

from stadtamt.packages.format.schemas import FOLDER, SCHEMAS, written

for name in SCHEMAS:
    (FOLDER / f"{name}.json").write_text(written(name), encoding="utf-8")
