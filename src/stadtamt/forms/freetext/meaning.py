"""From what a text says to conditions over paths, at one place of a schema."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from stadtamt.forms.conditions.model import (
    And,
    Condition,
    Empty,
    Equal,
    Less,
    Literally,
    Not,
    Or,
    ValidDate,
    Xor,
)
from stadtamt.forms.freetext import messages
from stadtamt.forms.freetext.literals import literal, number
from stadtamt.forms.freetext.places import Places, label
from stadtamt.forms.freetext.spoken import (
    Allowed,
    AnyOfGroup,
    Ask,
    Check,
    Lands,
    Negated,
    Ref,
    Several,
    Test,
    Unclear,
)
from stadtamt.forms.freetext.trial import LAND
from stadtamt.forms.xdatenfelder.model import Field, Group, Path

_NUMBERS = ("num", "num_int", "num_currency")
_SEVERAL = {"and": And, "or": Or, "xor": Xor}
_PARTS = ("tag", "monat", "jahr")


class Meaning:
    """Looks up elements and values as a rule of the group `at` means them."""

    def __init__(self, places: Places, at: Path) -> None:
        self.places = places
        self.at = at
        self._said: dict[Path, list[Literally]] = defaultdict(list)

    def path(self, ref: Ref) -> Path:
        return self.places.resolve(ref, self.at)

    def element(self, ref: Ref) -> Field | Group:
        return self.places.element(self.path(ref))

    def condition(self, ask: Ask) -> Condition:
        """The condition over absolute paths. Raises Unclear."""
        if isinstance(ask, Several):
            return _SEVERAL[ask.kind](tuple(self.condition(part) for part in ask.parts))
        if isinstance(ask, Negated):
            return opposite(self.condition(ask.part))
        if isinstance(ask, Lands):
            return _any(tuple(Equal(LAND, code) for code in ask.codes))
        return self._test(ask)

    def _test(self, test: Test) -> Condition:
        path = self.path(test.ref)
        element, dotted = self.places.element(path), ".".join(path)
        if test.op in ("filled", "empty"):
            return Not(Empty(dotted)) if test.op == "filled" else Empty(dotted)
        if isinstance(element, Group):
            raise Unclear(f"„{label(element.common)}“ ist eine Gruppe und hat keinen Wert, der verglichen werden kann.")
        if test.op in ("checked", "unchecked"):
            if element.type != "bool":
                raise Unclear(f"„{label(element.common)}“ ist keine Frage, auf die mit Ja oder Nein geantwortet wird.")
            return Equal(dotted, test.op == "checked")
        if test.op == "others":
            if not self._said[path]:
                raise Unclear("Es ist nicht gesagt, welche anderen Werte gemeint sind.")
            return Not(_any(tuple(Equal(dotted, value) for value in self._said[path])))
        if test.value is None:
            raise Unclear(f"Zu „{label(element.common)}“ fehlt der Wert.")
        if test.op in ("=", "<>"):
            value = literal(test.value, element)
            if value not in self._said[path]:
                self._said[path].append(value)
            return Equal(dotted, value) if test.op == "=" else Not(Equal(dotted, value))
        return self._ordered(test, path, element)

    def _ordered(self, test: Test, path: Path, element: Field) -> Condition:
        if element.type not in _NUMBERS or self.places.nodes[path].structure.most != 1 or test.value is None:
            raise Unclear(f"Der Vergleich „{test.op}“ ist bei „{label(element.common)}“ nicht sicher zu verstehen.")
        dotted, limit = ".".join(path), number(test.value, element)
        less, same = Less(dotted, limit), Equal(dotted, limit)
        given = Not(Empty(dotted))
        return {
            "<": less,
            "<=": Or((less, same)),
            ">": And((given, Not(less), Not(same))),
            ">=": And((given, Not(less))),
        }[test.op]

    def order(self, first: Ref, second: Ref, equal: bool) -> Condition:
        """The first before the second, where both are given."""
        types = {element.type if isinstance(element, Field) else "" for element in map(self.element, (first, second))}
        if not (types in ({"date"}, {"datetime"}) or types <= set(_NUMBERS)):
            raise Unclear("Es werden Angaben verglichen, die nicht beide Daten oder Zahlen sind.")
        one, other = (".".join(self.path(ref)) for ref in (first, second))
        if one == other:
            raise Unclear("Ein Feld wird mit sich selbst verglichen.")
        return Or((Empty(one), Empty(other), Not(Less(other, one)) if equal else Less(one, other)))

    def allowed(self, step: Allowed) -> tuple[Condition, str]:
        """That only these values are chosen, or none of these; and how it is said to a person."""
        path = self.path(step.ref)
        element, dotted = self.places.element(path), ".".join(path)
        if isinstance(element, Group) or not element.values:
            raise Unclear(f"Von „{label(element.common)}“ ist nicht bekannt, welche Werte zur Auswahl stehen.")
        if self.places.nodes[path].structure.most != 1 and not step.denied:
            raise Unclear(f"„{label(element.common)}“ erlaubt mehrere Antworten zugleich.")
        codes = [str(literal(said, element)) for said in step.values]
        names = [value.name for value in element.values if value.code in codes]
        among = _any(tuple(Equal(dotted, code) for code in codes))
        if step.denied:
            return Not(among), messages.not_allowed(element, names)
        return Or((Empty(dotted), among)), messages.only_allowed(element, names)

    def any_of_group(self, step: AnyOfGroup) -> Check:
        """Spelled out for the fields directly in the group of the rule, all of them questions of yes or no."""
        asked = []
        for path in self.places.children(self.at):
            element = self.places.element(path)
            if isinstance(element, Field) and element.kind == "label":
                continue
            if isinstance(element, Group) or element.type != "bool" or self.places.nodes[path].structure.most != 1:
                raise Unclear("Es ist nicht sicher, welche Felder der Gruppe gemeint sind.")
            asked.append(Test(Ref(path), "=", step.value))
        if len(asked) < 2:
            raise Unclear("Es ist nicht sicher, welche Felder der Gruppe gemeint sind.")
        return Check(Several("or", tuple(asked)))

    def calendar(self, refs: tuple[Ref, ...]) -> Condition:
        """Three fields for day, month and year, told apart by their names."""
        found: dict[str, str] = {}
        for ref in refs:
            names = f"{self.element(ref).common.name} {label(self.element(ref).common)}".casefold()
            part = next((part for part in _PARTS if names.startswith(part)), "")
            found[part] = ".".join(self.path(ref))
        if set(found) != set(_PARTS):
            raise Unclear("Es ist nicht sicher, welches Feld Tag, Monat und Jahr ist.")
        return ValidDate(*(found[part] for part in _PARTS))

    def domains(self, values: dict[str, set[Any]]) -> dict[str, list[Any]]:
        """By path the answers that matter, where a condition compares with these values; None: no answer."""
        return {dotted: [None, *self._domain(dotted, said)] for dotted, said in values.items()}

    def _domain(self, dotted: str, said: set[Any]) -> list[Any]:
        if dotted == LAND:
            return [*sorted(said), "another"]
        path = tuple(dotted.split("."))
        node = self.places.nodes[path]
        if isinstance(node.element, Group):
            return ["something"]
        chosen: list[Any] = sorted(said, key=str)
        if node.element.type == "bool" and not node.element.values:
            return [True, False]
        others: list[Any]
        if node.element.values:
            others = [value.code for value in node.element.values if value.code not in said]
        else:
            others = ["another"] if node.element.type not in _NUMBERS else [-99_999]
        several = [[*chosen, *others[:1]]] if node.structure.most != 1 and len(chosen) + len(others) > 1 else []
        return [*chosen, *others[:1], *several]


def opposite(condition: Condition) -> Condition:
    return condition.part if isinstance(condition, Not) else Not(condition)


def _any(several: tuple[Condition, ...]) -> Condition:
    return several[0] if len(several) == 1 else Or(several)
