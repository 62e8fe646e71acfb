"""Whatever stands in the files: the check answers with findings and never stumbles, and what it passes can be run."""

from __future__ import annotations

import copy
import json
import random
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from stadtamt.kernel.yaml import read_yaml
from stadtamt.packages.checking import check, errors_in
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.parameters import plain
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.golden import run_for_author
from stadtamt.packages.skeleton import skeleton

FILES = dict(skeleton("neue-leistung"))
DATA = {
    name: plain(tomllib.loads(content.decode())) if name.endswith(".toml") else read_yaml(content.decode())
    for name, content in FILES.items()
    if name.endswith((".toml", ".yaml"))
}
ODD: tuple[Any, ...] = (True, 7, -1, 1.5, "", " ", "=(", "{", "{x}", [], ["x"], {}, {"x": 1}, [[]], "1 +", "a" * 5000)
PIECES = (
    b"=",
    b'"',
    b"[",
    b"}",
    b"\n",
    b"null",
    b"[[case]]",
    b"parameters",
    b"</text>",
    b"- ",
    b"\xff",
    b'id="decide"',
)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key in list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield value, key
        yield from places(value[key])


def written(name: str, data: Any) -> bytes:
    """As JSON, which is YAML; as TOML, all in inline tables."""

    def toml(value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(f"{json.dumps(key)} = {toml(entry)}" for key, entry in value.items()) + "}"
        return "[" + ", ".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)

    if name.endswith(".yaml"):
        return json.dumps(data).encode()
    return "\n".join(f"{json.dumps(key)} = {toml(entry)}" for key, entry in data.items()).encode()


def misshapen(dice: random.Random) -> dict[str, bytes]:
    name = dice.choice(list(DATA))
    data = copy.deepcopy(DATA[name])
    for _ in range(dice.randint(1, 3)):
        container, key = dice.choice(list(places(data)))
        if dice.random() < 0.7:
            container[key] = copy.deepcopy(dice.choice(ODD))
        else:
            container.pop(key)
    return {**FILES, name: written(name, data)}


def garbled(dice: random.Random) -> dict[str, bytes]:
    name = dice.choice([one for one in FILES if not one.endswith(".md")])
    content = bytearray(FILES[name])
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(content) + 1)
        content[place : place + dice.choice((0, 0, 5, 40))] = dice.choice(PIECES)
    return {**FILES, name: bytes(content)}


def refusal(files: dict[str, bytes]) -> str:
    """What reading and running the package says against it."""
    try:
        run_for_author(read_package(files))
    except PackageProblem as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("damage", [misshapen, garbled])
@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_package_is_judged_and_what_passes_can_be_run(damage: Any, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(25):
        files = damage(dice)
        assert errors_in(check(files)) or not refusal(files), refusal(files)
