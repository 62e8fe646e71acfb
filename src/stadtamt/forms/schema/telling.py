"""The elements of a form in German words for its author: what they are, how often, and when they are asked. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from stadtamt.forms.conditions import Condition as RuleCondition
from stadtamt.forms.conditions import Reading, wording
from stadtamt.forms.conditions.model import Literally
from stadtamt.forms.schema.model import Condition, Field, Group, Question, Schema
from stadtamt.forms.schema.paths import parent
from stadtamt.kernel.expressions import Text

LAND = "town.land"
_OPTIONAL = " (freiwillig)"
_TYPES = {
    "text": "Text",
    "text_latin": "Name oder Text mit allen Buchstaben",
    "date": "Datum",
    "time": "Uhrzeit",
    "datetime": "Datum mit Uhrzeit",
    "bool": "Ja oder Nein",
    "num": "Zahl",
    "num_int": "ganze Zahl",
    "num_currency": "Geldbetrag",
    "file": "Datei",
    "label": "Hinweis, wird nur gezeigt",
    "hidden": "unsichtbarer fester Wert",
    "locked": "fester Wert, wird nur gezeigt",
}
_FORMATS = {"email": "E-Mail-Adresse", "postcode": "Postleitzahl", "name": "Name"}
_NUMBERS = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


@dataclass(frozen=True, slots=True)
class Saying:
    """One condition in words; `code` is an expression of the house that is shown as it is written."""

    words: str
    code: str = ""


class SchemaNames:
    """What paths and values are called in this form: by their labels, with the group where a label occurs twice.

    `beside`: a path of the form; what lies in the same group is meant without the group's name.
    """

    def __init__(self, schema: Schema, beside: str | None = None) -> None:
        self.schema = schema
        self.beside = beside

    def at(self, path: str) -> SchemaNames:
        """The same names, as they are said of the element there."""
        names = SchemaNames(self.schema, path)
        names.__dict__ |= {"_labels": self._labels, "_times": self._times}
        return names

    def label(self, path: str) -> str:
        if path == LAND:
            return "„Bundesland der Gemeinde“"
        own = self._labels.get(path)
        if own is None:
            return f"„{path}“"
        above, near = parent(path), self.beside is not None and parent(self.beside)
        if near == above or self._times[own] < 2 or above not in self._labels:
            return f"„{own}“"
        return f"„{own}“ (in „{_clipped(self._labels[above])}“)"

    def value(self, path: str, value: Literally) -> str:
        entry = self.schema.fields.get(path)
        if entry is None or isinstance(value, bool):
            return ""
        found = next((choice.label for choice in entry.choices if choice.value == str(value)), "")
        if not found and entry.code_list in self.schema.lists:
            listed = self.schema.lists[entry.code_list].entries
            found = next((one.name for one in listed if one.code == str(value)), "")
        return f"„{found}“" if found else ""

    def is_moment(self, path: str) -> bool:
        entry = self.schema.fields.get(path)
        return entry is not None and entry.type in {"date", "time", "datetime"}

    @cached_property
    def _labels(self) -> dict[str, str]:
        fields = {path: spoken(entry.label) for path, entry in self.schema.fields.items()}
        return {**fields, **{path: spoken(group.title) for path, group in self.schema.group_at.items() if path}}

    @cached_property
    def _times(self) -> Counter[str]:
        return Counter(self._labels.values())


def spoken(text: Text | None) -> str:
    """A text of the form as its author wrote it, on one line."""
    if text is None:
        return ""
    source = text.source if text.places else text.source.replace("{{", "{").replace("}}", "}")
    return " ".join(source.split()).removesuffix(_OPTIONAL)


def how_often(least: int, most: int | None) -> str:
    """A cardinality in words: "einmal", "freiwillig", "ein- bis fünfmal"."""
    if (least, most) == (1, 1):
        return "einmal"
    if (least, most) == (0, 1):
        return "freiwillig"
    if most is None:
        return "freiwillig, beliebig oft" if not least else f"{_times(least)} oder öfter"
    if not least:
        return f"freiwillig, bis zu {_times(most)}"
    return _times(least) if least == most else f"{_count(least)}- bis {_times(most)}"


def type_in_words(entry: Field) -> str:
    """What can be answered."""
    if entry.content and entry.type not in {"label", "hidden", "locked"}:
        return "fester Wert, wird nicht gefragt"
    if entry.type == "select":
        return "mehrere von vielen Antworten" if entry.several else "eine von mehreren Antworten"
    word = _FORMATS.get(entry.format) or _TYPES[entry.type]
    return f"{word}, auch mehrere" if entry.several else word


def conditions_of(one: Field | Group | Question, names: SchemaNames) -> tuple[Saying, ...]:
    """When an element is asked, and when it must be answered."""
    if isinstance(one, Question):
        return (_said("Nur wenn", one.when, names),) if one.when is not None else ()
    near = names.at(one.path)
    own = [_said("Nur wenn", one.when, near)] if one.when is not None else []
    gone = [_ruled(condition, "Entfällt, wenn", wording.removal, near) for condition in one.forbids]
    needed = [_ruled(condition, "Nötig, wenn", wording.requirement, near) for condition in one.requires]
    for place, said in enumerate(gone):
        same = Saying(said.words.replace("Nur wenn", "Nötig, wenn", 1))
        if said.words.startswith("Nur wenn") and same in needed:
            needed.remove(same)
            gone[place] = Saying(f"{said.words.removesuffix('.')}; dann nötig.")
    return tuple(dict.fromkeys((*own, *gone, *needed)))


def effects_of(rule: Reading, names: SchemaNames) -> tuple[str, ...]:
    """What follows from a rule, a sentence each."""
    return tuple(wording.effect_in_words(effect, names.at(effect.target)) for effect in rule.effects)


def _ruled(
    condition: Condition, word: str, say: Callable[[RuleCondition, wording.Names], str], names: SchemaNames
) -> Saying:
    return Saying(say(condition, names)) if isinstance(condition, RuleCondition) else Saying(word, condition.source)


def _said(beginning: str, condition: Condition, names: SchemaNames) -> Saying:
    if isinstance(condition, RuleCondition):
        return Saying(f"{beginning} {wording.in_words(condition, names)}.")
    return Saying(beginning, condition.source)


def _clipped(label: str) -> str:
    return label if len(label) <= 50 else f"{label[:49].rstrip()}…"


def _times(number: int) -> str:
    return f"{_count(number)}mal"


def _count(number: int) -> str:
    return _NUMBERS[number] if 0 < number < len(_NUMBERS) else str(number)
