"""Where an answer lies. A path names a field of the form (``kinder.name``), an address one answer (``kinder.2.name``).

Steps that are numbers count the occurrences of a repeated group, from 1. No function changes what it is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

type Steps = tuple[str | int, ...]


def steps_of(address: str) -> Steps:
    """The address taken apart; occurrences as places in a list, from 0."""
    return tuple(int(step) - 1 if step.isdigit() else step for step in address.split(".")) if address else ()


def join(*parts: str | int) -> str:
    """Parts of an address put together; empty ones are left out."""
    return ".".join(str(part) for part in parts if part != "")


def path_of(address: str) -> str:
    """The address without its occurrences."""
    return ".".join(step for step in address.split(".") if not step.isdigit())


def occurrences_of(address: str) -> tuple[int, ...]:
    """The occurrences in an address, from 1."""
    return tuple(int(step) for step in address.split(".") if step.isdigit())


def within(path: str, above: str) -> bool:
    """Whether a path or address is the other one, or lies below it."""
    return not above or path == above or path.startswith(f"{above}.")


def parent(path: str) -> str:
    return path.rpartition(".")[0]


def lookup(answers: Any, address: str) -> Any:
    """What lies there, or None."""
    for step in steps_of(address):
        if isinstance(step, int):
            answers = answers[step] if isinstance(answers, list) and 0 <= step < len(answers) else None
        else:
            answers = answers.get(step) if isinstance(answers, Mapping) else None
    return answers


def is_there(answers: Any, address: str) -> bool:
    """Whether anything was put there, be it None: then it was asked and left empty."""
    above, _, last = address.rpartition(".")
    holder = lookup(answers, above)
    return lookup(answers, address) is not None if last.isdigit() else isinstance(holder, Mapping) and last in holder


def put(answers: Any, address: str, value: Any) -> Any:
    """The answers with a value at this address; what is missing on the way is made."""
    return _put(answers, steps_of(address), value)


def without(answers: Any, address: str) -> Any:
    """The answers without what lies there; the later occurrences of a group move up."""
    above, _, last = address.rpartition(".")
    holder = lookup(answers, above)
    if isinstance(holder, list) and last.isdigit():
        return put(answers, above, [entry for number, entry in enumerate(holder, 1) if number != int(last)])
    if isinstance(holder, Mapping):
        return put(answers, above, {key: entry for key, entry in holder.items() if key != last})
    return answers


def _put(inside: Any, steps: Steps, value: Any) -> Any:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(step, int):
        entries = list(inside) if isinstance(inside, list) else []
        entries += [{}] * (step + 1 - len(entries))
        entries[step] = _put(entries[step], tuple(rest), value)
        return entries
    members = dict(inside) if isinstance(inside, Mapping) else {}
    members[step] = _put(members.get(step), tuple(rest), value)
    return members
