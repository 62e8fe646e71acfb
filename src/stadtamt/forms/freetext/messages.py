"""The sentences a citizen reads when a rule is not kept."""

from __future__ import annotations

from collections.abc import Sequence

from stadtamt.forms.freetext.places import label
from stadtamt.forms.xdatenfelder.model import Field, Group

type Element = Field | Group

NO_DAY = "Diesen Tag gibt es im Kalender nicht. Bitte prüfen Sie das Datum."


def required(element: Element) -> str:
    name = label(element.common)
    if isinstance(element, Group):
        return f"Bitte machen Sie Angaben zu „{name}“."
    if name.endswith((".", "!")):
        return f"Hier fehlt eine Angabe: „{name}“"
    if element.type in ("file", "obj"):
        return f"Bitte laden Sie „{name}“ hoch."
    if element.kind == "select":
        return f"Bitte wählen Sie bei „{name}“ etwas aus."
    if element.type == "bool" or name.endswith("?"):
        return f"Bitte beantworten Sie „{name}“."
    return f"Bitte füllen Sie „{name}“ aus."


def forbidden(element: Element) -> str:
    return f"„{label(element.common).rstrip('.!')}“ wird hier nicht gebraucht."


def any_given(elements: Sequence[Element]) -> str:
    return f"Bitte geben Sie {joined(elements)} an."


def one_given(elements: Sequence[Element]) -> str:
    return f"Bitte geben Sie entweder {joined(elements)} an, nur eines davon."


def not_together(elements: Sequence[Element]) -> str:
    return f"Bitte geben Sie höchstens eines davon an: {joined(elements)}."


def any_answered(elements: Sequence[Element], value: str) -> str:
    return f"Bitte antworten Sie mindestens einmal mit „{value}“: {joined(elements)}."


def one_answered(elements: Sequence[Element], value: str) -> str:
    return f"Bitte antworten Sie genau einmal mit „{value}“: {joined(elements)}."


def in_order(first: Element, second: Element, *, dates: bool, equal: bool) -> str:
    one, other = (f"„{label(element.common)}“" for element in (first, second))
    if equal:
        return f"{other} darf nicht {'vor' if dates else 'kleiner als'} {one} {'liegen' if dates else 'sein'}."
    return f"{one} muss {'zeitlich vor' if dates else 'kleiner als'} {other} {'liegen' if dates else 'sein'}."


def only_allowed(element: Element, names: Sequence[str]) -> str:
    return f"Bei „{label(element.common)}“ passt hier nur: {_either(names)}."


def not_allowed(element: Element, names: Sequence[str]) -> str:
    return f"Bei „{label(element.common)}“ passt hier nicht: {_either(names)}."


def _either(names: Sequence[str]) -> str:
    written = [f"„{name}“" for name in names]
    return " oder ".join([", ".join(written[:-1]), written[-1]]) if len(written) > 1 else written[0]


def joined(elements: Sequence[Element]) -> str:
    """Telefon, Telefax oder E-Mail; labels of several words stand in quotation marks."""
    names = [label(element.common) for element in elements]
    written = [name if name.isalpha() or name.replace("-", "").isalpha() else f"„{name}“" for name in names]
    return " oder ".join([", ".join(written[:-1]), written[-1]]) if len(written) > 1 else written[0]
