"""The groups of a form as a tree: what lies in what, in the order in which it is asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from stadtamt.forms.conditions.model import Empty, Not, Xor
from stadtamt.forms.schema.model import Group, Schema
from stadtamt.forms.schema.paths import parent


@dataclass(slots=True)
class Branch:
    """A group with everything in it: its own pages (as groups) and the branches of the groups in it."""

    group: Group | None
    parts: list[Group | Branch] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.group.path if self.group else ""


def tree_of(schema: Schema) -> Branch:
    """The whole form; its root has no group."""
    return _tree(schema.groups)


@lru_cache(maxsize=128)
def _tree(groups: tuple[Group, ...]) -> Branch:
    root = Branch(None)
    known: dict[str, Branch] = {"": root}
    for group in groups:
        if group.path not in known:
            known[group.path] = Branch(group)
            known[parent(group.path)].parts.append(known[group.path])
        known[group.path].parts.append(group)
    return root


def alternatives(schema: Schema) -> frozenset[frozenset[str]]:
    """Sets of groups of which exactly one is to be given, as the rules say it."""
    return _alternatives(schema.rules)


@lru_cache(maxsize=128)
def _alternatives(rules: tuple[object, ...]) -> frozenset[frozenset[str]]:
    found = set()
    for rule in rules:
        for effect in getattr(rule, "effects", ()):
            if effect.kind == "valid" and isinstance(effect.condition, Xor):
                parts = [part.part for part in effect.condition.several if isinstance(part, Not)]
                paths = [part.path for part in parts if isinstance(part, Empty)]
                if len(paths) == len(effect.condition.several):
                    found.add(frozenset(paths))
    return frozenset(found)
