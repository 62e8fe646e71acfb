"""Reads the rules and code lists of a form, and puts what the rules say on the fields and groups they speak of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from stadtamt.forms.codelists import CodeList, CodeListRefused, from_data
from stadtamt.forms.conditions import Effect, NotationRefused, Reading, read_effect
from stadtamt.forms.conditions.model import And, Empty, Not
from stadtamt.forms.schema import reading
from stadtamt.forms.schema.errors import FormProblem
from stadtamt.forms.schema.model import Check, Condition, Field, Group, Question
from stadtamt.kernel.expressions import Text, compile_text

_RULE_KEYS = frozenset({"id", "version", "name", "at", "text", "status", "reason", "effects"})
MAX_RULES, MAX_EFFECTS = 1_000, 4_000
_GIVEN = "Bitte machen Sie hier Angaben."


def read_rules(data: dict[str, Any]) -> tuple[Reading, ...]:
    """The rules of a form, with what is not understood. Raises FormProblem."""
    entries = reading.maybe_listed("rules", data, "rules")
    if len(entries) > MAX_RULES:
        raise FormProblem("rules", f"Das Formular hat mehr als {MAX_RULES} Regeln.")
    rules = tuple(_rule(entry) for entry in entries)
    if sum(len(rule.effects) for rule in rules) > MAX_EFFECTS:
        raise FormProblem("rules", "Die Regeln haben zu viele Wirkungen.")
    return rules


def _rule(data: Any) -> Reading:
    place = f"Regel {data.get('id', '?')}" if isinstance(data, dict) else "rules"
    reading.known(place, data, _RULE_KEYS)
    status: Literal["machine", "unclear"] = "unclear" if data.get("status") == "unclear" else "machine"
    if data.get("status", "machine") != status:
        raise FormProblem(place, "„status“ ist machine oder unclear.")
    try:
        effects = tuple(read_effect(entry) for entry in reading.maybe_listed(place, data, "effects"))
    except NotationRefused as problem:
        raise FormProblem(place, str(problem)) from problem
    return Reading(
        id=reading.text(place, data, "id"),
        version=str(data.get("version") or ""),
        at=str(data.get("at") or ""),
        text=str(data.get("text") or ""),
        status=status,
        effects=effects if status == "machine" else (),
        reason=str(data.get("reason") or ""),
        name=str(data.get("name") or ""),
    )


def read_code_lists(data: dict[str, Any]) -> tuple[CodeList, ...]:
    """The code lists that the form carries. Raises FormProblem."""
    lists = []
    for entry in reading.maybe_listed("code_lists", data, "code_lists"):
        try:
            lists.append(from_data(entry))
        except CodeListRefused as problem:
            raise FormProblem("code_lists", problem.sentence) from problem
    if len({one.uri for one in lists}) < len(lists):
        raise FormProblem("code_lists", "Eine Codeliste steht zweimal da.")
    return tuple(lists)


def with_effects(groups: tuple[Group, ...], rules: tuple[Reading, ...]) -> tuple[Group, ...]:
    """The groups with the conditions that require or forbid them and their fields; presets are filled in."""
    by_target: dict[str, list[Effect]] = {}
    for effect in (effect for rule in rules for effect in rule.effects):
        by_target.setdefault(effect.target, []).append(effect)
    if not by_target:
        return groups
    return tuple(_touched_group(group, by_target) for group in groups)


def checks_of(groups: tuple[Group, ...], rules: tuple[Reading, ...]) -> tuple[Check, ...]:
    """What the rules refuse: what is not valid, and a required group in which nothing is said."""
    paths = {group.path for group in groups}
    checks = []
    for number, (rule, effect) in enumerate((one, effect) for one in rules for effect in one.effects):
        refused: Condition | None = None
        if effect.kind == "valid":
            refused = Not(effect.condition)
        elif effect.kind == "require" and effect.target in paths:
            refused = And((effect.condition, Empty(effect.target)))
        if refused is not None:
            message = _plain(effect.message or _GIVEN)
            checks.append(Check(f"{rule.id}.{number}", True, refused, effect.target, message, place=rule.at))
    return tuple(checks)


def _touched_group(group: Group, effects: dict[str, list[Effect]]) -> Group:
    questions = tuple(_touched_question(question, effects) for question in group.questions)
    own = effects.get(group.path, ()) if not group.continues else ()
    return replace(group, questions=questions, requires=_of(own, "require"), forbids=_of(own, "forbid"))


def _touched_question(question: Question, effects: dict[str, list[Effect]]) -> Question:
    if not any(entry.path in effects for entry in question.fields):
        return question
    return replace(
        question, fields=tuple(_touched_field(entry, effects.get(entry.path, [])) for entry in question.fields)
    )


def _touched_field(entry: Field, effects: list[Effect]) -> Field:
    preset = next((str(effect.value) for effect in effects if effect.kind == "preset"), entry.content)
    return replace(entry, requires=_of(effects, "require"), forbids=_of(effects, "forbid"), content=preset)


def _of(effects: list[Effect] | tuple[Effect, ...], kind: str) -> tuple[Condition, ...]:
    return tuple(effect.condition for effect in effects if effect.kind == kind)


def _plain(words: str) -> Text:
    return compile_text(words.replace("{", "{{").replace("}", "}}"))
