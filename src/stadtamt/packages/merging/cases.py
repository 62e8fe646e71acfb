"""A town's own golden cases, under the author's next version."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from typing import Any

from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import form_data
from stadtamt.packages.format.form_tree import group_path
from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import misfit, plain
from stadtamt.packages.merging.form_parts import parts_of_form
from stadtamt.packages.merging.parameters import by_key, heirs_of
from stadtamt.packages.merging.result import MINE, THEIRS, VALUE, Conflict, Desk
from stadtamt.packages.overrides import apply
from stadtamt.processes.engine import ProcessRefused, read_process

type Case = Mapping[str, Any]
type Place = tuple[str, ...]
"""Where in a case something stands: ("answers", "hund", "chip"); of a repeated group without its number."""


def merge_cases(old: Package, merged: Package, layer: Layer, desk: Desk) -> tuple[Case, ...]:
    """The town's cases; those that name what is no longer there are asked about. `merged` has the town's deviations."""
    if not layer.cases:
        return ()
    merging = _Cases(_as_it_was(old, layer), merged)
    cases: list[Case] = []
    for number, case in enumerate(layer.cases):
        name = str(case.get("name", number + 1))
        twin = sum(str(other.get("name", n + 1)) == name for n, other in enumerate(layer.cases[:number]))
        settled = merging.settled(case, name + (f" ({twin + 1})" if twin else ""), desk)
        if settled is not None:
            cases.append(settled)
    return tuple(cases)


def _as_it_was(old: Package, layer: Layer) -> Package:
    try:
        return apply(old, layer.overrides)
    except PackageProblem:
        return old


class _Cases:
    def __init__(self, old: Package, new: Package) -> None:
        self.old, self.new = _known(old), _known(new)
        self.groups = _groups(old) | _groups(new)
        self.old_parameters, self.parameters = by_key(old), by_key(new)
        self.heirs = heirs_of(self.parameters)

    def settled(self, case: Case, name: str, desk: Desk) -> Case | None:
        moved = self.moved(case)
        missing = list(self.missing(moved))
        if not missing:
            desk.keep("case", name, plain(moved), f"Ihr Fall „{name}“ bleibt.")
            return moved
        told = ", ".join(f"„{'.'.join(place[1:])}“" for place in missing)
        conflict = Conflict(
            id=f"case:{name}:gone",
            kind="case-gone",
            place=name,
            town=plain(case),
            before=[".".join(place) for place in missing],
            after=None,
            sentence=f"Ihr Fall „{name}“ nennt, was es so nicht mehr gibt: {told}.",
            answers=(MINE, THEIRS, VALUE),
        )
        answer = desk.ask(conflict, self.fault)
        if answer is None or answer.word == THEIRS:
            return None
        return answer.value if answer.word == VALUE else _without(moved, missing)

    def fault(self, value: Any) -> str:
        """What is wrong with a case given instead."""
        if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
            return "Erwartet wird ein Fall mit „name“."
        missing = next(self.missing(value), None)
        return f"„{'.'.join(missing[1:])}“ gibt es nicht." if missing else ""

    def moved(self, case: Case) -> Case:
        """The case with renamed parameters under their new names."""
        given = case.get("parameters")
        if not isinstance(given, Mapping) or not any(key in self.heirs for key in given):
            return case
        return {**case, "parameters": {self.heirs.get(key, key): value for key, value in given.items()}}

    def missing(self, case: Case) -> Iterator[Place]:
        """What the case names and what was there, but is not there any more."""
        for place in _named(case, self.groups):
            if place[0] == "parameters":
                former, now = self.old_parameters.get(place[1]), self.parameters.get(place[1])
                value = plain(case["parameters"][place[1]])
                gone = now is None and former is not None
                unfit = now is not None and misfit(now, value) and (former is None or not misfit(former, value))
                if gone or unfit:
                    yield place
            elif place in self.old and place not in self.new:
                yield place


def _named(case: Case, groups: Set[Place]) -> Iterator[Place]:
    answers = case.get("answers")
    if isinstance(answers, Mapping):
        given = {key: value for key, value in answers.items() if not str(key).startswith("_")}
        yield from dict.fromkeys(("answers", *place) for place in _answered(given, groups))
    parameters = case.get("parameters")
    if isinstance(parameters, Mapping):
        yield from (("parameters", str(key)) for key in parameters)
    letter, process = case.get("letter"), case.get("process")
    if isinstance(letter, Mapping) and isinstance(letter.get("id"), str):
        yield "letter", letter["id"]
    tasks = process.get("tasks") if isinstance(process, Mapping) else None
    if isinstance(tasks, list):
        yield from (("process", str(task)) for task in dict.fromkeys(tasks))


def _answered(given: Any, groups: Set[Place], above: Place = ()) -> Iterator[Place]:
    """The places of all answers; only groups are looked into, and one that is not wanted (null) is one itself."""
    for key, value in given.items() if isinstance(given, Mapping) else ():
        place = (*above, str(key))
        inside = value if isinstance(value, list) else [value]
        if place not in groups or not any(isinstance(one, Mapping) for one in inside):
            yield place
        else:
            for one in inside:
                yield from _answered(one, groups, place)


def _known(package: Package) -> set[Place]:
    fields = parts_of_form(form_data(package.form)).fields
    known: set[Place] = {("answers", *path) for path in {*_groups(package), *(tuple(one.split(".")) for one in fields)}}
    known |= {("letter", letter.id) for letter in package.letters}
    with suppress(ProcessRefused):  # a process that cannot be read has no steps; the check says so
        known |= {("process", step.id) for step in read_process(package.process.encode()).steps}
    return known


def _groups(package: Package) -> set[Place]:
    groups = parts_of_form(form_data(package.form)).groups
    return {tuple(path.split(".")) for group in groups.values() if (path := group_path(group))}


def _without(case: Case, missing: list[Place]) -> Case:
    """The case without what is no longer there: an answer, a deviation, or the whole part about letter or process."""
    left: dict[str, Any] = copy.deepcopy(dict(case))
    for place in missing:
        if place[0] == "answers":
            _forget(left["answers"], place[1:])
        elif place[0] == "parameters":
            del left["parameters"][place[1]]
        else:
            left.pop(place[0], None)
    return left


def _forget(inside: Any, place: Place) -> None:
    """Take an answer out, in every occurrence; groups that are empty then go too."""
    for one in inside if isinstance(inside, list) else [inside]:
        if not isinstance(one, dict) or place[0] not in one:
            continue
        if len(place) > 1:
            _forget(one[place[0]], place[1:])
        if len(place) == 1 or one[place[0]] in ({}, []) or (isinstance(one[place[0]], list) and not any(one[place[0]])):
            del one[place[0]]
