"""Two hundred random author updates under random towns: nothing a town set is ever lost, every conflict is named.

A failure names its seed; ``MERGE_SEED=… MERGE_RUNS=1`` repeats one.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from packages.nested import another_field, boat_files, nested_package, schema
from stadtamt.forms.schema import paths, read_form
from stadtamt.notices.composing import read_letter
from stadtamt.packages.format.addresses import texts_of
from stadtamt.packages.format.files import files_of_folder
from stadtamt.packages.format.layer import Layer, Override
from stadtamt.packages.format.package import Package
from stadtamt.packages.format.parameters import MISSING, fill_in
from stadtamt.packages.format.reader import read_package
from stadtamt.packages.merging import Conflict, Merge, merge
from stadtamt.packages.overrides import apply
from stadtamt.processes.engine import read_process
from support.small_package import PARAMETERS, small_package
from support.source import ROOT
from support.towns import layer_over
from support.updates import change_text, fitting, next_version

FIRST = int(os.environ.get("MERGE_SEED", "20260511"))
RUNS = int(os.environ.get("MERGE_RUNS", "0"))


def dog_package() -> Package:
    return read_package(files_of_folder(ROOT / "services" / "hundesteuer-anmelden"))


def boat_package() -> Package:
    more = {"parameters.toml": PARAMETERS.encode()}
    return read_package(boat_files(schema(more=another_field()), **more))


PACKAGES = [(small_package, 140), (nested_package, 80), (boat_package, 40), (dog_package, 12)]


@pytest.mark.parametrize(("package", "runs"), PACKAGES, ids=["small", "nested", "boat", "dog"])
def test_nothing_a_town_set_is_lost_and_every_conflict_is_named(package: Any, runs: int) -> None:
    old = package()
    met: dict[str, int] = {}
    for seed in range(FIRST, FIRST + (RUNS or runs)):
        try:
            for conflict in update(old, Random(seed)).conflicts:
                met[conflict.kind] = met.get(conflict.kind, 0) + 1
        except Exception as problem:
            problem.add_note(f"MERGE_SEED={seed}")
            raise
    assert RUNS or len(met) >= (8 if runs > 100 else 3 if runs > 30 else 1), met


def update(old: Package, random: Random) -> Merge:
    """One town, one next version: merged without answers, then with."""
    layer, new = layer_over(old, random), next_version(old, random)
    result = merge(old, new, layer)
    check_named(result)
    check_nothing_lost(layer, result, new)
    answered = settle(old, new, layer, random)
    check_nothing_lost(layer, answered, new)
    check_result(new, answered)
    return result


def check_named(result: Merge) -> None:
    """Without an answer whatever is asked stops the update; each question has its id, its sentence and ways out."""
    assert result.ready == (not result.conflicts)
    assert len({one.id for one in result.conflicts}) == len(result.conflicts)
    for one in result.conflicts:
        assert all((one.sentence.strip(), one.answers, one.place)), one
    for change in (*result.changes, *result.kept):
        assert change.sentence.strip(), change


def check_nothing_lost(layer: Layer, result: Merge, new: Package) -> None:
    """The layer and the conflicts together hold all that the town set. Says nothing about how the merge came to it."""
    heirs = {old: one.key for one in new.parameters for old in one.renamed_from.replace(",", " ").split()}
    declared = {one.key for one in new.parameters}
    for key, value in layer.values.items():
        now = key if key in result.layer.values else heirs.get(key, key)
        asked = [one for one in result.conflicts if _about(one, key)]
        assert result.layer.values.get(now, MISSING) == value or asked, (key, value)
        assert not asked or any(_tells(one, key, value) for one in asked), (key, asked)
        assert not [one for one in asked if one.kind == "parameter-gone" and (key in heirs or key in declared)], key
        if not asked and key in layer.sources:
            assert result.layer.sources.get(now) == layer.sources[key]
    for override in layer.overrides:
        kept = [one for one in result.layer.overrides if one.id == override.id]
        asked = [one for one in result.conflicts if one.id.startswith(f"override:{override.id}:")]
        assert (kept and _bare(kept[0]) == _bare(override)) or asked, override
        assert all(one.town == override.data.get("text", override.data) for one in asked if len(asked) == 1)
    for number, case in enumerate(layer.cases):
        twin = sum(one["name"] == case["name"] for one in layer.cases[:number])
        name = case["name"] + (f" ({twin + 1})" if twin else "")
        asked = [one for one in result.conflicts if one.id == f"case:{name}:gone" and one.town == case]
        renamed = {heirs.get(key, key): value for key, value in case.get("parameters", {}).items()}
        moved = {**case, "parameters": renamed} if "parameters" in case else case
        assert asked or case in result.layer.cases or moved in result.layer.cases, case


def check_result(new: Package, result: Merge) -> None:
    """An answered merge is an installation that passes; what it says it keeps is in force."""
    assert result.ready, [(one.id, one.answers, one.answer, one.fault) for one in result.open]
    fill_in(new.parameters, result.layer.values)
    package = apply(new, result.layer.overrides)
    assert package == result.package
    schema, texts = read_form(package.form), texts_of(package)
    assert package.rules == new.rules
    assert not [one for one in read_process(package.process.encode()).check() if one.severity == "error"]
    for letter in package.letters:
        read_letter(letter.words, path=letter.id)
    said = {one.data["text"] for one in result.layer.overrides if one.kind == "text"}
    for one in result.layer.overrides:
        if one.kind == "text":
            assert texts[one.data["address"]] == one.data["text"]
        if one.kind == "hide":
            check_hidden(one, package, new)
        if one.kind == "field" and (entry := schema.fields.get(one.data["field"])) is not None:
            assert entry.purpose in {one.data["purpose"], *said}, one
        if one.kind == "rule":
            rule = next(entry for entry in schema.rules if (entry.id, entry.at) == (one.data["rule"], one.data["at"]))
            assert rule.status == "machine"
            assert rule.reason == one.data.get("reason", "")
        if one.kind == "add":
            assert one.data["question"]["fields"][0]["label"] in {
                field.label.source for field in schema.fields.values()
            }
    for case in result.layer.cases:
        assert set(answered(case["answers"])) <= schema.fields.keys()
    assert Layer.from_data(result.layer.as_data()) == result.layer
    again = merge(new, new, result.layer)
    assert (again.conflicts, again.changes, again.layer) == ((), (), result.layer)


def check_hidden(one: Override, package: Package, new: Package) -> None:
    """What the town hid is not asked; the author lets it go, and no rule or condition reads it."""
    schema, before = read_form(package.form), read_form(new.form)
    if "group" in one.data:
        hidden = next(group.path for group in before.groups if group.id == one.data["group"])
        assert not before.group_at[hidden].least
        assert hidden not in schema.group_at
    else:
        hidden = one.data["field"]
        assert hidden not in schema.fields
        assert not before.fields[hidden].required
    assert not re.search(rf"answers\.{re.escape(hidden)}(?!\w)", package.rules), one
    looked = {".".join(path) for rule in schema.rules for effect in rule.effects for path in effect.condition.paths}
    assert not [path for path in looked if paths.within(path, hidden)], one


def answered(answers: Any, above: str = "") -> Iterator[str]:
    """The paths of all answers of a case."""
    for key, value in answers.items():
        path = paths.join(above, key)
        if isinstance(value, dict):
            yield from answered(value, path)
        else:
            yield path


def test_no_text_of_the_author_is_overruled_without_being_asked_about() -> None:
    old, differ = small_package(), 0
    for seed in range(FIRST, FIRST + 60):
        random = Random(seed)
        layer, new = layer_over(old, random), change_text(next_version(old, random), random)
        before, after = texts_of(old), texts_of(new)
        asked = {one.id for one in merge(old, new, layer).conflicts}
        for one in (one for one in layer.overrides if one.kind == "text"):
            address = one.data["address"]
            differ += address in after and after[address] != before.get(address)
            unchanged = after.get(address) in {before[address], one.data["text"]}
            assert unchanged or any(key.startswith(f"override:{one.id}:") for key in asked), (seed, address)
    assert differ >= 5


def settle(old: Package, new: Package, layer: Layer, random: Random) -> Merge:
    """Answer what is asked, at random, until nothing is open."""
    answers: dict[str, Any] = {}
    result = merge(old, new, layer, answers)
    for _ in range(12):
        for conflict in result.open:
            answers[conflict.id] = random.choice(list(_possible(conflict, new, random)))
        if result.ready:
            break
        result = merge(old, new, layer, answers)
    return result


def _possible(conflict: Conflict, new: Package, random: Random) -> Iterator[Any]:
    yield from (word for word in conflict.answers if word != "value" and not conflict.fault)
    if conflict.kind.startswith("parameter") and "value" in conflict.answers:
        parameter = next(one for one in new.parameters if one.key == conflict.place)
        value = fitting(parameter, random)
        assert value is not MISSING, parameter
        yield {"value": value}
    elif conflict.kind == "text-differs":
        yield {"value": "Noch einmal anders."}
    elif conflict.fault:
        yield "theirs"


def _about(conflict: Conflict, key: str) -> bool:
    return conflict.id.startswith(f"parameter:{key}:") or (conflict.kind == "parameter-twice" and key in conflict.town)


def _tells(conflict: Conflict, key: str, value: Any) -> bool:
    return bool(conflict.town[key] == value if conflict.kind == "parameter-twice" else conflict.town == value)


def _bare(override: Override) -> tuple[str, dict[str, Any]]:
    """Without what is the author's: the words that the town replaced."""
    return override.kind, {key: value for key, value in override.data.items() if key != "was"}
