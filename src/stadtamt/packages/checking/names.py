"""Names that nobody gives, and answers and parameters that nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from stadtamt.forms.schema import FormProblem, Schema, read_form
from stadtamt.forms.schema.paths import within
from stadtamt.forms.schema.reader import RESERVED
from stadtamt.notices.composing.scope import Facts, Office, Verdict, scope_of
from stadtamt.packages.checking.findings import Finding, error, warning
from stadtamt.packages.checking.parts import Compiled, Parts, dicts, raw_fields
from stadtamt.packages.checking.rules import Rules
from stadtamt.packages.format.entries import HIDDEN_ENTRIES, OWN_ENTRIES
from stadtamt.packages.format.form_file import ADJUSTMENTS, FORM
from stadtamt.packages.format.form_tree import check_target, field_path, group_path
from stadtamt.packages.overrides.needs import reads

# What the house itself reads of the parameters: the body of the remedy, see notices.composing.scope.
READ_BY_THE_HOUSE = frozenset({"objection_body"})
_CASE_ROOTS = ("parameters", "answers", "today", "received", "assessment")


def check_form(parts: Parts) -> Schema | None:
    """The form where it can be read; what its own reader refuses beyond the shape is put among the findings."""
    if parts.form_text is None:
        return None
    file = parts.form_file
    try:
        schema = read_form(parts.form_text)
    except FormProblem as problem:
        if file not in parts.broken:
            parts.findings.append(error(file, str(problem), _line_of_place(parts, problem.place)))
        return None
    written = raw_fields(parts)
    for path, entry in schema.fields.items():
        if len({choice.value for choice in entry.choices}) < len(entry.choices):
            parts.findings.append(error(file, f"„{path}“: Zwei Antworten haben denselben Wert.", written[path][1]))
    return schema


def answers_of(parts: Parts) -> dict[str, Any]:
    """All answers, nested as their groups are, from the form as far as it can be read."""
    found: dict[str, Any] = {}
    for group in parts.form_groups:
        inside = found
        for step in group_path(group).split(".") if group_path(group) else ():
            below = inside.setdefault(step, {})
            inside = below if isinstance(below, dict) else {}
        for question in dicts(group.get("questions")):
            for entry in dicts(question.get("fields")):
                inside.setdefault(str(entry.get("id")), None)
    return found


def unknown_names(parts: Parts, answers: Mapping[str, Any], rules: Rules) -> Iterator[Finding]:
    """Everything outside the tables that reads what is not there."""
    scopes = _Scopes(answers, parts.parameters, rules.gives)
    for one in parts.compiled:
        for path in sorted(set().union(*(place.paths for place in one.places))):
            if (name := _missing(path, scopes.of(one))) is not None:
                yield error(one.file, f"{_where(one)}„{name}“ gibt es hier nicht.", one.line)
    for key, place in (("unit", "service"), ("plan", "efile")):
        named = parts.section(place).get(key)
        if isinstance(named, str) and named.startswith("parameters.") and named[11:] not in parts.parameters:
            line = parts.line("service.toml", place, key)
            yield error("service.toml", f"{place}.{key}: Den Parameter „{named[11:]}“ gibt es nicht.", line)
    fields = raw_fields(parts)
    for key, asked in _person(parts) if answers else ():
        if asked not in fields:
            line = parts.line("service.toml", "person", key)
            yield error("service.toml", f"person.{key}: Das Feld „{asked}“ gibt es im Formular nicht.", line)


class _Scopes:
    """What may be read where: a mapping by name; a value that is no mapping may have any members."""

    def __init__(self, answers: Mapping[str, Any], parameters: Iterable[str], gives: frozenset[str] | None) -> None:
        known = dict.fromkeys(parameters) or None
        assessment = dict.fromkeys(gives) if gives is not None else None
        letter = {**_letter_scope(), "answers": answers or None, "parameters": known, "assessment": assessment}
        self.form: dict[str, Any] = {**answers, **dict.fromkeys(RESERVED), "parameters": known}
        self.manifest: dict[str, Any] = {"parameters": known}
        self.letter: dict[str, Any] = {**letter, "row": None}
        said = {"answers": answers or None, "parameters": known, "assessment": assessment}
        self.outcome: dict[str, Any] = {**said, "today": None, "row": None}
        self.case = {**dict.fromkeys(_CASE_ROOTS), "parameters": known, "answers": answers or None}
        self.open_form = not answers

    def of(self, one: Compiled) -> Mapping[str, Any] | None:
        """What this expression may look at; None where it is not to be judged."""
        if one.file in {FORM, ADJUSTMENTS} or (
            one.file.startswith("texts/") and str(one.path[0]).startswith(("form.", "rule."))
        ):
            return None if self.open_form else self.form
        if one.file.startswith("letters/") or one.path[:1] == ("letter",):
            return self.letter
        if one.path[:1] == ("outcome",):
            return self.outcome
        if one.file.startswith("tests/"):
            return self.case
        return None if one.file.startswith("parameters/") else self.manifest


def _letter_scope() -> dict[str, Any]:
    """The scope of a letter with all its members, from the one place that makes it."""
    day = date(2026, 1, 1)
    facts = Facts(
        office=Office("", "", "", "", ""),
        service="",
        number="",
        submitted_on=day,
        name="",
        address=[],
        answers={},
        parameters={},
        assessment={},
        verdict=Verdict(day, "granted"),
        channel="post",
        announced_on=day,
        due_on=day,
    )
    scope = scope_of(facts)
    return {**scope, "town": {**scope["town"], "arms": None}, "person": {**scope["person"], "salutation": None}}


def _missing(path: tuple[str, ...], known: Mapping[str, Any] | None) -> str | None:
    inside: Any = known
    for step, name in enumerate(path):
        if not isinstance(inside, Mapping):
            return None
        if name not in inside:
            # Answers carry what was confirmed beside the groups of the form.
            return None if name == "_confirmed" else ".".join(path[: step + 1])
        inside = inside[name]
    return None


def dead_fields(parts: Parts, schema: Schema, rules: Rules) -> Iterator[Finding]:
    """Answers of an automated service that nothing reads: in a clear case nobody looks at them.

    Where a person decides, every answer is read by that person. `used_by` says what a human does with an answer.
    """
    if parts.section("automation").get("enabled") is not True:
        return
    outside = "\n".join([rules.sources, *_sources(parts, outside_form=True)])
    person = {path for _, path in _person(parts)}
    # The expressions of the form with the field whose own text or check they are: those do not count for it.
    inside = [(_owner(parts, one), place.source) for one in parts.compiled if one.file == FORM for place in one.places]
    by_rules = {
        ".".join(path): effect.target
        for rule in schema.rules
        for effect in rule.effects
        for path in effect.condition.paths
    }
    written = raw_fields(parts)
    for path, entry in schema.fields.items():
        raw, line = written[path]
        name = path.rpartition(".")[2]
        others = "\n".join(source for owner, source in inside if name in source and owner != path)
        read = path in person or _reads(outside, path, "answers.") or _reads(others, path, "")
        read = read or by_rules.get(path, path) != path
        if entry.asked and not read and not raw.get("used_by"):
            sentence = (
                f"Die Antwort „{path}“ liest keine Regel, kein Brief und keine Bedingung. Fragen Sie nicht danach, "
                "oder sagen Sie mit „used_by“, was ein Mensch damit tut."
            )
            yield warning(parts.form_file, sentence, line)


def dead_parameters(parts: Parts, rules: Rules) -> Iterator[Finding]:
    """Parameters that a town fills in and nothing reads."""
    everything = "\n".join([rules.sources, *_sources(parts)])
    named = {str(parts.section(place).get(key, "")) for place, key in (("service", "unit"), ("efile", "plan"))}
    for key, (file, number) in parts.parameters.items():
        direct = re.search(rf"\bparameters\s*\.\s*{re.escape(key)}\b", everything)
        # Functions of the tables get the parameters as an argument of any name.
        inside = re.search(rf"\.\s*{re.escape(key)}\b|\"{re.escape(key)}\"", rules.sources)
        shared = file == "parameters.toml" and parts.section("service").get("matter")
        entries = "catalogue.toml" in parts.files and key in {OWN_ENTRIES, HIDDEN_ENTRIES}
        if shared or entries or f"parameters.{key}" in named or key in READ_BY_THE_HOUSE:
            continue  # what one face of a matter does not read, another one does
        if not direct and not inside:
            sentence = f"Den Parameter „{key}“ liest niemand. Eine Kommune würde ihn vergeblich ausfüllen."
            yield warning(file, sentence, parts.line(file, "parameter", number, "key"))


def _sources(parts: Parts, *, outside_form: bool = False) -> list[str]:
    """All expressions outside the tables; tests do not count, translations say the same again."""
    return [
        place.source
        for one in parts.compiled
        if not one.file.startswith(("tests/", "texts/", "parameters/"))
        and not (outside_form and one.file in {FORM, ADJUSTMENTS})
        for place in one.places
    ]


def _owner(parts: Parts, one: Compiled) -> str:
    """The field whose own text or check this is; empty for what belongs to a page or section."""
    group: Any = parts.data[FORM]["groups"][one.path[1]]
    if len(one.path) < 6 or one.path[4] not in {"fields", "checks"}:
        return ""
    entry = group["questions"][one.path[3]][one.path[4]][one.path[5]]
    return field_path(group, entry) if one.path[4] == "fields" else check_target(group, entry)


def _reads(source: str, path: str, root: str) -> bool:
    """Whether expressions read the answer, by its path or as a member of a group handed over as a whole."""
    return reads(source, path, root, mention=r"\.\s*{name}(?!\w)|\"{name}\"")


def _person(parts: Parts) -> Iterator[tuple[str, str]]:
    """What the person consists of: each part with a field of the form."""
    for key, named in parts.section("person").items():
        for path in named if isinstance(named, list) else [named]:
            if isinstance(path, str):
                yield key, path


def _line_of_place(parts: Parts, place: str) -> int | None:
    """The line of „gruppe.feld“ or „gruppe-frage“ as the form's reader names it, by the section's name or its path."""
    called = place.replace("-", ".")
    best, depth = None, -1
    for number, group in parts.entries(FORM, "groups"):
        names = {str(group.get("id")), group_path(dict(group))}
        fitting = [len(one) for one in names if within(called, one)]
        if not fitting or max(fitting) < depth:
            continue
        inside = _line_inside(parts, number, called.rpartition(".")[2]) if called not in names else None
        if max(fitting) > depth or inside is not None:
            best, depth = inside or parts.line(FORM, "groups", number, "id"), max(fitting)
    return best


def _line_inside(parts: Parts, group: int, name: str) -> int | None:
    """The line of the question, field or check of this id in a section."""
    lines = parts.lines.get(FORM, {})
    for path, line in sorted(lines.items(), key=lambda item: item[1]):
        if path[:2] == ("groups", group) and len(path) > 3 and path[-1] == "id":
            value: Any = parts.data[FORM]
            for step in path:
                value = value[step]
            if value == name:
                return line
    return None


def _where(one: Compiled) -> str:
    steps = [f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in one.path]
    return "".join(steps).removeprefix(".") + ": "
