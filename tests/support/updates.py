"""Random next versions of a package: whatever an author may rename, remove, add or change."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from stadtamt.forms.schema import FormProblem
from stadtamt.packages.format.addresses import dump, form_data, letter_data, texts_of, with_texts
from stadtamt.packages.format.form_tree import field_path
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import MISSING, Column, Parameter, misfit
from stadtamt.packages.overrides.needs import read_form

SAMPLES: dict[str, list[Any]] = {
    "money": [0, 1200, 4500],
    "integer": [0, 1, 7],
    "date": ["2026-01-01", "2027-06-30"],
    "period": ["P14D", "P1M"],
    "boolean": [True, False],
    "text": ["Amt für Ordnung", "Straße"],
    "list": [["a"], [1, 2], []],
    "table": [[], [{"name": "x"}]],
    "places": [[], [{"value": "ort", "label": "Ort"}]],
    "choice": ["down", "innen"],
}

type Mutation = Callable[[Package, Random], Package]


def next_version(package: Package, random: Random) -> Package:
    """The package after one to eight changes; a change that would leave an unreadable form is not made."""
    for _ in range(random.randint(1, 8)):
        changed = random.choice(MUTATIONS)(package, random)
        try:
            if changed.form != package.form:
                read_form(changed.form)
        except FormProblem:
            continue
        package = changed
    return package


def fitting(parameter: Parameter, random: Random) -> Any:
    """A value that the parameter admits, or MISSING where none is found."""
    values = (
        [choice for choice, _ in parameter.choices] if parameter.type == "choice" else list(SAMPLES[parameter.type])
    )
    if parameter.columns and parameter.type in {"table", "places"}:
        row = {
            column.key: column.choices[0] if column.choices else SAMPLES[column.type][0] for column in parameter.columns
        }
        values.append([{"value": "a", "label": "A", **row} if parameter.type == "places" else row])
    values += [] if parameter.required else [parameter.default]
    values += [limit for limit in (parameter.minimum, parameter.maximum) if isinstance(limit, int)]
    random.shuffle(values)
    return next((value for value in values if not misfit(parameter, value)), MISSING)


def _some_parameter(package: Package, random: Random) -> int:
    return random.randrange(len(package.parameters))


def _with_parameter(package: Package, place: int, *parameters: Parameter) -> Package:
    return replace(package, parameters=(*package.parameters[:place], *parameters, *package.parameters[place + 1 :]))


def _fixed(parameter: Parameter, random: Random) -> Parameter:
    """With a default that fits, as no author's package is read without."""
    if parameter.required or not misfit(parameter, parameter.default):
        return parameter
    return replace(parameter, default=fitting(replace(parameter, default=MISSING), random))


def rename_parameter(package: Package, random: Random) -> Package:
    place = _some_parameter(package, random)
    old = package.parameters[place]
    key = f"{old.key[:40]}_{random.randint(2, 99)}"
    if key in {one.key for one in package.parameters}:
        return package
    told = random.random() < 0.7
    former = f"{old.key}, {old.renamed_from}".strip(", ") if told else ""
    changed = _with_parameter(package, place, replace(old, key=key, renamed_from=former))
    word = re.compile(rf"parameters\.{old.key}(?!\w)")
    return replace(
        changed,
        form=word.sub(f"parameters.{key}", changed.form),
        rules=word.sub(f"parameters.{key}", changed.rules),
        letters=tuple(replace(one, words=word.sub(f"parameters.{key}", one.words)) for one in changed.letters),
    )


def remove_parameter(package: Package, random: Random) -> Package:
    return _with_parameter(package, _some_parameter(package, random)) if len(package.parameters) > 2 else package


def join_parameters(package: Package, random: Random) -> Package:
    place = _some_parameter(package, random)
    gone = package.parameters[place]
    rest = _with_parameter(package, place)
    heir = _some_parameter(rest, random)
    former = f"{rest.parameters[heir].renamed_from} {gone.key}".strip()
    return _with_parameter(rest, heir, replace(rest.parameters[heir], renamed_from=former))


def add_parameter(package: Package, random: Random) -> Package:
    key = f"new_{random.randint(1, 999)}"
    if key in {one.key for one in package.parameters}:
        return package
    kind = random.choice(["money", "integer", "text", "boolean", "date"])
    default = MISSING if random.random() < 0.4 else SAMPLES[kind][0]
    parameter = Parameter(key, kind, key.upper(), "Neu.", "§ 99", default)
    return replace(package, parameters=(*package.parameters, parameter))


def retype_parameter(package: Package, random: Random) -> Package:
    place = _some_parameter(package, random)
    old = package.parameters[place]
    kind = random.choice(sorted(set(SAMPLES) - {old.type, "choice"}))
    bare = replace(old, type=kind, choices=(), minimum=None, maximum=None, columns=())
    return _with_parameter(package, place, _fixed(bare, random))


def limit_parameter(package: Package, random: Random) -> Package:
    place = _some_parameter(package, random)
    old = package.parameters[place]
    if old.type in {"money", "integer"}:
        low = random.choice([0, 2, 100])
        return _with_parameter(package, place, _limited(replace(old, minimum=low, maximum=low + 2000)))
    if old.type == "choice":
        kept = random.sample(old.choices, random.randint(1, len(old.choices)))
        return _with_parameter(package, place, _fixed(replace(old, choices=(*kept, ("anders", "Anders"))), random))
    if old.type in {"table", "places"}:
        column = Column(f"more_{random.randint(1, 9)}", "integer", "Mehr", random.random() < 0.3)
        fixed = _fixed(replace(old, columns=(*old.columns, column)), random)
        return package if fixed.default is MISSING and not old.required else _with_parameter(package, place, fixed)
    return package


def _limited(parameter: Parameter) -> Parameter:
    return (
        parameter
        if parameter.required or not misfit(parameter, parameter.default)
        else replace(parameter, default=parameter.minimum)
    )


def change_default(package: Package, random: Random) -> Package:
    place = _some_parameter(package, random)
    old = package.parameters[place]
    drop = not old.required and random.random() < 0.4
    return _with_parameter(package, place, replace(old, default=MISSING if drop else fitting(old, random)))


def change_text(package: Package, random: Random) -> Package:
    texts = texts_of(package)
    chosen = random.sample(sorted(texts), min(len(texts), random.randint(1, 30)))
    return with_texts(package, {address: texts[address] + " Ganz neu." for address in chosen})


def _form(package: Package, change: Callable[[Any, Random], None], random: Random) -> Package:
    form = form_data(package.form)
    change(form, random)
    for group in form["groups"]:
        group["questions"] = [one for one in group["questions"] if one["fields"]]
    form["groups"] = [group for group in form["groups"] if group["questions"]]
    return replace(package, form=dump(form, like=package.form))


def _some_question(form: Any, random: Random) -> tuple[Any, Any]:
    group = random.choice(form["groups"])
    return group, random.choice(group["questions"])


def _change_field(form: Any, random: Random) -> None:
    group, question = _some_question(form, random)
    entry = random.choice(question["fields"])
    what = random.choice(["required", "optional", "rename", "remove", "add", "condition"])
    if what in {"required", "optional"}:
        entry["required"] = what == "required"
    elif what in {"rename", "remove"}:
        question["checks"] = [one for one in question.get("checks", []) if one["field"] != entry["id"]]
        if what == "rename":
            entry["id"] = f"{entry['id'][:30]}_{random.randint(2, 99)}"
        else:
            question["fields"].remove(entry)
    elif what == "add":
        name = random.choice(["neu", "telefon", "zusatz"])
        question["fields"].append({"id": name, "label": "Neu", "type": "text", "required": random.random() < 0.5})
    else:
        _, other = _some_question(form, random)
        other["when"] = f"{field_path(group, entry)} != null"


def _change_question(form: Any, random: Random) -> None:
    group, question = _some_question(form, random)
    what = random.choice(["rename", "remove", "add", "move"])
    if what == "rename":
        question["id"] = f"{question['id'][:30]}_{random.randint(2, 99)}"
    elif what == "remove":
        group["questions"].remove(question)
    elif what == "move":
        group["questions"].remove(question)
        group["questions"].insert(0, question)
    else:
        name = random.choice(["neu", "eigene", "zusatz"])
        field = {"id": f"{name}_feld", "label": "Neu", "type": "text", "required": random.random() < 0.5}
        group["questions"].append({"id": name, "title": "Noch etwas?", "fields": [field]})


def _change_section(form: Any, random: Random) -> None:
    group = random.choice(form["groups"])
    what = random.choice(["needed", "wanted", "several", "last", "rename"])
    if what == "last":
        form["groups"].remove(group)
        form["groups"].append(group)
    elif what == "rename":
        group["path"] = field_path(group, {"id": ""}).rstrip(".")
        group["id"] = f"{group['id'][:30]}_{random.randint(2, 99)}"
    else:
        group["count"] = {"needed": "1:1", "wanted": "0:1", "several": "0:*"}[what]


def _change_rule(form: Any, random: Random) -> None:
    if not (rules := form.get("rules")):
        return
    rule = random.choice(rules)
    what = random.choice(["words", "gone", "clear", "unclear", "moved"])
    if what == "words":
        rule["text"] = f"{rule.get('text', '')} Und zwar {random.randint(1, 99)}-mal."
    elif what == "gone":
        rules.remove(rule)
    elif what == "moved":
        rule["at"] = random.choice(form["groups"])["id"]
    else:
        rule["status"] = "machine" if what == "clear" else "unclear"


def change_section(package: Package, random: Random) -> Package:
    return _form(package, _change_section, random)


def change_form_rule(package: Package, random: Random) -> Package:
    return _form(package, _change_rule, random)


def change_field(package: Package, random: Random) -> Package:
    return _form(package, _change_field, random)


def change_question(package: Package, random: Random) -> Package:
    return _form(package, _change_question, random)


def read_more(package: Package, random: Random) -> Package:
    """A rule reads one more answer."""
    path = random.choice(sorted(read_form(package.form).fields))
    return replace(package, rules=package.rules.replace("</text>", f" // answers.{path}\n</text>", 1))


def change_step(package: Package, random: Random) -> Package:
    what = random.choice(["name", "id", "nobody"])
    before, after = {
        "name": ('name="Entscheiden"', 'name="Prüfen"'),
        "id": ('"decide"', '"entscheidung"'),
        "nobody": ("stadtamt:decide", "stadtamt:answer"),
    }[what]
    process = package.process.replace(before, after)
    if what == "id":
        process = process.replace(">decide<", ">entscheidung<")
    if what == "nobody":
        process = process.replace("stadtamt:answer-automatically", "stadtamt:decide-automatically")
    return replace(package, process=process)


def change_letter(package: Package, random: Random) -> Package:
    place = random.randrange(len(package.letters))
    letter = package.letters[place]
    data = letter_data(letter)
    what = random.choice(["block id", "letter id", "items"])
    if what == "letter id":
        other = replace(letter, id=f"{letter.id[:40]}-{random.randint(2, 99)}")
    else:
        for block in data["blocks"]:
            if what == "block id" and "id" in block:
                block["id"] = f"{block['id'][:30]}-{random.randint(2, 99)}"
            if what == "items" and "items" in block:
                block["items"].reverse()
        other = replace(letter, words=dump(data))
    return replace(package, letters=(*package.letters[:place], other, *package.letters[place + 1 :]))


MUTATIONS: tuple[Mutation, ...] = (
    *(rename_parameter, remove_parameter, join_parameters, add_parameter, retype_parameter, limit_parameter),
    *(change_default, change_text, change_text, change_field, change_field, change_field, change_question),
    *(change_question, read_more, change_step, change_letter, change_section, change_form_rule),
)
