"""A form as its author sees it: a tree of sections, pages and fields, each in words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from stadtamt.forms.conditions import Reading
from stadtamt.forms.schema import Field, Question, Schema
from stadtamt.forms.schema.branches import Branch, tree_of
from stadtamt.forms.schema.model import Basis, Group
from stadtamt.forms.schema.paths import within
from stadtamt.forms.schema.telling import (
    Saying,
    SchemaNames,
    conditions_of,
    effects_of,
    how_often,
    spoken,
    type_in_words,
)
from stadtamt.packages.officer.ordering import Kind

Shown = Literal["", "unklar", "bedingt"]
"""Everything, only what unclear rules speak of, or only what depends on something."""
_ID = re.compile(r"[FG]\d{6,}")


@dataclass(frozen=True, slots=True)
class Leaf:
    """One field. `rules` are names of unclear rules that speak of it; `words` is the beginning of its addresses."""

    path: str
    label: str
    type: str
    often: str
    required: bool
    help: str
    output: str
    basis: tuple[Basis, ...]
    code_list: str
    conditions: tuple[Saying, ...]
    rules: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a section."""

    key: str
    title: str
    help: str
    conditions: tuple[Saying, ...]
    checks: int
    leaves: tuple[Leaf, ...]
    up: bool
    down: bool
    words: str


@dataclass(frozen=True, slots=True)
class Twig:
    """A section with what is in it, in order."""

    id: str
    path: str
    title: str
    often: str
    help: str
    basis: tuple[Basis, ...]
    conditions: tuple[Saying, ...]
    exclusive: bool
    rules: tuple[str, ...]
    parts: tuple[Sheet | Twig, ...]
    up: bool
    down: bool
    words: str

    @property
    def sheets(self) -> int:
        return sum(one.sheets if isinstance(one, Twig) else 1 for one in self.parts)

    @property
    def leaves(self) -> int:
        return sum(one.leaves if isinstance(one, Twig) else len(one.leaves) for one in self.parts)


class Outline:
    """A form in words. `ways` says what may go up and down, see `ordering.ways`."""

    def __init__(self, schema: Schema, ways: dict[tuple[Kind, str], tuple[bool, bool]]) -> None:
        self.schema, self.ways = schema, ways
        self.names = SchemaNames(schema)

    def parts(self, shown: Shown = "") -> tuple[Sheet | Twig, ...]:
        """The tree, or as much of it as has something to show."""
        return self._parts(tree_of(self.schema), shown)

    def rules_at(self, path: str) -> tuple[str, ...]:
        """The names of the unclear rules that speak of an element."""
        return tuple(
            dict.fromkeys(rule.id for rule in self.unclear if path in self._spoken_of.get((rule.id, rule.at), ()))
        )

    @cached_property
    def unclear(self) -> tuple[Reading, ...]:
        return tuple(rule for rule in self.schema.rules if rule.status == "unclear")

    def in_force(self) -> list[tuple[Reading, tuple[str, ...]]]:
        """The rules that are understood, each with what follows."""
        return [(rule, effects_of(rule, self.names)) for rule in self.schema.rules if rule.status != "unclear"]

    def _parts(self, branch: Branch, shown: Shown) -> tuple[Sheet | Twig, ...]:
        found: list[Sheet | Twig] = []
        for part in branch.parts:
            if isinstance(part, Group):
                found += [one for page in part.questions if (one := self._sheet(page, shown)).leaves]
            elif (twig := self._twig(part, shown)) is not None:
                found.append(twig)
        return tuple(found)

    def _twig(self, branch: Branch, shown: Shown) -> Twig | None:
        group = branch.group
        assert group is not None  # noqa: S101  # only the root has none
        parts, rules = self._parts(branch, shown), self.rules_at(group.path)
        said = conditions_of(group, self.names)
        if shown and not parts and not (rules if shown == "unklar" else said):
            return None
        up, down = self._ways("group", group.id, shown)
        return Twig(
            id=group.id,
            path=group.path,
            title=spoken(group.title),
            often=how_often(group.least, group.most),
            help=spoken(group.help),
            basis=group.basis,
            conditions=said,
            exclusive=group.exclusive,
            rules=rules,
            parts=parts,
            up=up,
            down=down,
            words=f"form.{group.id}",
        )

    def _sheet(self, page: Question, shown: Shown) -> Sheet:
        said = conditions_of(page, self.names)
        leaves = [self._leaf(page, entry) for entry in page.fields]
        if shown == "unklar":
            leaves = [leaf for leaf in leaves if leaf.rules]
        elif shown == "bedingt" and not said:
            leaves = [leaf for leaf in leaves if leaf.conditions]
        up, down = self._ways("question", _key(page), shown)
        return Sheet(
            key=_key(page),
            title=spoken(page.title),
            help=spoken(page.help),
            conditions=said,
            checks=len(page.checks),
            leaves=tuple(leaves),
            up=up,
            down=down,
            words=f"form.{page.group}.{page.id}",
        )

    def _leaf(self, page: Question, entry: Field) -> Leaf:
        return Leaf(
            path=entry.path,
            label=spoken(entry.label),
            type=type_in_words(entry),
            often=how_often(entry.least, entry.most) if entry.asked and entry.several else "",
            required=entry.required,
            help=spoken(entry.hint),
            output=entry.output,
            basis=entry.basis,
            code_list=self._code_list(entry),
            conditions=conditions_of(entry, self.names),
            rules=self.rules_at(entry.path),
            words=f"form.{page.group}.{entry.id}",
        )

    def _code_list(self, entry: Field) -> str:
        listed = self.schema.lists.get(entry.code_list)
        if listed is None:
            return ""
        many = "1 Eintrag" if len(listed.entries) == 1 else f"{len(listed.entries)} Einträge"
        return f"{listed.name or listed.uri}, Fassung {listed.version or 'ohne Angabe'}, {many}"

    def _ways(self, kind: Kind, key: str, shown: Shown) -> tuple[bool, bool]:
        """Nothing is moved where only a part of the form is seen."""
        return (False, False) if shown else self.ways.get((kind, key), (False, False))

    @cached_property
    def _spoken_of(self) -> dict[tuple[str, str], frozenset[str]]:
        """For each unclear rule the elements that its text names, and the one at which it stands."""
        found = {}
        for rule in self.unclear:
            ids = set(_ID.findall(rule.text))
            near = {path for path in self._by_id(ids) if within(path, rule.at)} or set(self._by_id(ids))
            found[rule.id, rule.at] = frozenset(near | ({rule.at} if rule.at else set()))
        return found

    def _by_id(self, ids: set[str]) -> Iterator[str]:
        for path in (*self.schema.group_at, *self.schema.fields):
            if path.rpartition(".")[2] in ids:
                yield path


def _key(page: Question) -> str:
    return f"{page.group}-{page.id}"


def figures(parts: tuple[Sheet | Twig, ...]) -> tuple[int, int]:
    """Pages and fields in a tree."""
    sheets = sum(one.sheets if isinstance(one, Twig) else 1 for one in parts)
    return sheets, sum(one.leaves if isinstance(one, Twig) else len(one.leaves) for one in parts)
