"""A town's layer written as the parameter file that `read_layer` reads. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from stadtamt.packages.format.layer import Layer, Override

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def write_layer(layer: Layer, *, service: str, municipality: str) -> str:
    """TOML that reads back equal; days are written as text, as a layer holds them."""
    data = layer.as_data()
    lines = [f"service = {_value(service)}", f"municipality = {_value(municipality)}"]
    for key, value in data["values"].items():
        lines += ["", f"[parameters.{_key(key)}]", f"value = {_value(value)}"]
        if key in data["sources"]:
            lines.append(f"source = {_value(data['sources'][key])}")
    for name, entries in (("override", data["overrides"]), ("case", data["cases"])):
        for entry in entries:
            lines += ["", f"[[{name}]]", *_lines(entry)]
    return "\n".join(lines) + "\n"


def write_overrides(overrides: Iterable[Override]) -> str:
    """Deviations as ``[[override]]``, for a file that holds nothing before them."""
    data = Layer(overrides=tuple(overrides)).as_data()["overrides"]
    return "\n".join(line for entry in data for line in ("", "[[override]]", *_lines(entry)))


def _lines(entry: Mapping[str, Any]) -> Iterator[str]:
    for key, value in entry.items():
        if value is not None:  # TOML knows no nothing; what is not there is nothing
            yield f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_lines(value)) + " }" if value else "{}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(entry) for entry in value if entry is not None) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON escapes everything that TOML wants escaped, but for one sign.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
