"""Puts a town's deviations on a package, one after the other in an order that does not depend on the list."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.layer import KINDS, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.overrides.errors import OverrideRefused
from stadtamt.packages.overrides.four_eyes import four_eyes
from stadtamt.packages.overrides.office import letterhead, unit
from stadtamt.packages.overrides.questions import add, anchor_of, hide, key_of, question_keys, verify
from stadtamt.packages.overrides.words import say

# First what is added, so that it may be worded and may need what another one would hide.
_PUT: dict[str, Callable[[Package, Override], Package]] = {
    "add": add,
    "hide": hide,
    "text": say,
    "letterhead": letterhead,
    "unit": unit,
    "four-eyes": four_eyes,
}
_ONCE = frozenset({"letterhead", "unit", "four-eyes"})


def apply(package: Package, overrides: Iterable[Override]) -> Package:
    """The package as this town has it.

    Raises OverrideRefused, which names the deviation and the reason. The same deviations in another order give the same
    package; only questions added after the same question stand in the order of the list.
    """
    given = tuple(overrides)
    _check_once(given)
    ordered = in_order(package, given)
    asked = [one for one in ordered if one.kind in {"add", "hide"}]
    changed = whole = package
    for override in asked:
        changed = _PUT[override.kind](changed, override)
        whole = changed if override.kind == "add" else whole
    for override in asked:
        verify(override, whole, changed)
    if changed.form != package.form:
        changed = _without_stale_translations(package, changed)
    for override in ordered[len(asked) :]:
        changed = _PUT[override.kind](changed, override)
    return changed


def in_order(package: Package, overrides: Iterable[Override]) -> list[Override]:
    """The deviations in the order in which they are put on: added questions first, each after its anchor."""
    given = list(overrides)
    waiting = [one for one in given if one.kind == "add"]
    known = question_keys(package)
    ordered: list[Override] = []
    while ready := [one for one in waiting if anchor_of(one) in known]:
        # Each goes directly behind its anchor, so the last of the list goes first.
        ordered += reversed(ready)
        waiting = [one for one in waiting if one not in ready]
        known = known | {key for one in ready if (key := key_of(one))}
    ordered += waiting
    return ordered + [one for kind in _PUT if kind != "add" for one in given if one.kind == kind]


def _check_once(overrides: tuple[Override, ...]) -> None:
    ids: set[str] = set()
    targets: dict[tuple[str, str], str] = {}
    for one in overrides:
        if one.kind not in _PUT:
            raise OverrideRefused(one, "wrong", f"Die Art „{one.kind}“ gibt es nicht: {', '.join(KINDS)}.")
        if one.id in ids:
            raise OverrideRefused(one, "twice", "Diese Kennung gibt es zweimal.")
        ids.add(one.id)
        target = str(one.data.get("address", "")) if one.kind == "text" else ""
        if one.kind not in _ONCE and one.kind != "text":
            continue
        if other := targets.get((one.kind, target)):
            raise OverrideRefused(one, "twice", f"Dasselbe regelt schon die Abweichung „{other}“.")
        targets[one.kind, target] = one.id


def _without_stale_translations(before: Package, after: Package) -> Package:
    """What is no longer asked needs no translation."""
    gone = texts_of(before).keys() - texts_of(after).keys()
    texts = {
        language: {address: text for address, text in table.items() if address not in gone}
        for language, table in after.texts.items()
    }
    return replace(after, texts=texts)
