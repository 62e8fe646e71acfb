"""The parts of a form. All are frozen; texts and conditions are compiled when the form is read.

Groups stand in the order in which they are asked, each with the path of its answers: a group ``kinder.anschrift`` lies
in the group ``kinder``. A field of a repeated group is asked once an occurrence, see `situation`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Protocol

from stadtamt.forms.codelists import CodeList
from stadtamt.forms.conditions import Reading
from stadtamt.forms.schema.paths import join, parent, within
from stadtamt.kernel.expressions import Text

TYPES = frozenset(
    {
        *("text", "text_latin", "date", "time", "datetime", "bool", "num", "num_int", "num_currency", "file"),
        *("select", "label", "hidden", "locked"),
    }
)
"""The types of XDatenfelder; select, label, hidden and locked are its kinds of field."""
NUMBERS = frozenset({"num", "num_int", "num_currency"})
UNASKED = frozenset({"label", "hidden", "locked"})
"""What is shown or carried, but not asked."""


class Condition(Protocol):
    """What may decide whether something is asked: an expression of the house, or a condition of a rule."""

    @property
    def source(self) -> str: ...
    @property
    def names(self) -> frozenset[str]: ...
    @property
    def paths(self) -> frozenset[tuple[str, ...]]: ...
    def evaluate(self, scope: Mapping[str, Any], /) -> Any: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: the stored value and the words for it."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """The legal basis of an element, and where it can be read."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. Its path is ``group.field``, the key of its answer.

    `least` and `most` (None: any number) say how often; `rules` may require it (`requires`) or take it away (`forbids`)
    besides. A field bound to an occurrence of a repeated group has that `address`.
    """

    id: str
    group: str
    type: str
    label: Text
    least: int = 1
    most: int | None = 1
    format: str = ""  # email, postcode
    hint: Text | None = None
    purpose: str = ""
    basis: tuple[Basis, ...] = ()
    output: str = ""  # label where the answer is shown again, if another one
    when: Condition | None = None
    requires: tuple[Condition, ...] = ()
    forbids: tuple[Condition, ...] = ()
    min_length: int = 0
    max_length: int = 200
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str = ""
    choices: tuple[Choice, ...] = ()
    choices_from: Condition | None = None
    code_list: str = ""
    content: str = ""  # of label, hidden and locked; of any other type: not asked, always this value
    autocomplete: str = ""
    accept: tuple[str, ...] = ()
    max_bytes: int = 0
    bound: str = ""
    opens: tuple[str, ...] = ()  # addresses of optional groups that this question lets in; see `situation`

    @property
    def path(self) -> str:
        return join(self.group, self.id)

    @property
    def address(self) -> str:
        return self.bound or self.path

    @property
    def required(self) -> bool:
        return self.least > 0

    @property
    def several(self) -> bool:
        return self.most != 1

    @property
    def asked(self) -> bool:
        """Whether a person answers it; else it carries a fixed content, or only words."""
        return self.type not in UNASKED and not self.content


@dataclass(frozen=True, slots=True)
class Check:
    """A test over several answers. `refuse`: it cannot be so; otherwise it is asked back and may be confirmed.

    `field` is the path, once bound the address, of the field at which the message stands.
    """

    id: str
    refuse: bool
    condition: Condition
    field: str
    message: Text
    place: str = ""  # the occurrence in which it is looked at


@dataclass(frozen=True, slots=True)
class Question:
    """One page: a heading that is the question, its fields and checks.

    kind ``ask``, or made by the form itself: ``open`` asks which optional groups are wanted, ``more`` whether a
    repeated group is wanted once more. `place` is the address of the group whose answers these are.
    """

    id: str
    group: str
    title: Text
    fields: tuple[Field, ...]
    help: Text | None = None
    when: Condition | None = None
    checks: tuple[Check, ...] = ()
    kind: str = "ask"
    place: str = ""

    @property
    def key(self) -> str:
        """The question's place in an address: ``halter-name``, of a second child ``kind-name-2``."""
        numbers = [step for step in self.place.split(".") if step.isdigit()]
        return "-".join((self.group, self.id, *numbers))


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together; a section of the page "check your answers".

    `path` says where its answers lie; a later group of the same path goes on with an earlier one. `exclusive`: one
    of the groups in it, not several.
    """

    id: str
    title: Text
    short: Text
    questions: tuple[Question, ...]
    path: str = ""
    when: Condition | None = None
    least: int = 1
    most: int | None = 1
    help: Text | None = None
    basis: tuple[Basis, ...] = ()
    requires: tuple[Condition, ...] = ()
    forbids: tuple[Condition, ...] = ()
    exclusive: bool = False
    continues: bool = False

    @property
    def repeated(self) -> bool:
        return self.most != 1


@dataclass(frozen=True, slots=True)
class Origin:
    """The data schema of FIM that a form was made from."""

    id: str
    version: str
    name: str = ""


@dataclass(frozen=True)
class Schema:
    """A whole form in one version. `checks` are those of its rules: they stand where their answers are asked last."""

    key: str
    version: str
    groups: tuple[Group, ...]
    rules: tuple[Reading, ...] = ()
    checks: tuple[Check, ...] = ()
    code_lists: tuple[CodeList, ...] = ()
    origin: Origin | None = None

    def questions(self) -> Iterator[Question]:
        for group in self.groups:
            yield from group.questions

    @cached_property
    def fields(self) -> dict[str, Field]:
        """All fields by path."""
        return {field.path: field for question in self.questions() for field in question.fields}

    @cached_property
    def group_at(self) -> dict[str, Group]:
        """The groups by path: of several that go on with one another, the first."""
        return {group.path: group for group in reversed(self.groups)}

    @cached_property
    def members(self) -> dict[str, list[Field | Group]]:
        """What lies directly in each group, by its path, in the order of the form."""
        found: dict[str, list[Field | Group]] = {}
        for group in self.groups:
            if group.path and not group.continues:
                found.setdefault(parent(group.path), []).append(group)
            for question in group.questions:
                for entry in question.fields:
                    found.setdefault(entry.group, []).append(entry)
        return found

    @cached_property
    def checks_by_path(self) -> dict[str, list[Check]]:
        """For each field and group the checks of the rules that look at it, at what it lies in, or at what is in it."""
        found: dict[str, list[Check]] = {}
        for check in self.checks:
            looked = [".".join(path) for path in check.condition.paths]
            for path in (*self.fields, *self.group_at):
                if any(within(path, one) or within(one, path) for one in looked):
                    found.setdefault(path, []).append(check)
        return found

    @cached_property
    def lists(self) -> dict[str, CodeList]:
        """The code lists that the form carries, by uri."""
        return {one.uri: one for one in self.code_lists}
