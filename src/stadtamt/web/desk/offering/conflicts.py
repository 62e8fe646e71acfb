"""Where the town and the author's next version want different things: each as a choice, and the answers read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import Parameter
from stadtamt.packages.merging import Conflict
from stadtamt.web.desk.offering.fields import Entered, Typed, element_id, read_all, tidy
from stadtamt.web.desk.offering.sections import field_view

_WORDS = {"mine": "Unseres behalten", "theirs": "Das des Urhebers nehmen", "value": "Etwas anderes eintragen"}
# The words of an answer where the general ones would not say what happens.
_SPECIAL = {
    ("parameter-gone", "theirs"): "Verstanden, der Wert entfällt",
    ("parameter-needed", "mine"): "Die bisherige Vorgabe behalten",
    ("parameter-unfit", "theirs"): "Die Vorgabe des Paketes nehmen",
    ("parameter-type", "theirs"): "Die Vorgabe des Paketes nehmen",
    ("case-gone", "mine"): "Den Fall ohne diese Angaben behalten",
    ("case-gone", "theirs"): "Den Fall streichen",
}
_DROPPED = "Unsere Abweichung aufgeben"


def answers_from(conflicts: Iterable[Conflict], sent: Typed, package: Package) -> tuple[dict[str, Any], Entered]:
    """The answers by the id of the conflict, and what is wrong with the inputs."""
    answers: dict[str, Any] = {}
    found = Entered()
    parameters = {parameter.key: parameter for parameter in package.parameters}
    for conflict in conflicts:
        word = next(iter(sent.get(_name(conflict), ())), "")
        if word not in _offered(conflict):
            continue
        if word != "value":
            answers[conflict.id] = word
        elif parameter := _asked(conflict, parameters):
            typed = tidy([parameter], sent, _shape(conflict))
            entered = read_all([parameter], typed, _shape(conflict))
            found.errors |= entered.errors
            found.called |= entered.called
            if parameter.key in entered.values:
                source = entered.sources.get(parameter.key, "")
                answers[conflict.id] = {"value": entered.values[parameter.key]} | ({"source": source} if source else {})
        else:
            answers[conflict.id] = {"value": next(iter(sent.get(f"{_name(conflict)}.text", ())), "").strip()}
    return answers, found


def conflict_view(conflict: Conflict, sent: Typed, package: Package, errors: Mapping[str, str]) -> dict[str, Any]:
    """One conflict as radios; see desk/offering/conflict.html."""
    parameters = {parameter.key: parameter for parameter in package.parameters}
    name, chosen = _name(conflict), next(iter(sent.get(_name(conflict), ())), "")
    parameter = _asked(conflict, parameters)
    view: dict[str, Any] = {
        "id": element_id(name),
        "name": name,
        "sentence": conflict.sentence,
        "error": conflict.fault,
        "choices": [
            {"value": word, "label": _label(conflict, word), "selected": word == chosen, "id": _choice_id(name, number)}
            for number, word in enumerate(_offered(conflict))
        ],
    }
    if "value" not in _offered(conflict):
        return view
    if parameter is None:
        text = next(iter(sent.get(f"{name}.text", ())), "") or str(conflict.town or "")
        return {**view, "text": {"name": f"{name}.text", "id": element_id(f"{name}.text"), "value": text}}
    typed = tidy([parameter], sent, _shape(conflict)) if sent else {}
    return {**view, "field": field_view(parameter, typed, known=_shape(conflict).get(parameter.key), errors=errors)}


def _offered(conflict: Conflict) -> list[str]:
    """The answers a page can take: another value for a setting or a text, but not the data of a whole question."""
    typable = conflict.kind.startswith(("parameter-", "text-"))
    return [word for word in conflict.answers if word != "value" or typable]


def _label(conflict: Conflict, word: str) -> str:
    if (conflict.kind, word) in _SPECIAL:
        return _SPECIAL[conflict.kind, word]
    if word == "theirs" and conflict.id.startswith("override:"):
        return "Den neuen Text des Urhebers nehmen" if conflict.kind == "text-differs" else _DROPPED
    return _WORDS[word]


def _asked(conflict: Conflict, parameters: Mapping[str, Parameter]) -> Parameter | None:
    return parameters.get(conflict.place) if conflict.kind.startswith("parameter-") else None


def _shape(conflict: Conflict) -> dict[str, Any]:
    """What tells how a list or table is made: what the town had, else the author's new default."""
    after = conflict.after if isinstance(conflict.after, Mapping) else {}
    return {conflict.place: conflict.town if isinstance(conflict.town, list) else after.get("default")}


def _name(conflict: Conflict) -> str:
    return f"c.{conflict.id}"


def _choice_id(name: str, number: int) -> str:
    return element_id(name) if number == 0 else f"{element_id(name)}-{number}"
