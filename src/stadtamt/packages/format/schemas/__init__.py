"""JSON Schema 2020-12 for every file of a package, written from its shapes and served to editors.

``python -m stadtamt.packages.format.schemas`` writes the files anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from stadtamt.packages.format import shapes_form, shapes_service, shapes_town
from stadtamt.packages.format.shapes import Shape

FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"

SCHEMAS: Mapping[str, tuple[str, Shape]] = {
    "service": ("service.toml", shapes_service.MANIFEST),
    "parameters": ("parameters.toml", shapes_service.PARAMETERS),
    "catalogue": ("catalogue.toml", shapes_service.CATALOGUE),
    "form": ("form.yaml", shapes_form.FORM),
    "adjustments": ("form.toml", shapes_town.ADJUSTMENTS),
    "letter": ("letters/*.yaml", shapes_form.LETTER),
    "texts": ("texts/<Sprache>.toml", shapes_town.TEXTS),
    "tests": ("tests/*.toml", shapes_town.TESTS),
    "layer": ("parameters/<Kommune>.toml", shapes_town.LAYER),
}
"""By the name of the schema: which file it describes, and its shape."""


_BY_FILE: Mapping[str, Shape] = {"texts/de.toml": shapes_town.SHORT_WORDS, "form.toml": shapes_town.ADJUSTMENTS}


def shape_for(file: str) -> Shape | None:
    """The shape of a file of a package by its name; None for what is no TOML or YAML, and for the short words."""
    folder, _, rest = file.rpartition("/")
    if file in _BY_FILE:
        return _BY_FILE[file]
    names = {"letters": "letter", "texts": "texts", "tests": "tests", "parameters": "layer"}
    if folder:
        return SCHEMAS[names[folder]][1] if folder in names and rest.endswith((".toml", ".yaml")) else None
    stem, _, suffix = rest.partition(".")
    return SCHEMAS[stem][1] if stem in SCHEMAS and suffix in {"toml", "yaml"} else None


@cache
def schema_text(name: str) -> str:
    """The schema as it lies in the folder."""
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@cache
def etag_of(name: str) -> str:
    """By which a browser or editor knows the schema again."""
    return f'"{hashlib.sha256(schema_text(name).encode()).hexdigest()[:16]}"'


def written(name: str) -> str:
    """The schema as its shape gives it. It stands alone and refers to nothing outside."""
    file, shape = SCHEMAS[name]
    head: dict[str, Any] = {"$schema": DIALECT, "$id": f"urn:stadtamt:leistungspaket:{name}"}
    body = {**head, "title": f"Leistungspaket: {file}", **shape.schema()}
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"
