"""A town's deviations in sentences, with the labels of the form instead of paths."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from stadtamt.forms.schema import Schema
from stadtamt.forms.schema.telling import SchemaNames, spoken
from stadtamt.packages.format.layer import Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.officer.settling import sentences
from stadtamt.packages.overrides.needs import read_form


class Sentences:
    """Says the deviations from one author's package."""

    def __init__(self, author: Package) -> None:
        self.author = author

    def of(self, one: Override) -> str:
        """What deviates, in a sentence."""
        words: dict[str, Callable[[Any], str]] = {
            "hide": lambda data: f"Nicht gefragt: {self._element(data)}",
            "add": lambda data: f"Zusätzliche Frage: {data['question'].get('title')}",
            "order": lambda data: f"Andere Stelle: {self._element(data)} steht hinter {self._place(data['after'])}.",
            "rule": lambda data: f"Regel {data['rule']}: {' '.join(sentences(self._schema, one))}",
            "field": self._field,
            "text": lambda data: f"Eigener Text an „{data.get('address')}“: {data.get('text')}",
            "letterhead": lambda data: f"Eigener Briefkopf: {_joined(data)}",
            "unit": lambda data: f"Zuständige Stelle: {_joined(data)}",
            "four-eyes": lambda _: "Vier Augen: Vor jeder Entscheidung bereitet eine andere Person sie vor.",
        }
        return words[one.kind](one.data)

    def _element(self, data: Any) -> str:
        if "field" in data:
            return self._names.label(str(data["field"]))
        return self._place(str(data.get("question") or data.get("group")))

    def _place(self, key: str) -> str:
        """A page or a section, by its key."""
        page = next((one for one in self._schema.questions() if one.key == key), None)
        group = next((one for one in self._schema.groups if one.id == key), None)
        text = page.title if page else group.title if group else None
        return f"„{spoken(text) or key}“"

    def _field(self, data: Any) -> str:
        said = [f"wozu gefragt wird: „{data['purpose']}“"] if "purpose" in data else []
        said += [f"{word} {data[key]}" for key, word in (("autocomplete", "vom Browser als"), ("format", "als"))
                 if key in data]  # fmt: skip
        return f"Zum Feld {self._names.label(str(data['field']))}: {', '.join(said)}"

    @cached_property
    def _schema(self) -> Schema:
        return read_form(self.author.form)

    @cached_property
    def _names(self) -> SchemaNames:
        return SchemaNames(self._schema)


def _joined(data: Any) -> str:
    return ", ".join(", ".join(value) if isinstance(value, list) else str(value) for value in data.values())
