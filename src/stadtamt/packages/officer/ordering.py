"""Pages and sections of a form moved up and down, kept as the fewest deviations that give the order. Pure but the deed.

Nothing can be put first by a deviation, only behind something: so what stands first stays, and the others move.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal

from stadtamt.forms.schema.paths import parent
from stadtamt.kernel import audit
from stadtamt.packages.errors import PackageProblem
from stadtamt.packages.format.addresses import form_data
from stadtamt.packages.format.form_tree import entries, group_path, page_key
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.models import Installation
from stadtamt.packages.officer.deviating import name_for
from stadtamt.packages.overrides import apply
from stadtamt.packages.overrides.placing import add, in_order, order
from stadtamt.packages.updating import revise

Kind = Literal["question", "group"]
_NO_FURTHER = "Weiter lässt sich das nicht verschieben."


@dataclass(frozen=True, slots=True)
class Row:
    """What stands beside each other and may change places: pages of a section, or sections of a group, by key.

    `fixed`: those that stay, but may be passed.
    """

    kind: Kind
    keys: tuple[str, ...]
    fixed: frozenset[str] = frozenset()


def move(*, installation: Installation, kind: Kind, key: str, up: bool, actor: audit.Actor) -> Installation:
    """One page or section a place further, in force at once. Raises PackageProblem; then nothing changes."""
    author = read_package(installation.package.files)

    def revised(layer: Layer) -> Layer:
        return moved(author, layer, kind, key, up=up)

    return revise(key=installation.key, revised=revised, actor=actor)


def moved(author: Package, layer: Layer, kind: Kind, key: str, *, up: bool) -> Layer:
    """The layer after one page or section went a place further among those that are shown.

    All moves of a row are written anew, so that going up and down again leaves nothing behind. Raises PackageProblem.
    """
    placed = _placed(author, layer.overrides)
    row = _row(placed, kind, key)
    shown = frozenset(_row(form_data(apply(author, layer.overrides).form), kind, key).keys)
    wanted = _stepped(row, key, shown, up=up)
    others = tuple(one for one in layer.overrides if not _moves(one, row))
    base = _row(_placed(author, others), kind, key)
    steps = steps_to(base, wanted)
    if steps is None:
        raise PackageProblem("Abweichungen", _NO_FURTHER)
    written = tuple(
        Override(name_for("reihenfolge", one), "order", {kind: one, "after": behind}) for one, behind in steps
    )
    return replace(layer, overrides=(*others, *_named_freely(written, {one.id for one in others})))


def ways(form: Any) -> dict[tuple[Kind, str], tuple[bool, bool]]:
    """For each page and section of a form, as data, whether it may go up and down."""
    rows = [_row(form, "group", str(one.get("id"))) for one in entries(form, "groups")]
    rows += [_pages(one) for one in entries(form, "groups")]
    found: dict[tuple[Kind, str], tuple[bool, bool]] = {}
    for row in dict.fromkeys(rows):
        for place, key in enumerate(row.keys):
            if key not in row.fixed:
                found[row.kind, key] = (_may(row, place, place - 1), _may(row, place, place + 1))
    return found


def steps_to(base: Row, wanted: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """The fewest moves "this one behind that one" from one order to another; None where something fixed would move."""
    staying = _longest_rising([wanted.index(key) for key in base.keys], {wanted.index(one) for one in base.fixed} | {0})
    if staying is None:
        return None
    return [(key, wanted[place - 1]) for place, key in enumerate(wanted) if place not in staying]


def _longest_rising(places: list[int], must: set[int]) -> set[int] | None:
    """The longest rising part of a list that has all of these in it; None where they do not rise."""
    best: list[tuple[int, list[int]]] = []
    for number, place in enumerate(places):
        weight = len(places) + 1 if place in must else 1
        before = max((best[i] for i in range(number) if places[i] < place), default=(0, []), key=lambda one: one[0])
        best.append((before[0] + weight, [*before[1], place]))
    found = set(max(best, key=lambda one: one[0])[1]) if best else set()
    return found if must <= found or not places else None


def _stepped(row: Row, key: str, shown: frozenset[str], *, up: bool) -> tuple[str, ...]:
    """The row after one of it passed the next one that is shown."""
    seen = [one for one in row.keys if one in shown]
    place = seen.index(key) + (-1 if up else 1) if key in seen and key not in row.fixed else -1
    if not 0 <= place < len(seen):
        raise PackageProblem("Abweichungen", _NO_FURTHER)
    left = [one for one in row.keys if one != key]
    left.insert(left.index(seen[place]) + (0 if up else 1), key)
    return tuple(left)


def _may(row: Row, place: int, other: int) -> bool:
    """Whether two may change places: nothing may come before what is fixed and first."""
    if not 0 <= other < len(row.keys):
        return False
    return not (min(place, other) == 0 and row.keys[0] in row.fixed)


def _placed(author: Package, overrides: Iterable[Override]) -> Any:
    """The author's form with what is added and moved, and nothing left out."""
    form = form_data(author.form)
    for one in in_order(one for one in overrides if one.kind in {"add", "order"}):
        (add if one.kind == "add" else order)(form, one, author.form)
    return form


def _row(form: Any, kind: Kind, key: str) -> Row:
    if kind == "question":
        pages = next((one for one in map(_pages, entries(form, "groups")) if key in one.keys), None)
        if pages is None:
            raise PackageProblem("Abweichungen", f"Die Seite „{key[:60]}“ gibt es nicht.")
        return pages
    groups = entries(form, "groups")
    own = next((one for one in groups if one.get("id") == key), None)
    if own is None:
        raise PackageProblem("Abweichungen", f"Den Abschnitt „{key[:60]}“ gibt es nicht.")
    above, keys, fixed = parent(group_path(own)), [], set()
    seen: set[str] = set()
    for one in groups:
        path, name = group_path(one), str(one.get("id"))
        if parent(path) != above or (path and path in seen):
            continue
        if not path:
            if above:
                continue
            fixed.add(name)
        seen.add(path)
        keys.append(name)
    return Row("group", tuple(keys), frozenset(fixed))


def _pages(group: Any) -> Row:
    return Row("question", tuple(page_key(group, one) for one in entries(group, "questions")))


def _moves(one: Override, row: Row) -> bool:
    return one.kind == "order" and one.data.get(row.kind) in row.keys


def _named_freely(overrides: Iterable[Override], taken: set[str]) -> Iterable[Override]:
    for one in overrides:
        names = (one.id, *(f"{one.id[:56]}-{number}" for number in range(2, len(taken) + 3)))
        free = next(name for name in names if name not in taken)
        taken.add(free)
        yield replace(one, id=free)
