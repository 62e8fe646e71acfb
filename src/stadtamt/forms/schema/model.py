"""The parts of a form. All are frozen; texts and conditions are compiled when the form is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from stadtamt.kernel.expressions import Expression, Text

FIELD_TYPES = frozenset(
    {"text", "name", "date", "integer", "boolean", "choice", "choices", "email", "postcode", "file"}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose: the stored value and the words for it."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing asked. Its path is ``group.field``, the key of its answer."""

    id: str
    group: str
    type: str
    label: Text
    required: bool = True
    hint: Text | None = None
    purpose: str = ""
    when: Expression | None = None
    max_length: int = 200
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[Choice, ...] = ()
    choices_from: Expression | None = None
    autocomplete: str = ""
    accept: tuple[str, ...] = ()
    max_bytes: int = 0

    @property
    def path(self) -> str:
        return f"{self.group}.{self.id}"


@dataclass(frozen=True, slots=True)
class Check:
    """A test over several answers. `refuse`: it cannot be so; otherwise it is asked back and may be confirmed."""

    id: str
    refuse: bool
    condition: Expression
    field: str
    message: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One page: a heading that is the question, its fields and checks."""

    id: str
    group: str
    title: Text
    fields: tuple[Field, ...]
    help: Text | None = None
    when: Expression | None = None
    checks: tuple[Check, ...] = ()

    @property
    def key(self) -> str:
        """The question's place in an address: ``halter-name``."""
        return f"{self.group}-{self.id}"


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together; a section of the page "check your answers"."""

    id: str
    title: Text
    short: Text
    questions: tuple[Question, ...]
    when: Expression | None = None


@dataclass(frozen=True)
class Schema:
    """A whole form in one version."""

    key: str
    version: str
    groups: tuple[Group, ...]

    def questions(self) -> Iterator[Question]:
        for group in self.groups:
            yield from group.questions

    @cached_property
    def fields(self) -> dict[str, Field]:
        """All fields by path."""
        return {field.path: field for question in self.questions() for field in question.fields}
