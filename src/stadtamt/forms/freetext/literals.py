"""What a written value means in a field: a code, yes or no, a number."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from stadtamt.forms.conditions.model import Literally
from stadtamt.forms.freetext.likeness import alike, denies, near, plain, same
from stadtamt.forms.freetext.places import label
from stadtamt.forms.freetext.spoken import Said, Unclear
from stadtamt.forms.xdatenfelder.model import Field, Value

_YES, _NO = frozenset({"ja", "wahr", "true"}), frozenset({"nein", "falsch", "false"})
_NUMBERS = frozenset({"num", "num_int", "num_currency"})
_NO_VALUE = "„{}“ ist kein Wert von „{}“."


def literal(said: Said, field: Field) -> Literally:
    """The value as it is answered in the field. Raises Unclear."""
    if field.kind in ("label",) or field.type in ("file", "obj"):
        raise Unclear(f"„{label(field.common)}“ hat keinen Wert, der verglichen werden kann.")
    if field.values:
        return _code(said, field)
    if field.code_list is not None or field.kind == "select":
        return _foreign_code(said, field)
    if field.type == "bool":
        return _yes_no(said, field)
    if field.type in _NUMBERS:
        return number(said, field)
    if field.type in ("date", "time", "datetime"):
        raise Unclear(f"Der Vergleich mit „{said.text}“ ist bei einem Datum nicht sicher zu verstehen.")
    return said.text


def number(said: Said, field: Field) -> Decimal:
    try:
        value = Decimal(said.text.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise Unclear(_NO_VALUE.format(said.text, label(field.common)))
    return value


def _yes_no(said: Said, field: Field) -> bool:
    word = said.text.casefold().strip(" .!")
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unclear(_NO_VALUE.format(said.text, label(field.common)))


def _foreign_code(said: Said, field: Field) -> str:
    """A list that stands elsewhere: the code as it is written."""
    if said.code:
        return said.code
    first, _, rest = said.label.partition(" ")
    if first[:1].isdigit():
        return first
    if not rest and first.isupper() and len(first) <= 4:
        return first
    raise Unclear(f"Zu „{said.label}“ ist in „{label(field.common)}“ kein Code genannt.")


def _code(said: Said, field: Field) -> str:
    by_code = [value for value in field.values if value.code == said.code]
    if said.code and by_code:
        _hold(said, by_code[0], field.values)
        return by_code[0].code
    if said.label and not said.code:
        return _one(_by_label(said.label, field.values), said, field)
    # 01 for 001 is the same only where the label says so too.
    same_number = [value for value in field.values if _number(value.code) == _number(said.code) != -1]
    named = [value for value in same_number if said.label and same(said.label, value.name)]
    return _one(named, said, field)


def _by_label(text: str, values: tuple[Value, ...]) -> list[Value]:
    """The value whose code, name, or code and name this is."""
    for test in (
        lambda value: value.code == text,
        lambda value: same(text, value.name),
        lambda value: plain(text) == plain(value.code + value.name),
    ):
        if found := [value for value in values if test(value)]:
            return found
    first, _, rest = text.partition(" ")
    if rest and (coded := [value for value in values if value.code == first]):
        _hold(Said(first, rest.strip(" -–:=")), coded[0], values)
        return coded
    return [value for value in values if near(text, value.name) and denies(text) == denies(value.name)]


def _hold(said: Said, value: Value, values: Iterable[Value]) -> None:
    """The label beside a code must not be that of another value."""
    if not said.label or same(said.label, value.name):
        return
    other = any(same(said.label, one.name) for one in values if one.code != value.code)
    if other or not alike(said.label, value.name) or denies(said.label) != denies(value.name):
        raise Unclear(f"Der Code {value.code} heißt im Formular „{value.name}“, im Text aber „{said.label}“.")


def _one(found: list[Value], said: Said, field: Field) -> str:
    if len(found) != 1:
        raise Unclear(_NO_VALUE.format(said.text, label(field.common)))
    return found[0].code


def _number(code: str) -> int:
    return int(code) if code.isdecimal() else -1
