"""The rules of the shared building blocks as a table, by rule and major version."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from stadtamt.forms.conditions import read_effect
from stadtamt.forms.conditions.model import Effect, Equal
from stadtamt.forms.conditions.moving import moved, questions
from stadtamt.forms.freetext import messages
from stadtamt.forms.freetext import vocabulary as v
from stadtamt.forms.freetext.places import Places
from stadtamt.forms.freetext.scanner import modern
from stadtamt.forms.xdatenfelder.model import Field, Path, Rule

SELF = "self"


@lru_cache(maxsize=1)
def table() -> dict[tuple[str, str], tuple[Effect, ...]]:
    """Effects relative to the group that carries the rule, by id and major version."""
    text = files("stadtamt.forms.freetext").joinpath("blocks.toml").read_text(encoding="utf-8")
    return {
        (block["rule"], str(block["major"])): tuple(read_effect(effect) for effect in block["effects"])
        for block in tomllib.loads(text)["block"]
    }


def block(rule: Rule, places: Places, at: Path) -> tuple[Effect, ...]:
    """The effects of a rule that the table knows; empty where it does not, or where text or group are others."""
    known = table().get((rule.identity.id, rule.identity.version.partition(".")[0]), ())
    if (
        not known
        or not at
        or _ids(rule.text) != _named(known)
        or not all(_fits(effect, places, at) for effect in known)
    ):
        return ()
    return tuple(_placed(effect, places, at) for effect in known)


def _ids(text: str) -> set[str]:
    return {modern(*v.ONE_ID.findall(path)[-1]) for path in v.ID.findall(text)}


def _named(known: tuple[Effect, ...]) -> set[str]:
    targets = {effect.target for effect in known} - {SELF}
    return targets.union(*(effect.condition.dotted for effect in known))


def _fits(effect: Effect, places: Places, at: Path) -> bool:
    """Whether all that the effect names is there, directly in the group, with these codes."""
    if any((*at, id) not in places.nodes for id in _named((effect,))):
        return False
    for test in questions(effect.condition):
        if isinstance(test, Equal):
            field = places.element((*at, test.path))
            if not isinstance(field, Field) or (field.values and test.value not in [one.code for one in field.values]):
                return False
    return True


def _placed(effect: Effect, places: Places, at: Path) -> Effect:
    target = at if effect.target == SELF else (*at, effect.target)
    element = places.element(target)
    made = {"require": messages.required, "forbid": messages.forbidden}
    message = effect.message or made[effect.kind](element)
    return replace(effect, target=".".join(target), condition=moved(effect.condition, ".".join(at)), message=message)
