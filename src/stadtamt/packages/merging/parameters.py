"""What a town set, under the author's next list of parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from stadtamt.packages.format.layer import Layer
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import MISSING, Parameter, misfit, plain
from stadtamt.packages.merging.result import MINE, THEIRS, VALUE, Answer, Conflict, Desk
from stadtamt.packages.merging.words import shown

# Another type under which the same value means the same. An amount in cents and a plain number do not.
_SAME_MEANING = frozenset(
    {frozenset({"text", "choice"}), frozenset({"table", "places"}), frozenset({"text", "period"})}
)

type Parameters = Mapping[str, Parameter]


def by_key(package: Package) -> dict[str, Parameter]:
    """A package's parameters by key."""
    return {parameter.key: parameter for parameter in package.parameters}


def heirs_of(new: Parameters) -> dict[str, str]:
    """The new key of every renamed parameter. `renamed_from` may name several former keys, separated by commas."""
    heirs: dict[str, str] = {}
    for parameter in new.values():
        for former in parameter.renamed_from.replace(",", " ").split():
            if former not in new:
                heirs.setdefault(former, parameter.key)
    return heirs


def merge_parameters(old: Package, new: Package, layer: Layer, desk: Desk) -> tuple[dict[str, Any], dict[str, str]]:
    """The town's values and their sources under the new keys; what does not fit is asked."""
    before, after = by_key(old), by_key(new)
    heirs = heirs_of(after)
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    asked: set[str] = set()
    for key, value in _chosen(layer, after, heirs, desk).items():
        target = after.get(key) or after.get(heirs.get(key, ""))
        if target is None:
            if key in before:
                _gone(before[key], value, desk)
            else:  # not a parameter of this package before or now: another face of the matter reads it
                values[key] = value
                _carry(layer, sources, key, key)
            continue
        answer = _settle(before.get(key), target, key, value, desk, asked)
        if answer is not None and answer.word != THEIRS:
            values[target.key] = answer.value if answer.word == VALUE else plain(value)
            _carry(layer, sources, key, target.key, answer.source)
    for key, source in layer.sources.items():
        if key in after and key not in layer.values:
            sources.setdefault(key, source)
    for target in after.values():
        if target.required and target.key not in values and target.key not in asked:
            needed = _needed(before, target, desk)
            if needed is not None:
                values[target.key] = needed.value
                sources |= {target.key: needed.source} if needed.source else {}
    return values, sources


def _chosen(layer: Layer, after: Parameters, heirs: Mapping[str, str], desk: Desk) -> dict[str, Any]:
    """The town's values, one for each parameter, where two of them have become the same one."""
    values = dict(layer.values)
    landing: dict[str, list[str]] = {}
    for key in values:
        target = key if key in after else heirs.get(key, "")
        if target:
            landing.setdefault(target, []).append(key)
    for target, keys in landing.items():
        if len(keys) < 2:
            continue
        # The value under the name that stays, else the one set last, goes before the others.
        keys.sort(key=lambda key: key == target)
        rest, last = keys[:-1], keys[-1]
        for key in rest:
            value = values.pop(key)
            if plain(value) == plain(values[last]):
                desk.keep("parameter", target, value, f"Ihr Wert für „{after[target].label}“ bleibt.")
                continue
            conflict = Conflict(
                id=f"parameter:{key}:twice",
                kind="parameter-twice",
                place=target,
                town={key: plain(value), last: plain(values[last])},
                before=None,
                after=target,
                sentence=f"„{key}“ und „{last}“ sind jetzt eine Einstellung: „{after[target].label}“. "
                f"Sie haben {shown(value)} und {shown(values[last])} eingetragen.",
                answers=(MINE, THEIRS, VALUE),
            )
            answer = desk.ask(conflict, lambda given, wanted=after[target]: misfit(wanted, given))  # type: ignore[misc]
            if answer is not None and answer.word != THEIRS:
                values[last] = value if answer.word == MINE else answer.value
    return values


def _settle(
    former: Parameter | None, target: Parameter, key: str, value: Any, desk: Desk, asked: set[str]
) -> Answer | None:
    """The town's value for a parameter that is still there; None while a question about it is open."""
    fault = misfit(target, plain(value))
    retyped = former is not None and former.type != target.type
    strange = retyped and frozenset({former.type, target.type}) not in _SAME_MEANING  # type: ignore[union-attr]
    if not fault and not strange:
        desk.keep(
            "parameter", target.key, plain(value), f"Ihr Wert für „{target.label}“ bleibt: {shown(value, target.type)}."
        )
        return Answer(MINE)
    asked.add(target.key)
    why = fault or f"Die Angabe hat jetzt eine andere Bedeutung: erst {_typed(former)}, jetzt {_typed(target)}."
    conflict = Conflict(
        id=f"parameter:{key}:{'unfit' if fault else 'type'}",
        kind="parameter-unfit" if fault else "parameter-type",
        place=target.key,
        town=plain(value),
        before=described(former) if former is not None else None,
        after=described(target),
        sentence=f"Ihr Wert {shown(value, former.type if former else '')} für „{target.label}“ passt nicht mehr. {why}",
        answers=(*(() if fault else (MINE,)), *(() if target.required else (THEIRS,)), VALUE),
    )
    return desk.ask(conflict, _fits(target))


def _gone(former: Parameter, value: Any, desk: Desk) -> None:
    conflict = Conflict(
        id=f"parameter:{former.key}:gone",
        kind="parameter-gone",
        place=former.key,
        town=plain(value),
        before=described(former),
        after=None,
        sentence=f"Die Einstellung „{former.label}“ gibt es nicht mehr. Ihr Wert {shown(value, former.type)} entfällt.",
        answers=(THEIRS,),
    )
    desk.ask(conflict)


def _needed(before: Parameters, target: Parameter, desk: Desk) -> Answer | None:
    """A parameter that the town must fill in from now on. What counted for it so far may be kept."""
    keys = (target.key, *target.renamed_from.replace(",", " ").split())
    former = next((before[key] for key in keys if key in before), None)
    so_far = former.default if former is not None else MISSING
    usable = so_far is not MISSING and former is not None and former.type == target.type and not misfit(target, so_far)
    sentence = f"Bitte tragen Sie „{target.label}“ ein. {target.explanation} ({target.paragraph})"
    if so_far is not MISSING and former is not None:
        sentence += f" Bisher galt die Vorgabe {shown(so_far, former.type)}; es gibt keine Vorgabe mehr."
    conflict = Conflict(
        id=f"parameter:{target.key}:needed",
        kind="parameter-needed",
        place=target.key,
        town=None,
        before=described(former) if former is not None else None,
        after=described(target),
        sentence=sentence,
        answers=(MINE, VALUE) if usable else (VALUE,),
    )
    answer = desk.ask(conflict, _fits(target))
    return Answer(MINE, so_far) if answer is not None and answer.word == MINE else answer


def described(parameter: Parameter) -> dict[str, Any]:
    """What a parameter admits, as plain data."""
    data: dict[str, Any] = {"key": parameter.key, "type": parameter.type, "label": parameter.label}
    if not parameter.required:
        data["default"] = parameter.default
    if parameter.choices:
        data["choices"] = [value for value, _ in parameter.choices]
    for name, limit in (("min", parameter.minimum), ("max", parameter.maximum)):
        if limit is not None:
            data[name] = limit
    if parameter.columns:
        data["columns"] = [column.key for column in parameter.columns]
    return data


def _typed(parameter: Parameter | None) -> str:
    return f"„{parameter.type}“" if parameter is not None else "unbekannt"


def _fits(target: Parameter) -> Callable[[Any], str]:
    return lambda value: misfit(target, value)


def _carry(layer: Layer, sources: dict[str, str], key: str, target: str, given: str = "") -> None:
    source = given or layer.sources.get(key, "")
    if source:
        sources[target] = source
