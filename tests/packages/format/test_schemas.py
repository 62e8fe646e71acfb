"""The schemas that editors get say the same as the check."""

from __future__ import annotations

import copy
import json
import random
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from stadtamt.kernel.yaml import read_yaml
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.format.schemas import SCHEMAS, schema_text, shape_for, written
from stadtamt.packages.skeleton import FOLDER

SERVICES = Path(__file__).parents[3] / "services"
FOLDERS = [FOLDER, *sorted(path.parent for path in SERVICES.glob("*/service.toml"))]
ODD: tuple[Any, ...] = (None, True, 7, -1, "", " ", "x", "=1", [], ["x"], {}, {"x": 1}, "2026-01-01", "parameters.x")


@cache
def validator(name: str) -> Any:
    return jsonschema_rs.Draft202012Validator(json.loads(written(name)))


def name_of(file: str) -> str:
    shape = shape_for(file)
    return next((name for name, (_, known) in SCHEMAS.items() if known is shape), "")


@cache
def documents(folder: Path) -> dict[str, Any]:
    """The files that have a schema, as plain data."""
    return {file: data_of(file, content.decode()) for file, content in files_of_folder(folder).items() if name_of(file)}


def data_of(file: str, text: str) -> Any:
    if file.endswith(".toml"):
        return plain(tomllib.loads(text))
    return yaml.load(text, yaml.BaseLoader) if file.startswith("letters/") else read_yaml(text)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every container with every key in it."""
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_the_folder_is_the_one_of_the_shape(name: str) -> None:
    assert schema_text(name) == written(name), "python -m stadtamt.packages.format.schemas"
    assert jsonschema_rs.meta.is_valid(json.loads(written(name)))


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described_in_german(name: str) -> None:
    def bare(schema: Any, place: str = "") -> Iterator[str]:
        for key, entry in schema.get("properties", {}).items():
            if not entry.get("description", "").endswith((".", "?")):
                yield f"{place}.{key}"
            yield from bare(entry, f"{place}.{key}")
            yield from bare(entry.get("items", {}), f"{place}.{key}[]")

    assert list(bare(json.loads(written(name)))) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_shipped_package_fits_the_schemas(folder: Path) -> None:
    faults = [
        f"{file}: {one}"
        for file, data in documents(folder).items()
        for one in validator(name_of(file)).iter_errors(data)
    ]
    assert faults == []


@pytest.mark.parametrize("seed", range(20))
def test_the_schema_refuses_exactly_what_the_check_refuses(seed: int) -> None:
    """Two thousand damaged files: a value replaced, an entry lost, an entry nobody knows."""
    dice = random.Random(seed)
    known = [(file, data) for folder in FOLDERS[:3] for file, data in documents(folder).items()]
    for _ in range(100):
        file, data = dice.choice(known)
        data = copy.deepcopy(data)
        container, key = dice.choice(list(places(data)))
        deed = dice.choice(("odd", "odd", "lose", "new"))
        if deed == "odd":
            container[key] = copy.deepcopy(dice.choice(ODD))
        elif deed == "lose":
            del container[key]
        elif isinstance(container, dict):
            container["unbekannt"] = 1
        shape = shape_for(file)
        assert shape is not None
        faults = list(shape.faults(data))
        assert validator(name_of(file)).is_valid(data) == (not faults), (file, key, deed, faults)
