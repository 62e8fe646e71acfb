"""What may stand in process data: JSON and nothing else, of modest size and depth."""

from __future__ import annotations

import math

from stadtamt.processes.engine.errors import DataNotPlain

type Plain = bool | int | float | str | list["Plain"] | dict[str, "Plain"] | None

MOST_DEEP = 40
MOST_ENTRIES = 20_000
MOST_DIGITS = 30


def plain_dict(data: object, where: str) -> dict[str, Plain]:
    """A deep copy of `data` in JSON types. DataNotPlain names the entry that is none; `where` is the step's name."""
    if not isinstance(data, dict):
        raise DataNotPlain(f"„{where}“ hat keine benannten Werte zurückgegeben.")
    budget = [MOST_ENTRIES]
    copied = _plain(data, f"„{where}“", budget, 0)
    assert isinstance(copied, dict)  # noqa: S101 - a dict is copied as a dict
    return copied


def _plain(value: object, where: str, budget: list[int], depth: int) -> Plain:
    budget[0] -= 1
    if budget[0] < 0 or depth > MOST_DEEP:
        raise DataNotPlain(f"{where}: Die Daten sind zu umfangreich oder zu tief verschachtelt.")
    if value is None or isinstance(value, bool) or type(value) is str:
        return value
    if type(value) is int and abs(value) < 10**MOST_DIGITS:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item, where, budget, depth + 1) for item in value]
    if isinstance(value, dict):
        copied: dict[str, Plain] = {}
        for key, item in value.items():
            if type(key) is not str:
                raise DataNotPlain(f"{where}: Ein Name in den Daten ist kein Text ({key!r}).")
            copied[key] = _plain(item, f"{where}, {key}", budget, depth + 1)
        return copied
    raise DataNotPlain(f"{where}: {type(value).__name__} lässt sich nicht als Prozessdaten speichern.")
