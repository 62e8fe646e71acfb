"""Puts a town's deviations on a package, one after the other in an order that does not depend on the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from stadtamt.forms.schema import FormProblem
from stadtamt.packages.format.addresses import dump, form_data, texts_of
from stadtamt.packages.format.form_tree import paths_in
from stadtamt.packages.format.layer import KINDS, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.overrides.errors import Code, OverrideRefused
from stadtamt.packages.overrides.four_eyes import four_eyes
from stadtamt.packages.overrides.hiding import Hidden, check_unread, leave_out, what_hides
from stadtamt.packages.overrides.needs import Readers, parts_of, read_form, unknown_in
from stadtamt.packages.overrides.office import letterhead, unit
from stadtamt.packages.overrides.placing import add, in_order, moved_by, order
from stadtamt.packages.overrides.settling import field, rule
from stadtamt.packages.overrides.words import say

# What changes the form itself, put on its data one after the other; what is hidden comes last, and all at once.
_FORM: dict[str, Callable[[Any, Override, str], None]] = {"add": add, "order": order, "field": field, "rule": rule}
# Then what may speak of all that.
_PUT: dict[str, Callable[[Package, Override], Package]] = {
    "letterhead": letterhead,
    "unit": unit,
    "four-eyes": four_eyes,
}
_ASKED = frozenset({*_FORM, "hide"})
# Of these a town has one each: what the deviation is about, by the names of its data.
_ONCE: dict[str, tuple[str, ...]] = {
    "text": ("address",),
    "order": ("question", "group"),
    "rule": ("rule", "at"),
    "field": ("field",),
    "letterhead": (),
    "unit": (),
    "four-eyes": (),
}


def apply(package: Package, overrides: Iterable[Override]) -> Package:
    """The package as this town has it.

    Raises OverrideRefused, which names the deviation and the reason. The same deviations in another order give the same
    package; only what is put behind the same question or section stands in the order of the list.
    """
    given = tuple(overrides)
    _check_once(given)
    asked = [one for one in given if one.kind in _ASKED]
    changed = _without_stale_translations(package, _with_form(package, asked)) if asked else package
    said = [one for one in given if one.kind == "text"]
    author = texts_of(package) if said else {}
    for override in said:
        changed = say(changed, override, author)
    for override in (one for kind in _PUT for one in given if one.kind == kind):
        changed = _PUT[override.kind](changed, override)
    return changed


def _with_form(package: Package, asked: list[Override]) -> Package:
    """The package with everything that changes what is asked."""
    form = form_data(package.form)
    placed = in_order(one for one in asked if one.kind in {"add", "order"})
    put = [*placed, *(one for kind in ("field", "rule") for one in asked if one.kind == kind)]
    for override in put:
        _FORM[override.kind](form, override, package.form)
    whole = paths_in(form)
    own = {moved_by(one) for one in placed if one.kind == "add"}
    hidden = [what_hides(form, one, own) for one in asked if one.kind == "hide"]
    if hidden:
        leave_out(form, hidden)
    changed = replace(package, form=dump(form, like=package.form))
    _verify(changed, put, hidden, frozenset(whole - paths_in(form)))
    return changed


def _verify(package: Package, put: list[Override], hidden: list[Hidden], vanished: frozenset[str]) -> None:
    """Once all is put and hidden: what an added question reads is there, what is hidden is read by nobody."""
    try:
        schema = read_form(package.form)
    except FormProblem as problem:
        first = next((one for one in put if one.kind == "add"), hidden[0].override if hidden else put[0])
        code: Code = "needed" if first.kind == "hide" else "wrong"
        raise OverrideRefused(first, code, f"Das Formular ginge so nicht. {problem}") from problem
    parameters = {parameter.key for parameter in package.parameters}
    for override in put:
        if override.kind == "add":
            key = moved_by(override)
            parts = [part for one in schema.questions() if one.key == key for part in parts_of(one)]
            if unknown := unknown_in(parts, schema.fields, parameters):
                raise OverrideRefused(override, "names", f"Die Frage verwendet „{unknown}“; das gibt es nicht.")
    readers = Readers(package, schema)
    for one in hidden:
        check_unread(one, readers, vanished)


def _check_once(overrides: tuple[Override, ...]) -> None:
    ids: set[str] = set()
    targets: dict[tuple[str, str], str] = {}
    for one in overrides:
        if one.kind not in KINDS:
            raise OverrideRefused(one, "wrong", f"Die Art „{one.kind}“ gibt es nicht: {', '.join(KINDS)}.")
        if one.id in ids:
            raise OverrideRefused(one, "twice", "Diese Kennung gibt es zweimal.")
        ids.add(one.id)
        if one.kind not in _ONCE:
            continue
        target = "\n".join(str(one.data.get(key, "")) for key in _ONCE[one.kind])
        if other := targets.get((one.kind, target)):
            raise OverrideRefused(one, "twice", f"Dasselbe regelt schon die Abweichung „{other}“.")
        targets[one.kind, target] = one.id


def _without_stale_translations(before: Package, after: Package) -> Package:
    """What is no longer asked needs no translation."""
    if before.form == after.form or not after.texts:
        return after
    gone = texts_of(before).keys() - texts_of(after).keys()
    texts = {
        language: {address: text for address, text in table.items() if address not in gone}
        for language, table in after.texts.items()
    }
    return replace(after, texts=texts)
